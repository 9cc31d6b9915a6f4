import { Field, Id, metadataOf } from '@kayako-orm/core';
import { Entity } from '../../src/entity/access-path.js';
import { isSmallTable } from '../../src/plan/candidates.js';
import { planSelect } from '../../src/plan/plan-select.js';
import { type SelectPlan } from '../../src/plan/select-plan.js';
import { parseCondition } from '../../src/query/parse-condition.js';
import { selectAll } from '../../src/query/select-node.js';

const OPTIONS = { root: 'things', element: 'thing', actions: ['list', 'get'] } as const;

@Entity({ ...OPTIONS, route: '/Base/Short', access: [{ kind: 'whole' }] })
class Short {
  @Id() id!: number;
}

@Entity({
  ...OPTIONS,
  route: '/Base/Long',
  access: [
    { kind: 'whole', isLong: true },
    { kind: 'scoped', operation: 'ListAll', scope: 'parentId' },
  ],
})
class Long {
  @Id() id!: number;
  @Field({ type: 'id' }) parentId!: number | null;
}

function plan(type: typeof Short | typeof Long, condition: object): SelectPlan {
  const metadata = metadataOf<object>(type);
  return planSelect({
    ...selectAll(metadata),
    condition: parseCondition(metadata, condition),
  });
}

const range = (to: number): number[] => Array.from({ length: to }, (_, index) => index + 1);
const routes = ({ steps }: SelectPlan): string[] => steps.map(({ route }) => route);

describe('a long list', () => {
  it('is read for many records, but not for some of them', () => {
    expect(routes(plan(Short, { id: range(2) }))).toEqual(['/Base/Short']);
    expect(routes(plan(Long, { id: range(3) }))).toEqual([
      '/Base/Long/1',
      '/Base/Long/2',
      '/Base/Long/3',
    ]);
    expect(routes(plan(Long, { id: range(100) }))).toEqual(['/Base/Long']);
  });

  it('is read for many parents, but not for some of them', () => {
    expect(routes(plan(Long, { parentId: range(2) }))).toEqual([
      '/Base/Long/ListAll/1',
      '/Base/Long/ListAll/2',
    ]);
    expect(routes(plan(Long, { parentId: range(100) }))).toEqual(['/Base/Long']);
    expect(routes(plan(Long, {}))).toEqual(['/Base/Long']);
  });

  it('is no small table, which relations may keep', () => {
    expect([Short, Long].map((type) => isSmallTable(metadataOf<object>(type)))).toEqual([
      true,
      false,
    ]);
  });
});
