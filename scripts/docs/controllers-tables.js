import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from './tables.js';

const ACTIONS = ['list', 'get', 'add', 'save', 'delete'];

/** What a controller offers besides the five actions, by the kind of access. */
const ALSO = {
  keyset: 'paging',
  filtered: 'filters, order, paging',
  count: 'count',
  key: 'get by another key',
  search: 'search',
};

const OTHERS = join(import.meta.dirname, '../../test/resource-cases/other-controllers.json');

function entityRow(route, entities) {
  const actions = new Set(entities.flatMap((each) => each.actions));
  const kinds = new Set(entities.flatMap(({ access }) => access.map(({ kind }) => kind)));
  return [
    `\`${route}\``,
    entities.map(({ name }) => `[${name}](docs/entities.md#${name.toLowerCase()})`).join(', '),
    ...ACTIONS.map((action) => (actions.has(action) ? '✓' : '')),
    Object.keys(ALSO)
      .filter((kind) => kinds.has(kind))
      .map((kind) => ALSO[kind])
      .join(', '),
  ];
}

function otherRow(route, other) {
  const used = other === undefined ? 'not built yet' : `\`kayako.${other.method}()\``;
  return [`\`${route}\``, used, ...ACTIONS.map(() => ''), ''];
}

/**
 * Every controller of the API, with the classes for it, or the method that calls it. Each cell has a test in
 * test/resources/.
 */
export function controllersTable(descriptions, controllers) {
  const others = new Map(
    JSON.parse(readFileSync(OTHERS, 'utf8')).map((other) => [other.route, other]),
  );
  const routes = new Set([
    ...controllers.map(({ app, names }) => `/${app}/${names[0]}`),
    ...descriptions.map(({ route }) => route),
  ]);
  let built = 0;
  const rows = [...routes].sort().map((route) => {
    const entities = descriptions.filter((each) => each.route === route);
    if (entities.length > 0 || others.has(route)) built += 1;
    return entities.length > 0 ? entityRow(route, entities) : otherRow(route, others.get(route));
  });
  const count =
    built === rows.length
      ? `All ${rows.length} controllers of the API:`
      : `${built} of the API's ${rows.length} controllers:`;
  return `${count}\n\n${table(['controller', 'in TypeScript', ...ACTIONS, 'also'], rows)}`;
}

/** The controllers of the sandbox, by app. */
export function sandboxTable(controllers) {
  const apps = [...new Set(controllers.map(({ app }) => app))].sort();
  return table(
    ['app', 'controllers'],
    apps.map((app) => [
      app,
      controllers
        .filter((each) => each.app === app)
        .map(({ names }) => names[0])
        .sort()
        .join(', '),
    ]),
  );
}
