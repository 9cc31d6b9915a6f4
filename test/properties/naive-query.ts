// What a query means, written down as simply as possible: everything is in memory and nothing is clever.

export type Row = Readonly<Record<string, unknown>>;
export type Condition = Readonly<Record<string, unknown>>;

/** The rows of a class, and to which class a relation leads by which field. */
export interface Table {
  readonly rows: readonly Row[];
  readonly relations: Readonly<
    Record<string, { readonly field: string; readonly table: () => Table }>
  >;
}

/** A related row itself in a condition. */
export class RelatedRow {
  constructor(readonly id: unknown) {}
}

/** A query in a condition: the relation leads to one of its rows. */
export class SubQuery {
  constructor(readonly query: NaiveQuery) {}
}

/** Rows of which a function says yes; here, those whose text of a field has an even or an odd length. */
export interface Filter {
  readonly field: string;
  readonly parity: number;
}

export const passes =
  ({ field, parity }: Filter) =>
  (row: Row): boolean =>
    String(row[field]).length % 2 === parity;

const isOperators = (value: unknown): value is Condition =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Date) &&
  !(value instanceof RegExp) &&
  !Array.isArray(value) &&
  !Object.isFrozen(value);

function rank(value: unknown): number | string {
  if (typeof value === 'string') return value;
  return Number(value);
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

export function order(left: unknown, right: unknown): number {
  if (left === null && right === null) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  const [one, other] = [rank(left), rank(right)];
  if (typeof one === 'number' && typeof other === 'number') {
    return one === other ? 0 : one < other ? -1 : 1;
  }
  const [ones, others] = [codePoints(String(one)), codePoints(String(other))];
  for (let index = 0; index < Math.max(ones.length, others.length); index += 1) {
    const difference = (ones[index] ?? -1) - (others[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const fold = (value: unknown, ignoreCase: boolean): unknown =>
  ignoreCase && typeof value === 'string' ? value.toLowerCase().toUpperCase() : value;

function equal(left: unknown, right: unknown): boolean {
  return (left === null) === (right === null) && order(left, right) === 0;
}

function holdsOperators(value: unknown, operators: Condition): boolean {
  const ignoreCase = operators.ignoreCase === true;
  const actual = fold(value, ignoreCase);
  return Object.entries(operators).every(([operator, raw]) => {
    const wanted = Array.isArray(raw)
      ? raw.map((each) => fold(each, ignoreCase))
      : fold(raw, ignoreCase);
    const text = typeof actual === 'string' ? actual : null;
    switch (operator) {
      case 'ignoreCase':
        return true;
      case 'eq':
        return equal(actual, wanted);
      case 'ne':
        return !equal(actual, wanted);
      case 'in':
        return (wanted as unknown[]).some((each) => equal(actual, each));
      case 'notIn':
        return !(wanted as unknown[]).some((each) => equal(actual, each));
      case 'gt':
        return actual !== null && order(actual, wanted) > 0;
      case 'gte':
        return actual !== null && order(actual, wanted) >= 0;
      case 'lt':
        return actual !== null && order(actual, wanted) < 0;
      case 'lte':
        return actual !== null && order(actual, wanted) <= 0;
      case 'contains':
        return text?.includes(String(wanted)) === true;
      case 'startsWith':
        return text?.startsWith(String(wanted)) === true;
      case 'endsWith':
        return text?.endsWith(String(wanted)) === true;
      case 'matches':
        return typeof value === 'string' && matches(value, raw as RegExp, ignoreCase);
      default:
        throw new Error(`unknown operator ${operator}`);
    }
  });
}

/** Anywhere in the text; the flags that keep state are as if they were not there. */
function matches(text: string, { source, flags }: RegExp, ignoreCase: boolean): boolean {
  const kept = ['i', 'm', 's', 'u', 'v'].filter((flag) => flags.includes(flag));
  if (ignoreCase && !kept.includes('i')) kept.push('i');
  return new RegExp(source, kept.join('')).exec(text) !== null;
}

function holdsScalar(value: unknown, condition: unknown): boolean {
  if (Array.isArray(condition)) return condition.some((each) => equal(value, each));
  return isOperators(condition) ? holdsOperators(value, condition) : equal(value, condition);
}

function holdsField(value: unknown, condition: unknown): boolean {
  if (!Array.isArray(value)) return holdsScalar(value, condition);
  const element = isOperators(condition) ? condition.some : condition;
  return value.some((each) => holdsScalar(each, element));
}

export function holds(table: Table, row: Row, condition: Condition): boolean {
  return Object.entries(condition).every(([key, part]) => {
    if (key === 'and') return (part as Condition[]).every((each) => holds(table, row, each));
    if (key === 'or') return (part as Condition[]).some((each) => holds(table, row, each));
    if (key === 'not') return !holds(table, row, part as Condition);
    const relation = table.relations[key];
    if (relation === undefined) return holdsField(row[key], part);
    if (part === null) return row[relation.field] === null;
    if (part instanceof RelatedRow) return row[relation.field] === part.id;
    const target = relation.table();
    if (part instanceof SubQuery) {
      return select(target, part.query).some(({ id }) => id === row[relation.field]);
    }
    const related = target.rows.find((each) => each.id === row[relation.field]);
    return related !== undefined && holds(target, related, part as Condition);
  });
}

export interface Order {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

export interface NaiveQuery {
  /** All of them hold. */
  readonly conditions: readonly Condition[];
  readonly filters: readonly Filter[];
  readonly orders: readonly Order[];
  readonly skip: number;
  readonly take: number | null;
}

export function select(table: Table, query: NaiveQuery): Row[] {
  const { conditions, filters, orders, skip, take } = query;
  const terms = [...orders, { field: 'id', direction: 'asc' as const }];
  const rows = table.rows
    .filter((row) => conditions.every((condition) => holds(table, row, condition)))
    .filter((row) => filters.every((filter) => passes(filter)(row)))
    .sort((left, right) => {
      for (const { field, direction } of terms) {
        const difference = order(left[field] ?? null, right[field] ?? null);
        if (difference !== 0) return direction === 'asc' ? difference : -difference;
      }
      return 0;
    });
  return rows.slice(skip, take === null ? undefined : skip + take);
}
