import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jestCounts } from './jest-counts.js';
import { repository } from './run-node.js';

const bin = (path) => join('node_modules', path);

/** The programs among the examples: a file that exports something is there for the others. */
async function examplePrograms() {
  const folder = join(repository, 'examples', 'src');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return names.filter((_name, index) => !/^export /m.test(texts[index]));
}

const nodeTest = (file) => ['--test', '--test-reporter=spec', file];

/**
 * What is checked, in order. `name` is what `--only` takes; `needsBuild` steps are not run without a build that passed.
 * Each counts as one, unless it has `counts`.
 *
 * @param reportFile where jest may write its report
 */
export async function checkSteps(reportFile) {
  const examples = (await examplePrograms()).map((file) => ({
    name: `examples/${file.replace(/\.ts$/, '')}`,
    args: [join('examples', 'dist', file.replace(/\.ts$/, '.js'))],
    needsBuild: true,
    mustPrint: true,
  }));
  return [
    { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '.'] },
    { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
    { name: 'sources', args: [join('scripts', 'sources.js'), '--check'] },
    { name: 'build', args: [bin('typescript/bin/tsc'), '-b'] },
    {
      name: 'tests',
      args: [bin('jest/bin/jest.js'), '--ci', '--json', `--outputFile=${reportFile}`],
      counts: (ok) => jestCounts(reportFile, ok),
    },
    ...examples,
    { name: 'docs', args: [join('scripts', 'docs.js'), '--check'], needsBuild: true },
    { name: 'bench', args: [join('bench', 'run.js'), '--smoke'], needsBuild: true },
    { name: 'compilers', args: nodeTest('test/compilers/compilers.test.js'), needsBuild: true },
    { name: 'typing', args: nodeTest('test/typing/typing.test.js'), needsBuild: true },
    { name: 'adding', args: nodeTest('test/adding-a-resource/adding.test.js'), needsBuild: true },
    { name: 'packages', args: nodeTest('test/packages/packages.test.js'), needsBuild: true },
  ];
}
