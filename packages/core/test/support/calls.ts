import { type ApiClient, type CallOptions } from '../../src/client.js';
import { metadataOf } from '../../src/metadata/metadata-of.js';
import { Department } from './desk.js';
import { rows } from './rows.js';

export const DEPARTMENTS_ROUTE = '/Base/Department';

/** A document of departments with these ids. */
export function departmentsXml(...ids: readonly number[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<departments>\n${ids.map(departmentXml).join('')}</departments>`;
}

export function departmentXml(id: number): string {
  return `<department>\n<id><![CDATA[${id}]]></id>\n<title><![CDATA[Department ${id}]]></title>\n</department>\n`;
}

/** The batches of a list of departments, unread. */
export function readDepartments(
  client: ApiClient,
  options?: CallOptions,
): AsyncGenerator<Department[], void, undefined> {
  const request = { method: 'GET', route: DEPARTMENTS_ROUTE } as const;
  return client.read(request, metadataOf(Department), rows, options);
}

/** Reads a list to its end: the ids received, and the error that ended it, if any. */
export async function outcomeOf(
  batches: AsyncIterable<Department[]>,
): Promise<{ ids: number[]; error: unknown }> {
  const ids: number[] = [];
  try {
    for await (const batch of batches) ids.push(...batch.map(({ id }) => id));
  } catch (error) {
    return { ids, error };
  }
  return { ids, error: undefined };
}

/** What a call rejects with. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call did not fail');
}
