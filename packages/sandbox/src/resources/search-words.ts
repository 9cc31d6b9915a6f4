/** The words of a search query (5.5): some to be found, some that must not occur. */
export interface SearchWords {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  /** Whether every included word must occur in one field, instead of any of them. */
  readonly all: boolean;
}

const PUNCTUATION = /[~`#$^&*()=+[\]{}|<>,;]/g;

/**
 * Splits a query at white space: `-word` excludes, `+word` is plain, a quoted part stays whole. Punctuation is dropped
 * first, except in words that look for e-mail addresses.
 */
export function parseSearchWords(
  query: string,
  options: { readonly all: boolean; readonly keepPunctuation?: boolean },
): SearchWords {
  const text = options.keepPunctuation === true ? query : query.replace(PUNCTUATION, '');
  const included: string[] = [];
  const excluded: string[] = [];
  for (const [, sign, quoted, plain] of text.matchAll(/([+-]?)(?:"([^"]*)"?|([^\s"]+))/g)) {
    const word = (quoted ?? plain ?? '').trim().toLowerCase();
    if (word !== '') (sign === '-' ? excluded : included).push(word);
  }
  return { included, excluded, all: options.all };
}

/** Whether one text fits the words, as a substring without regard to case. */
export function matchesWords(text: string, words: SearchWords): boolean {
  if (words.included.length === 0) return false;
  const searched = text.toLowerCase();
  if (words.excluded.some((word) => searched.includes(word))) return false;
  return words.all
    ? words.included.every((word) => searched.includes(word))
    : words.included.some((word) => searched.includes(word));
}
