import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AddableEntity,
  type BaseEntity,
  EditableEntity,
  type EntityClass,
  ReadableEntity,
} from '@kayako-orm/orm';
import { type Desk, startDesk } from '../support/desk.js';
import { resourceCases } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

/** A method of Kayako that calls a controller itself; README.md shows it in the table of controllers. */
interface ControllerMethod {
  readonly route: string;
  readonly method: string;
  readonly arguments: readonly unknown[];
}

const methods = JSON.parse(
  readFileSync(join(__dirname, '../resource-cases/controller-methods.json'), 'utf8'),
) as ControllerMethod[];

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  // The ticket 1 that some methods are called for.
  await samples.ticket(desk.kayako).add();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

it('has a case for every entity, and for nothing else', () => {
  const described = desk.kayako.describe().map(({ name }) => name);
  const cases = resourceCases().map(([name]) => name);
  expect(cases.sort()).toEqual(described.sort());
});

it('knows for every entity that can be added how it is made, and for every other how it comes to be', () => {
  const described = new Map(desk.kayako.describe().map((each) => [each.name, each]));
  for (const [name, { actions }] of resourceCases()) {
    const offered = described.get(name)?.actions ?? [];
    expect([name, 'make' in actions]).toEqual([name, offered.includes('add')]);
    expect([name, 'existing' in actions]).toEqual([name, !offered.includes('add')]);
    expect([name, 'change' in actions]).toEqual([name, offered.includes('save')]);
  }
});

it('changes every field that an entity can save, or says why not', () => {
  const described = new Map(desk.kayako.describe().map((each) => [each.name, each]));
  for (const [name, { actions }] of resourceCases()) {
    const { change, unseen } = actions;
    if (change === undefined) continue;
    const savable = (described.get(name)?.fields ?? []).filter(
      (each) => each.savable && each.readable,
    );
    const left = savable.filter(
      (each) => !(each.name in change || each.name in (unseen?.save ?? {})),
    );
    expect([name, left.map((each) => each.name)]).toEqual([name, []]);
  }
});

it('has for every entity the base class whose methods are its actions', () => {
  const actionsOf = (type: EntityClass): string[] => {
    const entity = type.prototype as BaseEntity;
    return [
      ...(entity instanceof ReadableEntity ? ['get'] : []),
      ...(entity instanceof AddableEntity ? ['add', 'delete'] : []),
      ...(entity instanceof EditableEntity ? ['save'] : []),
    ].sort();
  };
  const described = new Map(desk.kayako.describe().map((each) => [each.name, each]));
  for (const [name, { type }] of resourceCases()) {
    const offered = described.get(name)?.actions.filter((action) => action !== 'list') ?? [];
    expect([name, actionsOf(type)]).toEqual([name, [...offered].sort()]);
  }
});

it.each(methods.map((each) => [each.method, each.route, each] as const))(
  'kayako.%s() calls %s',
  async (method, route, { arguments: given }) => {
    const kayako = desk.kayako as unknown as Record<string, (...args: unknown[]) => unknown>;
    desk.requests();
    await kayako[method]?.(...given);
    const routes = desk.requests().map((request) => request.split(' ')[1] ?? '');
    expect(routes.some((each) => each === route || each.startsWith(`${route}/`))).toBe(true);
  },
);
