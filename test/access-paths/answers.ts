import { type EntityClass } from '@kayako-orm/orm';
import { type ReceivedRequest } from '@kayako-orm/sandbox';
import { type Desk } from '../support/desk.js';

/** A query without its types, for conditions that must not compile and for tables of cases. */
export interface AnyQuery {
  where(condition: unknown): AnyQuery;
  orderBy(field: string, direction?: string): AnyQuery;
  skip(count: number): AnyQuery;
  take(count: number): AnyQuery;
  all(): Promise<{ id: number }[]>;
  first(): Promise<{ id: number } | null>;
  count(): Promise<number>;
  exists(): Promise<boolean>;
}

export const any = (desk: Desk, type: EntityClass): AnyQuery =>
  desk.kayako.repository(type) as unknown as AnyQuery;

export const ids = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);

/** What was sent since the last call, with the form parameters of each request. */
export function received(desk: Desk): readonly ReceivedRequest[] {
  return desk.sandbox.requests.slice(-desk.requests().length);
}

export const LOOKUPS = ['GET /Base/Department', 'GET /Tickets/TicketStatus'];

/** What every terminal method says where no row fulfils the condition. */
export const NOTHING = { all: [], first: null, count: 0, exists: false };

export async function answersOf(query: AnyQuery): Promise<object> {
  return {
    all: await query.all(),
    first: await query.first(),
    count: await query.count(),
    exists: await query.exists(),
  };
}
