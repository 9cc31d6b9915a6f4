import {
  ActionNotAvailableError,
  BudgetExceededError,
  checkCall,
  coerceField,
  type EntityMetadata,
  type FieldMetadata,
  InvalidValueError,
  isPlainObject,
  KayakoError,
  type Meter,
  type MeteredOptions,
  ScopeRequiredError,
  UnknownFieldError,
} from '@kayako-orm/core';
import { type BulkOptions, type BulkReport, type BulkRow } from '../../entity/bulk.js';
import { persisterOf } from '../../entity/entity-state.js';
import { type Explanation } from '../../entity/explanation.js';
import { type Persister } from '../../entity/persister.js';
import { isEverything } from '../../query/condition-node.js';
import { type SelectNode } from '../../query/select-node.js';
import { simplifyCondition } from '../../query/simplify-condition.js';
import { bulkReport } from './bulk-report.js';
import { fieldDifferences } from './field-differences.js';
import { type RowSource } from '../runs/row-source.js';
import { type FieldChange, frozenValue } from '../hydration/snapshot.js';
import { idIn } from '../hydration/row-id.js';
import { saveValues, sendsSame } from './write-values.js';

type Values = Record<string, unknown>;

/** What is done to each row. */
interface Write {
  readonly method: 'update' | 'delete';
  /** What would change; null for "nothing to send". @throws {KayakoError} when it cannot be sent. */
  prepare(entity: object): readonly FieldChange[] | null;
  send(entity: object, changes: readonly FieldChange[], options: MeteredOptions): Promise<void>;
}

const BULK_OPTIONS: readonly string[] = ['dryRun', 'max', 'signal'];

/** What fails with one of these would fail for every row. */
const FAILS_FOR_ALL: readonly string[] = [
  'UNREACHABLE',
  'TIMEOUT',
  'CLOSED',
  'BUDGET_EXCEEDED',
  'UNAUTHORIZED',
  'FORBIDDEN',
];

/** Saves new values into every row of a query. @throws before anything is sent, when the call makes no sense. */
export async function bulkUpdate<Entity extends object>(
  node: SelectNode<Entity>,
  source: RowSource,
  input: unknown,
  options: BulkOptions,
): Promise<BulkReport<Entity>> {
  const { metadata } = node;
  const values = parseChanges(metadata, input);
  return writeAll(node, source, options, {
    method: 'update',
    prepare(entity) {
      const changes = [...values].flatMap(([field, after]): FieldChange[] => {
        const before = (entity as Values)[field.name];
        return sendsSame(field, before, after) ? [] : [{ field, before, after }];
      });
      if (changes.length === 0) return null;
      // The row as it would be, so that what cannot be saved is found before anything is assigned.
      const changed = Object.assign(Object.create(entity) as object, assigned(changes));
      saveValues(changed, metadata, changes);
      return changes;
    },
    async send(entity, changes, metered) {
      Object.assign(entity, assigned(changes));
      await ownerOf(entity).save(entity, metered);
    },
  });
}

/** Deletes every row of a query. */
export async function bulkDelete<Entity extends object>(
  node: SelectNode<Entity>,
  source: RowSource,
  options: BulkOptions,
): Promise<BulkReport<Entity>> {
  return writeAll(node, source, options, {
    method: 'delete',
    prepare: () => [],
    send: async (entity, _changes, metered) => ownerOf(entity).delete(entity, metered),
  });
}

function ownerOf(entity: object): Persister {
  const persister = persisterOf(entity);
  if (persister === undefined) throw new TypeError('a row that was read belongs to no connection');
  return persister;
}

function assigned(changes: readonly FieldChange[]): Values {
  return Object.fromEntries(changes.map(({ field, after }) => [field.name, frozenValue(after)]));
}

function parseChanges(
  metadata: EntityMetadata,
  input: unknown,
): ReadonlyMap<FieldMetadata, unknown> {
  if (!isPlainObject(input) || Object.keys(input).length === 0) {
    throw new InvalidValueError(
      `${metadata.name}.update() takes an object of new values such as { title: 'x' }.`,
    );
  }
  const names = Object.keys(input);
  const savable = [...metadata.fields.values()].filter(({ write }) => write.save !== null);
  const unknown = names.filter((name) => !savable.some((field) => field.name === name));
  if (metadata.actions.has('save') && unknown.length > 0) {
    throw new UnknownFieldError(
      `${metadata.name}.update(): cannot be changed: ${unknown.join(', ')}. What can: ${savable.map(({ name }) => name).join(', ')}.`,
      unknown,
    );
  }
  return new Map(
    savable.flatMap((field): [FieldMetadata, unknown][] => {
      if (!names.includes(field.name)) return [];
      const value = input[field.name];
      if (value === undefined) {
        throw new InvalidValueError(
          `${metadata.name}.update(): ${field.name} is undefined. Leave it out, or use null for "none".`,
        );
      }
      return [[field, coerceField(metadata.name, field, value)]];
    }),
  );
}

