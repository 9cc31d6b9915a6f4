import { table } from './tables.js';

const ACTIONS = ['list', 'get', 'add', 'save', 'delete'];

const code = (text) => `\`${text}\``;

function fieldsOf(action, description) {
  const fields = description[action];
  const required = [
    ...fields.required,
    ...fields.oneOf.map((group) => `one of ${group.join(', ')}`),
  ];
  return `- **${action}** required: ${required.join('; ') || 'nothing'}. Optional: ${fields.optional.join(', ') || 'nothing'}.`;
}

function notesOn(field) {
  return [
    ...(field.savable && !field.clearable && !field.required.includes('save')
      ? ['cannot be emptied']
      : []),
    ...(field.resetWhenAbsent ? ['reset when not sent'] : []),
  ].join(', ');
}

/** The rows of a field: its own, and one for each field of its nested elements. */
function fieldRows(field, prefix = '') {
  const { wire } = field;
  const row = [
    code(`${prefix}${field.name}`),
    field.type,
    wire.read.map(code).join(', '),
    wire.add === null ? '' : code(wire.add),
    wire.save === null ? '' : code(wire.save),
    notesOn(field),
  ];
  return [row, ...(field.fields ?? []).flatMap((each) => fieldRows(each, `${field.name}.`))];
}

function section(description) {
  const { name, route, root, element, actions, access, fields, relations } = description;
  const shown = relations.map(
    (each) =>
      `${code(each.name)} (${each.many ? 'many ' : ''}${each.target}${each.embedded ? ', may come along' : ''})`,
  );
  const around = root === element ? code(root) : `${code(element)} in ${code(root)}`;
  return [
    `## ${name}`,
    '',
    `${code(route)}, ${around}: ${actions.join(', ')}.`,
    '',
    ...['add', 'save']
      .filter((action) => description[action] !== null)
      .map((action) => fieldsOf(action, description)),
    ...access.map(({ gives, request }) => `- **${gives}** ${code(request)}`),
    ...(shown.length > 0 ? [`- **relations** ${shown.join(', ')}.`] : []),
    '',
    table(
      ['field', 'type', 'read from', 'added as', 'saved as', ''],
      fields.flatMap((field) => fieldRows(field)),
    ),
  ].join('\n');
}

/** docs/entities.md, from `kayako.describe()`. */
export function entitiesPage(descriptions) {
  const byName = [...descriptions].sort((one, other) => (one.name < other.name ? -1 : 1));
  return [
    '# Entities',
    '',
    'Written by `npm run generate` from what `kayako.describe()` gives; do not edit.',
    '',
    table(
      ['entity', ...ACTIONS],
      byName.map(({ name, actions }) => [
        `[${name}](#${name.toLowerCase()})`,
        ...ACTIONS.map((action) => (actions.includes(action) ? '✓' : '')),
      ]),
    ),
    '',
    'Ids are positive numbers; an `id` field of another record is `null` for none. `Date or FOREVER` are expiries. Fields are read from elements of the record, `@name` is an attribute, `text()` the text of the record’s own element.',
    '',
    ...byName.map((each) => `${section(each)}\n`),
  ].join('\n');
}
