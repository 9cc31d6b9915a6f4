// Every check of the repository, as `npm test` runs it: one line for each step, the output of those that failed, and at
// the end `N passed, N failed`, where jest's tests and all other steps count.
//
//   node scripts/check.js [--only lint,build] [--verbose]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { runNode } from './check/run-node.js';
import { checkSteps } from './check/steps.js';

/** Far above what any step takes on a slow machine. */
const STEP_LIMIT_MS = 400_000;

function chosen(steps, only) {
  if (only === undefined) return steps;
  const names = only.split(',').map((name) => name.trim());
  const belongs = (step, name) => step.name === name || step.name.startsWith(`${name}/`);
  const unknown = names.filter((name) => !steps.some((step) => belongs(step, name)));
  if (unknown.length > 0) {
    throw new RangeError(
      `No such step: ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}`,
    );
  }
  return steps.filter((step) => names.some((name) => belongs(step, name)));
}

async function runStep(step, verbose) {
  const started = performance.now();
  const { ok: ended, output } = await runNode(step.args, { verbose, limitMs: STEP_LIMIT_MS });
  const silent = step.mustPrint === true && !verbose && output.trim() === '';
  const ok = ended && !silent;
  const counts = (await step.counts?.(ok)) ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, note: '' };
  return {
    ...counts,
    output: silent ? `${output}It printed nothing.\n` : output,
    seconds: (performance.now() - started) / 1000,
  };
}

async function checkAll(steps, verbose) {
  const total = { passed: 0, failed: 0 };
  let built = true;
  for (const step of steps) {
    const label = step.name.padEnd(24);
    if (step.needsBuild === true && !built) {
      total.failed += 1;
      console.log(`${label} FAILED  not run, because the build failed`);
      continue;
    }
    process.stdout.write(verbose ? `${label}\n` : `${label} `);
    const { passed, failed, note, output, seconds } = await runStep(step, verbose);
    const outcome = failed === 0 ? 'ok    ' : 'FAILED';
    const details = note === '' ? '' : `  ${note}`;
    console.log(
      `${verbose ? `${label} ` : ''}${outcome} ${seconds.toFixed(1).padStart(6)} s${details}`,
    );
    if (failed > 0 && !verbose) console.log(`\n${output.trimEnd()}\n`);
    if (step.name === 'build') built = failed === 0;
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, verbose: { type: 'boolean', default: false } },
});
const temporary = await mkdtemp(join(tmpdir(), 'kayako-orm-check-'));
try {
  const steps = chosen(await checkSteps(join(temporary, 'jest.json')), values.only);
  const { passed, failed } = await checkAll(steps, values.verbose);
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
} finally {
  await rm(temporary, { recursive: true, force: true });
}
