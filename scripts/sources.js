// Writes the lists of source files that nobody should have to keep: what the package exports of its entities, and the
// sandbox's controllers. With --check it writes nothing and fails where something differs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOrCheck } from './generated-files.js';

const ENTITIES = 'packages/orm/src/entities';
const CONTROLLERS = 'packages/sandbox/src/resources';
const NOTICE = '// Written by `npm run generate` from the files of the folder; do not edit.';

/** The files of a folder with their texts, in the order of their names. */
function sources(folder) {
  const path = join(import.meta.dirname, '..', folder);
  return readdirSync(path)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => ({
      module: file.replace(/\.ts$/, '.js'),
      text: readFileSync(join(path, file), 'utf8'),
    }));
}

/** All that a file with an entity exports, and the types that such files share. */
function entityExports() {
  const lines = sources(ENTITIES).map(({ module, text }) => {
    if (!/^@Entity\(/m.test(text)) return `export type * from './entities/${module}';`;
    const [, value] = /^export (?:const|let|(?:async )?function\*?) (\w+)/m.exec(text) ?? [];
    if (value === undefined) return `export * from './entities/${module}';`;
    throw new Error(
      `${ENTITIES}/${module}: all that a file with an entity exports is public; ${value} belongs into code-tables.ts or into ../entity.`,
    );
  });
  return [NOTICE, '', ...lines, ''].join('\n');
}

/** What files export as a Controller. */
function controllerList() {
  const found = sources(CONTROLLERS).flatMap(({ module, text }) =>
    [...text.matchAll(/^export const (\w+): Controller\b/gm)].map(([, name]) => ({ name, module })),
  );
  return [
    NOTICE,
    '',
    "import { type Controller } from './call.js';",
    ...found.map(({ name, module }) => `import { ${name} } from './${module}';`),
    '',
    '/** Every controller of the sandbox. */',
    `export const CONTROLLERS: readonly Controller[] = [${found.map(({ name }) => name).join(', ')}];`,
    '',
  ].join('\n');
}

await writeOrCheck(
  new Map([
    [`${ENTITIES}.ts`, entityExports()],
    [`${CONTROLLERS}/controllers.ts`, controllerList()],
  ]),
);
