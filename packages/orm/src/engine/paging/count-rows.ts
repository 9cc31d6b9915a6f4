import { type ApiClient, Entity, Field, metadataOf, type MeteredOptions } from '@kayako-orm/core';
import { type OffsetStep } from '../../plan/select-plan.js';

/** The answer of a counting operation: its document's root, with one number in it (§6.1.1). */
@Entity({ route: '', root: 'tickets', element: 'tickets', actions: ['list'] })
class RowCount {
  @Field({ type: 'integer' }) totalCount!: number;
}

/** How many rows an offset step would list without paging, with one request. */
export async function countRows(
  client: ApiClient,
  step: OffsetStep,
  filters: readonly string[],
  options: MeteredOptions,
): Promise<number> {
  const request = {
    method: step.parameters.length > 0 ? 'POST' : 'GET',
    route: [step.countRoute, ...filters].join('/'),
    parameters: step.parameters,
  } as const;
  const factory = { create: (): object => new RowCount(), embed: (): object[] => [] };
  const { signal, meter } = options;
  const uncounted = { signal, meter, uncounted: true };
  const row = await client.readOne(request, metadataOf(RowCount), factory, uncounted);
  return row?.totalCount ?? 0;
}
