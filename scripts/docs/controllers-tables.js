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

const METHODS = join(import.meta.dirname, '../../test/resource-cases/controller-methods.json');

/**
 * Every controller of the API, with the classes for it and the methods of Kayako that call it themselves. Each has a
 * test in test/resources/.
 */
export function controllersTable(descriptions, controllers) {
  const methods = JSON.parse(readFileSync(METHODS, 'utf8'));
  const routes = new Set([
    ...controllers.map(({ app, names }) => `/${app}/${names[0]}`),
    ...descriptions.map(({ route }) => route),
    ...methods.map(({ route }) => route),
  ]);
  let built = 0;
  const rows = [...routes].sort().map((route) => {
    const entities = descriptions.filter((each) => each.route === route);
    const calls = methods
      .filter((each) => each.route === route)
      .map(({ method }) => `\`kayako.${method}()\``);
    const names = entities.map(({ name }) => `[${name}](docs/entities.md#${name.toLowerCase()})`);
    if (entities.length + calls.length > 0) built += 1;
    const actions = new Set(entities.flatMap((each) => each.actions));
    const kinds = new Set(entities.flatMap(({ access }) => access.map(({ kind }) => kind)));
    const also = Object.keys(ALSO).filter((kind) => kinds.has(kind));
    return [
      `\`${route}\``,
      [...names, ...calls].join(', ') || 'not built yet',
      ...ACTIONS.map((action) => (actions.has(action) ? '✓' : '')),
      also.map((kind) => ALSO[kind]).join(', '),
    ];
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
