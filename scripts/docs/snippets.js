import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The part of a file between `// ----- name` and `// -----`. */
function region(file, name) {
  const text = readFileSync(join(root, file), 'utf8');
  const start = text.indexOf(`// ----- ${name}\n`);
  const end = text.indexOf('// -----\n', start + 1);
  if (start === -1 || end === -1) throw new Error(`${file} has no part "${name}"`);
  return text.slice(text.indexOf('\n', start) + 1, end).trimEnd();
}

/** A document with the block after each `<!-- file: part -->` taken from that file. */
export function withSnippets(file, text) {
  const filled = text.replace(
    /<!-- (\S+): (\S+) -->\n\n```ts\n[\s\S]*?```/g,
    (_block, source, name) =>
      `<!-- ${source}: ${name} -->\n\n\`\`\`ts\n${region(source, name)}\n\`\`\``,
  );
  const blocks = filled.match(/```ts\n/g)?.length ?? 0;
  const sourced = filled.match(/<!-- \S+: \S+ -->\n\n```ts\n/g)?.length ?? 0;
  if (blocks !== sourced)
    throw new Error(`${file}: a block of code does not name the example it is from`);
  return filled;
}
