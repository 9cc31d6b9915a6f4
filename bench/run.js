// Measures the built packages, each case in processes of its own, and prints a table for each case.
//
//   node bench/run.js [--only include,scan] [--rounds 3] [--json] [--write] [--smoke]
//
// Without --only all but those that take long. --write puts the tables into docs/performance.md. --smoke runs everything once with tiny sizes, to see that it runs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTables } from './harness/document.js';
import { runCases } from './harness/run-cases.js';
import { caseTable } from './harness/table.js';

const root = join(import.meta.dirname, '..');

/** What was asked for cannot be done. */
class UsageError extends Error {}

function chosen(cases, only) {
  if (only === undefined) return cases.filter(({ isLong }) => isLong !== true);
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !cases.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new UsageError(
      `No such case: ${unknown.join(', ')}. There are: ${cases.map(({ name }) => name).join(', ')}.`,
    );
  }
  return cases.filter(({ name }) => names.includes(name));
}

function options() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
    },
  });
  if (!/^[1-9]\d*$/.test(values.rounds)) {
    throw new UsageError('--rounds must be a whole number from 1.');
  }
  if (values.write && values.smoke) {
    throw new UsageError('--smoke measures nothing that could be written.');
  }
  return { ...values, rounds: Number(values.rounds) };
}

function checkBuilt() {
  const missing = ['core', 'orm', 'sandbox'].filter(
    (name) => !existsSync(join(root, 'packages', name, 'dist', 'index.js')),
  );
  if (missing.length === 0) return;
  throw new UsageError(`Not built: packages/${missing.join(', packages/')}. Run npm run build.`);
}

async function main() {
  const { only, rounds, json, write, smoke } = options();
  checkBuilt();
  const { cases } = await import('./cases/index.js');
  const selected = chosen(cases, only);
  const results = await runCases(selected, {
    rounds: smoke ? 1 : rounds,
    smoke,
    progress: (text) => {
      process.stderr.write(`${text}\n`);
    },
  });
  if (json) console.log(JSON.stringify(results, null, 2));
  else for (const each of selected) console.log(`${caseTable(each, results)}\n`);
  if (write) writeTables(join(root, 'docs', 'performance.md'), selected, results);
}

try {
  await main();
} catch (error) {
  // Everything else is a fault, shown with its place.
  if (!(error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS'))) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
