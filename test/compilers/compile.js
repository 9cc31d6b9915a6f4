// Compiles the sources of this folder as users' projects do: tsc, SWC and esbuild, each with class-field semantics on and
// off, with the decorators that entities need or with standard ones.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { transform as swcTransform } from '@swc/core';
import { transform as esbuildTransform } from 'esbuild';
import ts from 'typescript';

const sourceFolder = join(import.meta.dirname, 'sources');
const cacheFolder = join(import.meta.dirname, '..', '..', 'node_modules', '.cache');

function tscOptions({ fields, standard }, outDir) {
  return {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: ['node'],
    module: ts.ModuleKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    experimentalDecorators: !standard,
    emitDecoratorMetadata: !standard,
    useDefineForClassFields: fields === 'define',
    rootDir: sourceFolder,
    outDir,
  };
}

async function compileWithTsc(files, variant, outDir) {
  const options = tscOptions(variant, outDir);
  if (variant.standard) {
    // The types refuse it already; what counts here is the code that a user gets who does not look at them.
    await compileEach(files, outDir, (text) =>
      ts.transpile(text, { ...options, module: ts.ModuleKind.ES2022 }),
    );
    return;
  }
  const program = ts.createProgram(files, options);
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length === 0) return;
  const host = {
    getCurrentDirectory: () => sourceFolder,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  };
  throw new Error(ts.formatDiagnostics(problems, host));
}

async function compileEach(files, outDir, transform) {
  for (const file of files) {
    const code = await transform(await readFile(file, 'utf8'));
    await writeFile(join(outDir, basename(file).replace(/\.ts$/, '.js')), code);
  }
}

async function compileWithSwc(files, { fields, standard }, outDir) {
  await compileEach(files, outDir, async (text) => {
    const { code } = await swcTransform(text, {
      swcrc: false,
      module: { type: 'es6' },
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: {
          useDefineForClassFields: fields === 'define',
          ...(standard
            ? { decoratorVersion: '2022-03' }
            : { legacyDecorator: true, decoratorMetadata: true }),
        },
      },
    });
    return code;
  });
}

async function compileWithEsbuild(files, { fields, standard }, outDir) {
  await compileEach(files, outDir, async (text) => {
    const { code } = await esbuildTransform(text, {
      loader: 'ts',
      format: 'esm',
      target: 'es2022',
      tsconfigRaw: {
        compilerOptions: {
          experimentalDecorators: !standard,
          useDefineForClassFields: fields === 'define',
        },
      },
    });
    return code;
  });
}

const compilers = { tsc: compileWithTsc, SWC: compileWithSwc, esbuild: compileWithEsbuild };

export const compilerNames = Object.keys(compilers);

/** Every compiler with class-field semantics (`define`) and without (`assign`). */
export const variants = compilerNames.flatMap((compiler) =>
  ['define', 'assign'].map((fields) => ({ compiler, fields, standard: false })),
);

/** A folder for compiled code, inside the repository so that its imports find the built packages. */
export async function makeOutputFolder() {
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, 'compilers-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  return folder;
}

export function removeOutputFolder(folder) {
  return rm(folder, { recursive: true, force: true });
}

/** Compiles all sources and returns the folder with one module for each. */
export async function compile(outputFolder, variant) {
  const { compiler, fields, standard } = variant;
  const outDir = join(outputFolder, `${compiler}-${fields}${standard ? '-standard' : ''}`);
  await mkdir(outDir);
  // Standard decorators cannot stand on a declared field, so there only one source can be compiled at all.
  const names = (await readdir(sourceFolder)).filter(
    (name) => !standard || name === 'each-decorator.ts',
  );
  await compilers[compiler](
    names.map((name) => join(sourceFolder, name)),
    variant,
    outDir,
  );
  return outDir;
}
