import {
  type ApiClient,
  type EntityMetadata,
  Field,
  recordMetadata,
  type MeteredOptions,
} from '@kayako-orm/core';
import { type OffsetStep } from '../../plan/select-plan.js';

/** The answer of a counting operation: the list's root, with one number in it (§6.1.1, §8.1). */
interface RowCount {
  rows: number;
}

const answers = new Map<string, EntityMetadata<RowCount>>();

function answerOf(root: string, element: string): EntityMetadata<RowCount> {
  const key = `${root}/${element}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  class Answer implements RowCount {
    declare rows: number;
  }
  Field({ type: 'integer', wire: element })(Answer.prototype, 'rows');
  const metadata = recordMetadata(Answer, { root, element: root });
  answers.set(key, metadata);
  return metadata;
}

/** How many rows an offset step would list without paging, with one request. */
export async function countRows(
  client: ApiClient,
  { root }: EntityMetadata,
  { count, parameters }: OffsetStep,
  filters: readonly string[],
  options: MeteredOptions,
): Promise<number> {
  const request = {
    method: parameters.length > 0 ? 'POST' : 'GET',
    route: [count.route, ...filters].join('/'),
    parameters,
  } as const;
  const metadata = answerOf(root, count.element);
  const factory = {
    create: (): object => new metadata.type(),
    embed: (): object[] => [],
    nest: (): void => undefined,
  };
  const { signal, meter } = options;
  const row = await client.readOne(request, metadata, factory, { signal, meter, uncounted: true });
  return row?.rows ?? 0;
}
