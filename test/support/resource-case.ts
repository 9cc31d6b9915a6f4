import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CreateInput, type EntityClass, type Kayako, type Where } from '@kayako-orm/orm';

/** What shows that each element and attribute of a resource's schema is read. */
export interface SchemaCase<Entity extends object = object> {
  /** Asks for the record. Default: `{}`, the whole list. */
  readonly where?: Where<Entity>;
  /** A document in the server's live form (§3.1) with one record that has everything the schema has. */
  readonly live: string;
  /** The same record as the documentation prints it: no CDATA, without what it omits, under its old names. */
  readonly docs: string;
  /** The live record's `toJSON()`, and under the name of each relation whose rows come along, the rows' own. */
  readonly expected: Readonly<Record<string, unknown>>;
  /** What differs from {@link expected} in the documentation's form; a relation is null where its rows do not come along. */
  readonly expectedDocs?: Readonly<Record<string, unknown>>;
  /** Another value for what a small change of the text does not show, by path: `department/app`. */
  readonly other?: Readonly<Record<string, string>>;
  /** Fields of nested elements that no record has a value for, by path (`statuses.totalUnresolvedItems`), and why. */
  readonly absent?: Readonly<Record<string, string>>;
  /** What is not read, by path (`post/attachments/attachment/id`, `note/@type`), and why. */
  readonly ignored?: Readonly<Record<string, string>>;
}

/** How the actions of an entity are tried out against the sandbox. */
export interface ActionsCase<Entity extends object = object> {
  /** Of an entity that can be added: a new object, after whatever it needs was added. */
  readonly make?: (kayako: Kayako) => Entity | Promise<Entity>;
  /** Values for the fields that {@link make} leaves out. */
  readonly more?: CreateInput<Entity>;
  /** Of an entity that can be saved: its fields, with new values. */
  readonly change?: CreateInput<Entity>;
  /** Fields that adding or saving cannot be seen to send, and why. */
  readonly unseen?: Readonly<Partial<Record<'add' | 'save', Readonly<Record<string, string>>>>>;
  /** Of an entity that cannot be added: the condition that lists some, after whatever they need was added. */
  readonly existing?: (kayako: Kayako) => Where<Entity> | Promise<Where<Entity>>;
  /** The condition that lists a row that was made. Default: `{}`. */
  readonly where?: (row: Entity) => Where<Entity>;
  /** The ids that `get` takes, the row's own the last. Default: its id. */
  readonly ids?: (row: Entity) => readonly (number | null)[];
}

/** Everything that the tests in `test/resources/` need to know about one entity. */
export interface ResourceCase<Entity extends object = object> {
  readonly type: EntityClass<Entity>;
  readonly schema: SchemaCase<Entity>;
  readonly actions: ActionsCase<Entity>;
}

/** Declares the case of an entity: the default export of its file in `test/resource-cases/`. */
export function resourceCase<Entity extends object>(
  type: EntityClass<Entity>,
  parts: Omit<ResourceCase<Entity>, 'type'>,
): ResourceCase {
  return { type, ...parts } as unknown as ResourceCase;
}

const FOLDER = join(__dirname, '..', 'resource-cases');

/** `TicketPost` → `ticket-post.ts`. */
function fileOf({ type }: ResourceCase): string {
  return `${type.name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.ts`;
}

/** Every case there is, by the name of its entity. */
export function resourceCases(): readonly (readonly [name: string, resource: ResourceCase])[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => {
      const module = jest.requireActual<{ readonly default: ResourceCase }>(join(FOLDER, file));
      const resource = module.default;
      if (fileOf(resource) !== file) throw new Error(`${file}: its case is ${fileOf(resource)}'s`);
      return [resource.type.name, resource] as const;
    });
}
