// The compiler and an editor's language service, with the settings that a user has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = import.meta.dirname;
const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile);
const settings = ts.parseJsonConfigFileContent(config, ts.sys, folder).options;

/** Compiles files of this folder. Lines count from 0. */
export function compile(files, options = {}) {
  const paths = files.map((file) => join(folder, file));
  const program = ts.createProgram(paths, { ...settings, ...options });
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => ({
    file: file?.fileName,
    line: file?.getLineAndCharacterOfPosition(start).line,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
  return { problems, instantiations: program.getInstantiationCount() };
}

/** What an editor knows of the files of this folder. */
export function languageService(files) {
  const paths = files.map((file) => join(folder, file));
  return ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => settings,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => paths,
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) =>
      ts.sys.fileExists(path) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(path)) : undefined,
  });
}

/** The text of each indented comment of a file, its line, and where the first mark below it ends, if there is one. */
export function expectationsIn(file) {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/^ +\/\/ (.+)\n/gm)].map((comment) => ({
    path,
    text: comment[1],
    line: text.slice(0, comment.index).split('\n').length - 1,
    position: text.indexOf('/*?*/', comment.index) + '/*?*/'.length,
  }));
}
