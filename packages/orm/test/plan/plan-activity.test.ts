import { type EntityClass, metadataOf } from '@kayako-orm/core';
import { Department, Entity, Field, Id, Ticket, TicketPost, User } from '../../src/index.js';
import { explainPlan } from '../../src/plan/explain-plan.js';
import {
  type ActivityPlan,
  activityOf,
  planNewest,
  planSince,
} from '../../src/plan/plan-activity.js';
import { selectAll } from '../../src/query/select-node.js';

function ticketActivity(): ActivityPlan {
  const activity = activityOf(metadataOf(Ticket));
  if (activity === null) throw new Error('tickets tell of their activity');
  return activity;
}

const filters = ['1,2', '3', '-1', '-1'];
const explain = (plan: ReturnType<typeof planNewest>): string =>
  String(explainPlan(plan, selectAll(metadataOf(Ticket))));

it('is told of by tickets alone', () => {
  expect(ticketActivity()).toMatchObject({ field: 'lastActivity', column: 'lastactivity' });
  const others: readonly EntityClass[] = [Department, User, TicketPost];
  for (const type of others) expect(activityOf(metadataOf(type))).toBeNull();
});

it('shows with one row which was the latest', () => {
  expect(explain(planNewest(ticketActivity(), filters))).toContain(
    'request  GET /Tickets/Ticket/ListAll/1,2/3/-1/-1/1/0/lastactivity/DESC\n',
  );
});

it('is read from a moment on by one page, a larger one where that does not reach, at last by id', () => {
  const since = new Date('2024-05-06T07:08:09Z');
  expect(explain(planSince(ticketActivity(), filters, since, 7))).toContain(
    'request  GET /Tickets/Ticket/ListAll/1,2/3/-1/-1/12/0/lastactivity/DESC, if no row there is before ' +
      '2024-05-06T07:08:09.000Z, a page of 120, then a page of 500, then the list by id\n',
  );
  const [step] = planSince(ticketActivity(), filters, since, 499).steps;
  expect(step).toMatchObject({
    pageSizes: [500],
    fallback: { filters, sort: ['ticketid', 'ASC'], pageSize: 500 },
  });
});

it('must be a field that the list can be sorted by', () => {
  const filtered = {
    kind: 'filtered',
    operation: 'ListAll',
    count: { operation: 'GetCount', element: 'totalcount' },
    filters: [],
    parameters: [],
    pageSize: 10,
    sort: { id: 'id', fields: { updated: 'updated' } },
    activity: { field: 'changed', lateSeconds: 5 },
  } as const;

  @Entity({ route: '/A/B', root: 'bs', element: 'b', actions: ['list'], access: [filtered] })
  class Odd {
    @Id() id!: number;
    @Field({ type: 'date' }) changed!: Date | null;
  }
  expect(() => activityOf(metadataOf(Odd))).toThrow(
    /Odd: activity names changed, but sort has no column for it\. There are: updated\./,
  );
});
