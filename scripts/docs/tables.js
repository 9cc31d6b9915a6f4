/** A Markdown table; a `|` in a cell is text. */
export function table(heads, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A document with what stands between `<!-- table: name -->` and `<!-- end of table -->` written anew. */
export function withTables(text, tables) {
  return text.replace(
    /(<!-- table: (\S+) -->)[\s\S]*?(<!-- end of table -->)/g,
    (_all, begin, name, end) => {
      if (!(name in tables)) throw new Error(`There is no table "${name}".`);
      return `${begin}\n\n${tables[name]}\n\n${end}`;
    },
  );
}
