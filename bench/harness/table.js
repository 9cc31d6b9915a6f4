import { cpus } from 'node:os';

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function shown(value, digits) {
  const text = value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

/** Median, and where the rounds differ the lowest and the highest. */
function cell(values, digits) {
  if (values.length === 0) return '';
  const [low, middle, high] = [Math.min(...values), median(values), Math.max(...values)].map(
    (value) => shown(value, digits),
  );
  return low === high ? middle : `${middle} (${low} to ${high})`;
}

/** A figure in each round; what is over a baseline is compared with the baseline of the same round. */
function valuesOf({ figure, over }, { variant, figures }, variants) {
  const own = figures.map((each) => each[figure]);
  const values = (() => {
    if (over !== true) return own;
    const baseline = variants.find((each) => each.variant.name === variant.baseline);
    return baseline === undefined
      ? []
      : own.map((value, round) => value - baseline.figures[round][figure]);
  })();
  return values.filter((value) => Number.isFinite(value));
}

/** As prettier writes tables: numbers to the right, columns of one width. */
function markdown(titles, rows) {
  const all = [titles, ...rows];
  const widths = titles.map((_title, column) =>
    Math.max(3, ...all.map((row) => row[column].length)),
  );
  const line = (row) =>
    `| ${row.map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(titles), line(rule), ...rows.map(line)].join('\n');
}

/** How it was measured, in one line. */
function conditions(rounds) {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown';
  return `${rounds} ${rounds === 1 ? 'round' : 'rounds'}, Node ${process.versions.node}, ${process.platform} ${process.arch}, ${processors.length} cores (${model}).`;
}

/** The results of one case as Markdown. */
export function caseTable({ name, columns }, { rounds, cases }) {
  const { variants } = cases.find((each) => each.name === name);
  const rows = variants.map((result) => [
    result.variant.name,
    ...columns.map((column) => cell(valuesOf(column, result, variants), column.digits ?? 0)),
  ]);
  const table = markdown([name, ...columns.map(({ title }) => title)], rows);
  return `${table}\n\n${conditions(rounds)}`;
}
