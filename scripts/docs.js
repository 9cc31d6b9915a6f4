// Keeps the documents in step with the code: fills in the code that they show from the examples, and writes
// docs/entities.md from the entities' metadata. With --check it writes nothing and fails where something differs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as orm from '../packages/orm/dist/index.js';
import { writeOrCheck } from './generated-files.js';

const root = join(import.meta.dirname, '..');

/** The part of a file between `// ----- name` and `// -----`. */
function region(file, name) {
  const text = readFileSync(join(root, file), 'utf8');
  const start = text.indexOf(`// ----- ${name}\n`);
  const end = text.indexOf('// -----\n', start + 1);
  if (start === -1 || end === -1) throw new Error(`${file} has no part "${name}"`);
  return text.slice(text.indexOf('\n', start) + 1, end).trimEnd();
}

/** A document with the block after each `<!-- file: part -->` taken from that file. */
function withSnippets(file, text) {
  const filled = text.replace(
    /<!-- (\S+): (\S+) -->\n\n```ts\n[\s\S]*?```/g,
    (_block, source, name) =>
      `<!-- ${source}: ${name} -->\n\n\`\`\`ts\n${region(source, name)}\n\`\`\``,
  );
  const blocks = filled.match(/```ts\n/g)?.length ?? 0;
  const sourced = filled.match(/<!-- \S+: \S+ -->\n\n```ts\n/g)?.length ?? 0;
  if (blocks !== sourced)
    throw new Error(`${file}: a block of code does not name the example it is from`);
  return filled;
}

function cell(action, { add, save }) {
  const fields = action === 'add' ? add : save;
  if (fields === null) return '';
  const required = [
    ...fields.required,
    ...fields.oneOf.map((group) => `one of ${group.join(', ')}`),
  ];
  return `required: ${required.join('; ') || 'nothing'}. Optional: ${fields.optional.join(', ') || 'nothing'}.`;
}

function entitySection(description) {
  const { name, route, actions, fields, relations } = description;
  const lines = [`## ${name}`, '', `\`${route}\`: ${actions.join(', ')}.`, ''];
  for (const action of ['add', 'save']) {
    const text = cell(action, description);
    if (text !== '') lines.push(`- **${action}** ${text}`);
  }
  if (relations.length > 0) {
    const shown = relations.map(
      (each) => `\`${each.name}\` (${each.many ? 'many ' : ''}${each.target})`,
    );
    lines.push(`- **relations** ${shown.join(', ')}.`);
  }
  lines.push('', '| field | type | read | add | save |', '| --- | --- | --- | --- | --- |');
  for (const field of fields) {
    const marks = [field.readable, field.addable, field.savable].map((yes) => (yes ? '✓' : ''));
    lines.push(
      `| \`${field.name}\` | ${field.type.replaceAll('|', '\\|')} | ${marks.join(' | ')} |`,
    );
  }
  return lines.join('\n');
}

function entitiesDocument() {
  const descriptions = Object.values(orm)
    .filter((value) => typeof value === 'function' && value.prototype instanceof orm.BaseEntity)
    .flatMap((type) => {
      try {
        return [orm.describe(type)];
      } catch {
        return []; // A base class, not an entity.
      }
    })
    .sort((one, other) => one.name.localeCompare(other.name));
  const mark = (description, action) => (description.actions.includes(action) ? '✓' : '');
  const actions = ['list', 'get', 'add', 'save', 'delete'];
  return [
    '# Entities',
    '',
    'Written by `npm run generate` from the metadata; do not edit.',
    '',
    `| entity | ${actions.join(' | ')} |`,
    `| --- | ${actions.map(() => '---').join(' | ')} |`,
    ...descriptions.map(
      (each) =>
        `| [${each.name}](#${each.name.toLowerCase()}) | ${actions.map((action) => mark(each, action)).join(' | ')} |`,
    ),
    '',
    'Ids are positive numbers; an `id` field of another record is `null` for none. `Date or FOREVER` are expiries.',
    '',
    ...descriptions.map((each) => `${entitySection(each)}\n`),
  ].join('\n');
}

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md') && file !== 'docs/entities.md');

const wanted = new Map([['docs/entities.md', entitiesDocument()]]);
for (const file of documents) {
  wanted.set(file, withSnippets(file, readFileSync(join(root, file), 'utf8')));
}

await writeOrCheck(wanted);
