// The packages as a user gets them: packed, installed into a project outside this repository, type-checked there by two
// compilers and run. Needs the build; `npm test` runs it as a step of its own.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { importedPackages, packageNames, packAll } from './pack.js';
import { runNode, runNpm, whileRunning } from './run.js';

const compilers = ['typescript-6', 'typescript-7'];

let scratch = '';
let consumer = '';
let tarballs = [];

before(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kayako-orm-packages-'));
  consumer = join(scratch, 'consumer');
  await cp(join(import.meta.dirname, 'consumer'), consumer, { recursive: true });
  tarballs = await packAll(scratch);
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await runNpm(consumer, [...install, ...tarballs.map(({ filename }) => join(scratch, filename))]);
});

after(async () => {
  await rm(scratch, { recursive: true, force: true });
});

function installed(name) {
  return join(consumer, 'node_modules', '@kayako-orm', name);
}

async function manifestOf(name) {
  return JSON.parse(await readFile(join(installed(name), 'package.json'), 'utf8'));
}

describe('the tarballs', () => {
  for (const name of packageNames) {
    it(`of ${name} holds the code, its source and the license, and nothing else`, () => {
      const { files } = tarballs.find((tarball) => tarball.name === name);
      for (const needed of ['LICENSE', 'README.md', 'dist/index.d.ts', 'src/index.ts']) {
        assert.ok(files.includes(needed), `${needed} is missing`);
      }
      const allowed =
        /^(?:LICENSE|README\.md|package\.json|bin\/[^/]+\.js|dist\/.+\.(?:js|d\.ts)(?:\.map)?|src\/.+\.ts)$/;
      const strange = files.filter(
        (file) => !allowed.test(file) || /(?:^|\/)test\/|\.test(?:-d)?\./.test(file),
      );
      assert.deepEqual(strange, []);
    });

    it(`of ${name} declares what it imports, and no more`, async () => {
      const { files } = tarballs.find((tarball) => tarball.name === name);
      const { dependencies = {} } = await manifestOf(name);
      const imported = await importedPackages(installed(name), files);
      assert.deepEqual(imported.sort(), Object.keys(dependencies).sort());
    });

    it(`of ${name} opens only its entry and its package.json`, () => {
      const { resolve } = createRequire(join(consumer, 'package.json'));
      assert.equal(resolve(`@kayako-orm/${name}`), join(installed(name), 'dist', 'index.js'));
      resolve(`@kayako-orm/${name}/package.json`);
      assert.throws(() => resolve(`@kayako-orm/${name}/dist/index.js`), {
        code: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
      });
    });
  }
});

for (const compiler of compilers) {
  describe(`a program compiled by ${compiler}`, () => {
    const out = `out-${compiler}`;
    const compile = (...options) =>
      runNode(consumer, [
        `node_modules/${compiler}/bin/tsc`,
        '--project',
        'tsconfig.installed.json',
        ...options,
      ]);

    // Not in before(): a program that does not compile is one failure, told by this name.
    it('passes the strictest checks, our declarations included', () => compile('--outDir', out));

    it('passes without exactOptionalPropertyTypes, which most users have not switched on', () =>
      compile('--noEmit', '--exactOptionalPropertyTypes', 'false'));

    it('runs with import', async () => {
      assert.match(await runNode(consumer, [`${out}/by-import.js`]), /^done: \d+ requests\n$/);
    });

    it('runs with require, sharing its classes with import', async () => {
      assert.match(await runNode(consumer, [`${out}/by-require.cjs`]), /^done: \d+ requests\n$/);
    });
  });
}

describe('the command kayako-sandbox', () => {
  it('is found by npx', async () => {
    const help = await runNpm(consumer, ['exec', '--no', '--', 'kayako-sandbox', '--help']);
    assert.match(help, /--port/);
  });

  it('prints where it listens as JSON, answers there, and ends when told to', async () => {
    const command = [
      join(consumer, 'node_modules', '.bin', 'kayako-sandbox'),
      '--port',
      '0',
      '--json',
    ];
    const exitCode = await whileRunning(consumer, command, async (line) => {
      const { url, apiKey, secretKey } = JSON.parse(line);
      const variables = { KAYAKO_URL: url, KAYAKO_API_KEY: apiKey, KAYAKO_SECRET_KEY: secretKey };
      const program = `out-${compilers[0]}/from-environment.js`;
      assert.equal(await runNode(consumer, [program], variables), 'General, Sales\n');
    });
    assert.equal(exitCode, 0);
  });
});
