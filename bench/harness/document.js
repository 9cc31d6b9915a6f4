import { readFileSync, writeFileSync } from 'node:fs';
import { caseTable } from './table.js';

/** Puts the table of each case between its two comments in a document. */
export function writeTables(path, cases, results) {
  let text = readFileSync(path, 'utf8');
  for (const each of cases) {
    const [begin, end] = [`<!-- bench: ${each.name} -->`, '<!-- bench end -->'];
    const start = text.indexOf(begin);
    const stop = text.indexOf(end, start);
    if (start === -1 || stop === -1) throw new Error(`${path} has no place for ${each.name}`);
    const table = caseTable(each, results);
    text = `${text.slice(0, start + begin.length)}\n\n${table}\n\n${text.slice(stop)}`;
  }
  writeFileSync(path, text);
}