function checkOptions(owner: string, options: unknown): BulkOptions {
  if (!isPlainObject(options)) throw new InvalidValueError(`${owner}: its options are an object.`);
  const { max, dryRun } = checkCall(options);
  const unknown = Object.keys(options).filter((name) => !BULK_OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new UnknownFieldError(
      `${owner}: there is no option ${unknown.join(', ')}. Its options: ${BULK_OPTIONS.join(', ')}.`,
      unknown,
    );
  }
  if (max !== undefined && !(Number.isSafeInteger(max) && Number(max) >= 0)) {
    throw new InvalidValueError(`${owner}: max is a whole number from 0.`);
  }
  if (dryRun !== undefined && typeof dryRun !== 'boolean') {
    throw new InvalidValueError(`${owner}: dryRun is true or false.`);
  }
  return options;
}

function refuseUnscoped(owner: string, { metadata, condition }: SelectNode, method: string): void {
  const action = method === 'update' ? 'save' : 'delete';
  if (!metadata.actions.has(action)) {
    throw new ActionNotAvailableError(
      `${metadata.name} has no ${action} action, so ${method}() is not available. It offers: ${[...metadata.actions].join(', ')}.`,
    );
  }
  if (!isEverything(simplifyCondition(condition))) return;
  throw new ScopeRequiredError(
    `${owner} needs a where(…) that not every row fulfils. To mean all rows, say so: where({ id: { gte: 1 } }).`,
  );
}

async function writeAll<Entity extends object>(
  node: SelectNode<Entity>,
  source: RowSource,
  given: BulkOptions,
  write: Write,
): Promise<BulkReport<Entity>> {
  const owner = `${node.metadata.name}.${write.method}()`;
  const { signal, dryRun = false, max = Infinity } = checkOptions(owner, given);
  refuseUnscoped(owner, node, write.method);
  let plan: Explanation | null = null;
  const meter = source.connection.child('this query', node.budget, () =>
    plan === null ? null : String(plan),
  );
  const whole = { ...node, selection: null, include: [], budget: {} };
  const limit = max === Infinity ? node.limit : Math.min(node.limit ?? Infinity, max + 1);
  const entities: Entity[] = [];
  const completed = ({ explanation }: { explanation: Explanation }): void => {
    plan = explanation;
  };
  for await (const batch of source.open({ ...whole, limit }, { signal, meter, completed })) {
    for (const entity of batch) entities.push(entity);
  }
  if (entities.length > max) throw tooMany(owner, max, meter, plan);

  const rows: BulkRow<Entity>[] = [];
  let isOver = false;
  for (const entity of entities) {
    signal?.throwIfAborted();
    const id = idIn(entity, node.metadata);
    const row: RowOutcome = isOver
      ? { status: 'skipped', changes: [], error: undefined }
      : await writeRow(entity, write, dryRun, { signal, meter });
    isOver ||= row.error instanceof KayakoError && FAILS_FOR_ALL.includes(row.error.code);
    rows.push(Object.freeze({ id, entity, ...row }));
  }
  return bulkReport(write.method, node.metadata.name, rows, meter.usage);
}

interface RowOutcome {
  readonly status: BulkRow<object>['status'];
  readonly changes: BulkRow<object>['changes'];
  readonly error: Error | undefined;
}

async function writeRow(
  entity: object,
  write: Write,
  dryRun: boolean,
  options: MeteredOptions,
): Promise<RowOutcome> {
  let changes: BulkRow<object>['changes'] = [];
  const outcome = (status: RowOutcome['status'], error?: Error): RowOutcome => ({
    status,
    changes,
    error,
  });
  try {
    const prepared = write.prepare(entity);
    if (prepared === null) return outcome('unchanged');
    changes = fieldDifferences(prepared);
    if (dryRun) return outcome('planned');
    await write.send(entity, prepared, options);
    return outcome('done');
  } catch (error) {
    // What a listener of the program's throws concerns this row, whatever it is.
    if (!(error instanceof Error) || options.signal?.aborted === true) throw error;
    return outcome('failed', error);
  }
}

function tooMany(owner: string, max: number, meter: Meter, plan: Explanation | null): Error {
  return new BudgetExceededError(
    `${owner}: more than ${max} rows fulfil the condition (max). Nothing was changed. Narrow the condition, raise max, or put take(${max}) before it.`,
    'rows',
    meter.usage,
    plan === null ? null : String(plan),
  );
}
