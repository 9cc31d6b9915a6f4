const LENGTH = 20;

/** The beginning of a long text, as entities print it: `I am an angry custom...`. */
export function excerpt(text: string | undefined): string {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length > LENGTH ? `${characters.slice(0, LENGTH).join('')}...` : line;
}
