import { metadataOf, nestedMetadataOf, isReadable, type FieldMetadata } from '@kayako-orm/core';
import { type EntityClass, Kayako, KayakoResponseError } from '@kayako-orm/orm';
import { type DocumentServer, startDocumentServer } from '../support/document-server.js';
import { type ResourceCase, resourceCases } from '../support/resource-case.js';
import { leavesOf, otherText } from '../support/xml-leaves.js';

type Plain = Readonly<Record<string, unknown>>;

let server: DocumentServer;
let kayako: Kayako;

beforeAll(async () => {
  server = await startDocumentServer();
  kayako = new Kayako({ url: server.url, apiKey: 'key', secretKey: 'secret' });
});
afterAll(async () => {
  await kayako.close();
  await server[Symbol.asyncDispose]();
});

interface Collected {
  all(): Promise<{ toJSON(): Plain }[]>;
}

/** Rows of a relation that came along with their owner; null where they would have to be asked for. */
async function rowsAlong(collection: Collected): Promise<Plain[] | null> {
  const before = server.answered;
  try {
    const rows = await collection.all();
    return server.answered === before ? rows.map((row) => row.toJSON()) : null;
  } catch (error) {
    if (error instanceof KayakoResponseError) return null;
    throw error;
  }
}

function relationsAlong(type: EntityClass): { name: string; target: EntityClass }[] {
  return [...metadataOf(type).relations.values()]
    .filter(({ embedded }) => embedded !== null)
    .map(({ name, target }) => ({ name, target: target() }));
}

/** All records of a document, each with the rows that came along with it. */
async function read({ type, schema }: ResourceCase, document: string): Promise<Plain[]> {
  server.document = document;
  const entities = (await kayako
    .repository(type)
    .where(schema.where ?? {})
    .all()) as (Record<string, unknown> & { toJSON(): Plain })[];
  const records: Plain[] = [];
  for (const entity of entities) {
    const record: Record<string, unknown> = { ...entity.toJSON() };
    for (const { name } of relationsAlong(type)) {
      record[name] = await rowsAlong(entity[name] as Collected);
    }
    records.push(record);
  }
  return records;
}

/** What a field holds where the server sent nothing. */
function isAbsent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return [undefined, null, '', 0, false, 'forever'].includes(value as never);
}

/** The names of the fields that no row has a value for, those of nested elements included. */
function absentFields(fields: Iterable<FieldMetadata>, rows: readonly Plain[]): string[] {
  return [...fields].filter(isReadable).flatMap(({ name, nested }) => {
    const values = rows.map((row) => row[name]);
    if (values.every(isAbsent)) return [name];
    if (nested === null) return [];
    const inner = absentFields(nestedMetadataOf(nested).fields.values(), values.flat() as Plain[]);
    return inner.map((each) => `${name}.${each}`);
  });
}

describe.each(resourceCases())('%s', (_name, resource) => {
  const { type, schema } = resource;

  it('reads the live form and the documentation’s form', async () => {
    expect(await read(resource, schema.live)).toEqual([schema.expected]);
    expect(await read(resource, schema.docs)).toEqual([
      { ...schema.expected, ...schema.expectedDocs },
    ]);
  });

  it('has a value for every field in its full record, and for those of the rows that come along', () => {
    expect(absentFields(metadataOf(type).fields.values(), [schema.expected]).sort()).toEqual(
      Object.keys(schema.absent ?? {}).sort(),
    );
    for (const { name, target } of relationsAlong(type)) {
      const rows = schema.expected[name] as readonly Plain[];
      expect([name, absentFields(metadataOf(target).fields.values(), rows)]).toEqual([name, []]);
    }
  });

  it('reads every element and attribute', async () => {
    const { live, other = {}, ignored = {} } = schema;
    const whole = JSON.stringify(await read(resource, live));
    const shows = async (document: string): Promise<boolean> => {
      expect(document).not.toBe(live);
      try {
        return JSON.stringify(await read(resource, document)) !== whole;
      } catch (error) {
        // A record without its id, or contents that are no base64: something else has to show that it is read.
        if (error instanceof KayakoResponseError) return false;
        throw error;
      }
    };
    const unread = new Set<string>();
    for (const leaf of leavesOf(live)) {
      const isRead =
        (await shows(leaf.with(other[leaf.path] ?? otherText(leaf.text)))) ||
        (await shows(leaf.removed()));
      if (!isRead) unread.add(leaf.path);
    }
    // What is listed there and read after all is out of date.
    expect([...unread].sort()).toEqual(Object.keys(ignored).sort());
  });
});
