import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, Servers } from './programs.js';

function shuffled(items) {
  return items
    .map((item) => [Math.random(), item])
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}

async function measureOnce({ each, variant, passes }, connection, folder) {
  const given = { caseName: each.name, variant, connection, folder };
  const figures = {};
  for (const pass of passes) {
    const prepared = each.prepare && (await runProgram({ ...given, step: 'prepare' }));
    Object.assign(figures, await runProgram({ ...given, step: 'measure', prepared, pass }));
  }
  return figures;
}

/**
 * Measures the variants of all cases, in another order each round; each measurement in a fresh process, one at a time.
 * With `smoke`, where the figures mean nothing, two at a time, and one pass of each.
 *
 * @returns for each case its variants with the figures of each round
 */
export async function runCases(cases, { rounds, smoke, progress }) {
  const results = cases.map(({ name, variants }) => ({
    name,
    variants: variants(smoke).map((variant) => ({ variant, figures: [] })),
  }));
  const all = cases
    .flatMap((each, index) => results[index].variants.map((result) => ({ each, ...result })))
    .map((measured, index) => {
      const { passes } = measured.each;
      return { ...measured, passes: smoke ? [passes[index % passes.length]] : passes };
    });
  const servers = new Servers();
  const folder = await mkdtemp(join(tmpdir(), 'kayako-orm-bench-'));
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const waiting = shuffled(all).entries();
      async function measureWaiting() {
        for (const [index, measured] of waiting) {
          const { each, variant, figures } = measured;
          const place = `round ${round} of ${rounds}, ${index + 1} of ${all.length}`;
          progress(`${place}: ${each.name}, ${variant.name}`);
          const connection = await servers.connection(variant.server);
          figures.push(await measureOnce(measured, connection, folder));
        }
      }
      await Promise.all(Array.from({ length: smoke ? 2 : 1 }, measureWaiting));
    }
  } finally {
    await servers.stop();
    await rm(folder, { recursive: true });
  }
  return { rounds, cases: results };
}
