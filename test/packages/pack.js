// What the tests of this folder know about the packages as they are published.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { runNpm } from './run.js';

export const repository = join(import.meta.dirname, '..', '..');
export const packageNames = ['core', 'orm', 'sandbox'];

/** Packs all packages into a folder: `{ name, filename, files }` of each tarball. */
export async function packAll(folder) {
  const workspaces = packageNames.flatMap((name) => ['--workspace', `packages/${name}`]);
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces];
  const packed = JSON.parse(await runNpm(repository, args));
  return packed.map(({ name, filename, files }) => ({
    name: name.replace('@kayako-orm/', ''),
    filename,
    files: files.map(({ path }) => path),
  }));
}

/** The packages that an installed package's code and declarations import, by name, each once. */
export async function importedPackages(packageFolder, files) {
  const names = new Set();
  for (const file of files.filter((each) => /\.(?:js|d\.ts)$/.test(each))) {
    const text = await readFile(join(packageFolder, file), 'utf8');
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(fileName) ?? [''];
      if (!name.startsWith('.') && !name.startsWith('node:')) names.add(name);
    }
  }
  return [...names];
}
