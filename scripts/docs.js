// Keeps the documents in step with the code: fills in the code that they show from the examples and the tables from the
// entities' metadata, and writes docs/entities.md. With --check it writes nothing and fails where something differs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kayako } from '../packages/orm/dist/index.js';
import { CONTROLLERS } from '../packages/sandbox/dist/resources/controllers.js';
import { controllersTable, sandboxTable } from './docs/controllers-tables.js';
import { entitiesPage } from './docs/entities-page.js';
import { withSnippets } from './docs/snippets.js';
import { withTables } from './docs/tables.js';
import { writeOrCheck } from './generated-files.js';

const root = join(import.meta.dirname, '..');
const ENTITIES = 'docs/entities.md';

const kayako = new Kayako({ url: 'http://127.0.0.1/', apiKey: 'none', secretKey: 'none' });
const descriptions = kayako.describe();

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md') && file !== ENTITIES);

const SANDBOX = 'packages/sandbox/README.md';
const tables = {
  controllers: controllersTable(descriptions, CONTROLLERS),
  'sandbox-controllers': sandboxTable(CONTROLLERS),
};

const textOf = (file) => readFileSync(join(root, file), 'utf8');
const wanted = new Map([
  [ENTITIES, entitiesPage(descriptions)],
  [SANDBOX, withTables(textOf(SANDBOX), tables)],
]);
for (const file of documents) {
  wanted.set(file, withTables(withSnippets(file, textOf(file)), tables));
}
await writeOrCheck(wanted);
