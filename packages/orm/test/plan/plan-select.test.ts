import { type EntityClass, metadataOf } from '@kayako-orm/core';
import { Department } from '../../src/entities/department.js';
import { Ticket } from '../../src/entities/ticket.js';
import { TicketCount } from '../../src/entities/ticket-count.js';
import { TicketCustomField } from '../../src/entities/ticket-custom-field.js';
import { TicketPost } from '../../src/entities/ticket-post.js';
import { TicketStatus } from '../../src/entities/ticket-status.js';
import { User } from '../../src/entities/user.js';
import { planSelect } from '../../src/plan/plan-select.js';
import { type SelectPlan } from '../../src/plan/select-plan.js';
import { parseCondition } from '../../src/query/parse-condition.js';

function plan(type: EntityClass, condition: object = {}, limit: number | null = null): SelectPlan {
  const metadata = metadataOf(type);
  return planSelect({ metadata, condition: parseCondition(metadata, condition), limit });
}

const residualFields = ({ residual }: SelectPlan): string[] => {
  if (residual === null) return [];
  return (residual.kind === 'and' ? residual.conditions : [residual]).flatMap((node) =>
    node.kind === 'in' ? [node.field] : [],
  );
};

describe('a whole list', () => {
  it('is one request, with everything filtered here', () => {
    const { steps, residual } = plan(Department, { module: 'tickets' });
    expect(steps).toEqual([{ kind: 'list', route: '/Base/Department', scope: {} }]);
    expect(residual).not.toBeNull();
    expect(plan(TicketCount).steps).toEqual([
      { kind: 'list', route: '/Tickets/TicketCount', scope: {} },
    ]);
  });
});

describe('ids', () => {
  it('are read one by one, each once, whatever the path', () => {
    expect(plan(User, { id: [3, 1, 3] })).toEqual({
      steps: [
        { kind: 'record', route: '/Base/User/3' },
        { kind: 'record', route: '/Base/User/1' },
      ],
      residual: null,
      limit: null,
    });
    expect(plan(Ticket, { id: 5 }).steps).toEqual([{ kind: 'record', route: '/Tickets/Ticket/5' }]);
  });

  it('leave the other conditions to be filtered here', () => {
    const planned = plan(Ticket, { id: 5, departmentId: 2 });
    expect(planned.steps).toHaveLength(1);
    expect(residualFields(planned)).toEqual(['departmentId']);
  });
});

describe('pages of ids', () => {
  it('start at the first marker with the largest page', () => {
    expect(plan(User).steps).toEqual([
      { kind: 'keyset', route: '/Base/User/Filter', marker: 1, pageSize: 1000, single: false },
    ]);
  });

  it('are small when few rows are wanted and nothing is filtered here', () => {
    expect(plan(User, {}, 1).steps).toMatchObject([{ pageSize: 1 }]);
    expect(plan(User, { isEnabled: true }, 1).steps).toMatchObject([{ pageSize: 1000 }]);
  });
});

describe('the ticket list', () => {
  const [departments, statuses] = [
    { kind: 'lookup', entity: Department, where: { module: 'tickets' } },
    { kind: 'lookup', entity: TicketStatus, where: {} },
  ];

  it('names all departments and statuses where the condition does not', () => {
    expect(plan(Ticket).steps).toEqual([
      {
        kind: 'offset',
        route: '/Tickets/Ticket/ListAll',
        filters: [departments, statuses, '-1', '-1'],
        pageSize: 500,
        sort: ['ticketid', 'ASC'],
      },
    ]);
  });

  it('takes what the server can filter and leaves nothing of it to be filtered here', () => {
    const planned = plan(
      Ticket,
      { departmentId: [2, 1, 2], statusId: 3, ownerStaffId: [null, 7], userId: 9 },
      5,
    );
    expect(planned.steps).toMatchObject([{ filters: ['2,1', '3', '0,7', '9'], pageSize: 5 }]);
    expect(planned.residual).toBeNull();
  });

  it('filters here what the server cannot: no user, no department', () => {
    const noUser = plan(Ticket, { userId: null, statusId: 1 }, 5);
    expect(noUser.steps).toMatchObject([
      { filters: [departments, '1', '-1', '-1'], pageSize: 500 },
    ]);
    expect(residualFields(noUser)).toEqual(['userId']);
    expect(residualFields(plan(Ticket, { departmentId: [1, null] }))).toEqual(['departmentId']);
  });
});

describe('children', () => {
  it('are listed once for each parent', () => {
    expect(plan(TicketPost, { ticketId: [5, 6, 5], creator: 'staff' })).toMatchObject({
      steps: [
        { kind: 'list', route: '/Tickets/TicketPost/ListAll/5', scope: { ticketId: 5 } },
        { kind: 'list', route: '/Tickets/TicketPost/ListAll/6', scope: { ticketId: 6 } },
      ],
      residual: { conditions: [{ field: 'creator' }] },
    });
    expect(plan(TicketCustomField, { ticketId: 5 }).steps).toMatchObject([
      { route: '/Tickets/TicketCustomField/5' },
    ]);
  });

  it('are read by parent and id together', () => {
    expect(plan(TicketPost, { ticketId: 5, id: [7, 8] }).steps).toEqual([
      { kind: 'record', route: '/Tickets/TicketPost/5/7' },
      { kind: 'record', route: '/Tickets/TicketPost/5/8' },
    ]);
    const several = plan(TicketPost, { ticketId: [5, 6], id: 7 });
    expect(several.steps).toMatchObject([{ kind: 'list' }, { kind: 'list' }]);
    expect(residualFields(several)).toEqual(['id']);
  });

  it('need their parent', () => {
    for (const condition of [{}, { id: 7 }, { ticketId: null }, { ticketId: [5, null] }]) {
      expect(() => plan(TicketPost, condition)).toThrow(
        expect.objectContaining({ code: 'SCOPE_REQUIRED' }) as Error,
      );
    }
  });
});

describe('an empty list', () => {
  it.each([
    [User, { id: [] }],
    [User, { isEnabled: [] }],
    [Ticket, { departmentId: [], statusId: 1 }],
    [Ticket, { id: 5, subject: [] }],
    [TicketPost, { ticketId: [] }],
    [TicketPost, { ticketId: 5, creator: [] }],
    [Department, { title: [] }],
    [TicketStatus, { staffGroupIds: [] }],
  ] as const)('plans no request for %p %p', (type, condition) => {
    expect(plan(type as EntityClass, condition).steps).toEqual([]);
  });
});
