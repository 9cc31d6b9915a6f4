// A resource is two files: adds them to a copy of the packages, generates the rest, builds and uses it. Runs in plain
// Node; `npm test` runs it as a step of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { CONTROLLER, ENTITY, PROGRAM } from './gadget.js';

const repository = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** What a copy needs to be built and documented. */
const COPIED = [
  'CONTRIBUTING.md',
  'README.md',
  'docs',
  'examples/src',
  'package.json',
  'packages',
  'scripts',
  'test/resource-cases',
  'tsconfig.base.json',
  '.prettierrc.json',
];

let copy = '';

/** Node's own resolution finds the dependencies of the repository and the packages of the copy. */
async function linkDependencies() {
  const installed = join(repository, 'node_modules');
  await mkdir(join(copy, 'node_modules', '@kayako-orm'), { recursive: true });
  for (const name of await readdir(installed)) {
    if (name === '@kayako-orm' || name === '.cache') continue;
    await symlink(join(installed, name), join(copy, 'node_modules', name));
  }
  for (const name of ['core', 'orm', 'sandbox']) {
    const link = join(copy, 'node_modules', '@kayako-orm', name);
    await symlink(join(copy, 'packages', name), link);
  }
}

/** The texts of all files below a folder, without what is built. */
async function textsOf(folder) {
  const texts = new Map();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(copy, join(entry.parentPath, entry.name));
    if (!entry.isFile() || /(^|\/)(node_modules|dist)\//.test(path)) continue;
    texts.set(path, await readFile(join(copy, path), 'utf8'));
  }
  return texts;
}

async function inCopy(...args) {
  const { stdout } = await run(process.execPath, args, { cwd: copy });
  return stdout;
}

describe('a resource that is added as its two files', () => {
  let original;

  before(async () => {
    copy = await mkdtemp(join(tmpdir(), 'kayako-orm-adding-'));
    for (const path of COPIED) {
      await cp(join(repository, path), join(copy, path), { recursive: true });
    }
    await linkDependencies();
    original = await textsOf(copy);
    await writeFile(join(copy, 'packages/orm/src/entities/gadget.ts'), ENTITY);
    await writeFile(join(copy, 'packages/sandbox/src/resources/gadget.ts'), CONTROLLER);
    await inCopy('scripts/sources.js');
    const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
    await inCopy(tsc, '-b', 'packages/core', 'packages/orm', 'packages/sandbox');
    await inCopy('scripts/docs.js');
  });
  after(async () => {
    await rm(copy, { recursive: true, force: true });
  });

  it('changes no other file but those that are generated', async () => {
    const now = await textsOf(copy);
    const changed = [...now].filter(([path, text]) => original.get(path) !== text);
    assert.deepEqual(changed.map(([path]) => path).sort(), [
      'README.md',
      'docs/entities.md',
      'packages/orm/src/entities.ts',
      'packages/orm/src/entities/gadget.ts',
      'packages/sandbox/README.md',
      'packages/sandbox/src/resources/controllers.ts',
      'packages/sandbox/src/resources/gadget.ts',
    ]);
    assert.match(now.get('README.md'), /`\/Acme\/Gadget` +\| \[Gadget\]/);
  });

  it('is exported, described, and answered by the sandbox', async () => {
    const program = join(copy, 'use-gadget.js');
    await writeFile(program, PROGRAM);
    assert.equal(
      await inCopy(program),
      '<Gadget (1): Toaster> private\nToaster list get add delete\nnull\n',
    );
  });
});

describe('the lists of source files', () => {
  it('are refused where a file with an entity exports what is not public', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kayako-orm-adding-'));
    try {
      for (const path of [
        'scripts',
        'packages/orm/src/entities',
        'packages/sandbox/src/resources',
      ]) {
        await cp(join(repository, path), join(folder, path), { recursive: true });
      }
      await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
      await writeFile(
        join(folder, 'packages/orm/src/entities/gadget.ts'),
        `export const helper = 1;\n${ENTITY}`,
      );
      await assert.rejects(
        run(process.execPath, [join(folder, 'scripts/sources.js')], { cwd: folder }),
        /gadget\.js: all that a file with an entity exports is public; helper belongs/,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
