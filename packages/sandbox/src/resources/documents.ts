import { type Reply, textReply, xmlReply } from '../http/reply.js';
import { type Identified, type Table } from '../store/table.js';
import { type XmlNode } from '../xml/node.js';
import { type Call, type Operation } from './call.js';
import { toInteger } from './numbers.js';
import { Refusal } from './refusal.js';

/** A list of rows under a root element; one row and no row look the same (3.1). */
export function rowsReply<Row>(
  root: string,
  rows: Iterable<Row>,
  toXml: (row: Row) => XmlNode,
): Reply {
  return xmlReply({ root, items: mapped(rows, toXml) });
}

function* mapped<Row>(rows: Iterable<Row>, toXml: (row: Row) => XmlNode): Generator<XmlNode> {
  for (const row of rows) yield toXml(row);
}

/** DELETE answers 200 with an empty body (1.5). */
export function deletedReply(): Reply {
  return textReply(200, '');
}

/** An operation that exists only to name another one (4.1). */
export function refuse(text: string): Operation {
  return () => {
    throw new Refusal(400, text);
  };
}

/** The row of the first path argument as a list of at most one row; unknown ids give an empty one (4.2). */
export function rowsById<Row extends Identified>(call: Call, table: Table<Row>): Row[] {
  const id = call.args.id(0);
  const row = id === undefined ? undefined : table.get(id);
  return row === undefined ? [] : [row];
}

/**
 * Like `rowsById` for the five controllers that turn the id into an integer first: with strict quirks a text without
 * leading digits becomes 0 and gives the whole list (1.2).
 */
export function rowsByIntegerId<Row extends Identified>(
  call: Call,
  table: Table<Row>,
): Iterable<Row> {
  if (!call.behaviour.strictQuirks) return rowsById(call, table);
  const id = toInteger(call.args.required(0));
  if (id === 0) return table;
  const row = table.get(id);
  return row === undefined ? [] : [row];
}

/** The row PUT and DELETE act on. @throws {Refusal} 400 with the resource's load failure text (4.3) */
export function loadRow<Row extends Identified>(
  call: Call,
  table: Table<Row>,
  failure: (id: string) => string,
): Row {
  const id = call.args.text(0);
  const row = table.get(toInteger(id));
  if (row === undefined) throw new Refusal(400, failure(id));
  return row;
}

/** The ids of rows that are there, in the order given. */
export function knownIds(table: Table<Identified>, ids: readonly number[]): number[] {
  return ids.filter((id) => table.has(id));
}
