import { type EntityClass, Field, Id, metadataOf } from '@kayako-orm/core';
import { Entity } from '../../src/entity/access-path.js';
import { Department } from '../../src/entities/department.js';
import { Ticket } from '../../src/entities/ticket.js';
import { TicketCount } from '../../src/entities/ticket-count.js';
import { TicketCustomField } from '../../src/entities/ticket-custom-field.js';
import { TicketPost } from '../../src/entities/ticket-post.js';
import { TicketStatus } from '../../src/entities/ticket-status.js';
import { User } from '../../src/entities/user.js';
import { conjuncts } from '../../src/query/condition-node.js';
import { planSelect } from '../../src/plan/plan-select.js';
import { type SelectPlan } from '../../src/plan/select-plan.js';
import { type SelectNode, selectAll } from '../../src/query/select-node.js';
import { parseCondition } from '../../src/query/parse-condition.js';

function plan(
  type: EntityClass,
  condition: object = {},
  more: Partial<SelectNode> = {},
): SelectPlan {
  const metadata = metadataOf(type);
  return planSelect({
    ...selectAll(metadata),
    condition: parseCondition(metadata, condition),
    ...more,
  });
}

const residualFields = ({ residual }: SelectPlan): string[] =>
  residual === null
    ? []
    : conjuncts(residual).flatMap((node) => ('field' in node ? [node.field] : [node.kind]));

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
  it('are read one by one, ascending and each once, where no list is cheaper', () => {
    expect(plan(User, { id: [3000, 1, 3000] })).toMatchObject({
      steps: [
        { kind: 'record', route: '/Base/User/1' },
        { kind: 'record', route: '/Base/User/3000' },
      ],
      residual: null,
      order: { kind: 'natural' },
    });
    expect(plan(Ticket, { id: 5 }).steps).toEqual([
      { kind: 'record', route: '/Tickets/Ticket/5', field: 'id', value: 5 },
    ]);
    expect(plan(Department, { id: 2 }).steps).toMatchObject([
      { kind: 'record', route: '/Base/Department/2' },
    ]);
  });

  it('are picked out of one page, or of the whole list, where that takes fewer requests', () => {
    const users = plan(User, { id: [3, 1, 5] });
    expect(users.steps).toMatchObject([{ kind: 'keyset', marker: 1, last: 5, pageSize: 5 }]);
    expect(residualFields(users)).toEqual(['id']);
    expect(plan(Department, { id: [1, 2] }).steps).toMatchObject([{ kind: 'list' }]);
  });

  it('leave the other conditions to be filtered here', () => {
    const planned = plan(Ticket, { id: 5, departmentId: 2 });
    expect(planned.steps).toHaveLength(1);
    expect(residualFields(planned)).toEqual(['departmentId']);
  });

  it('are none outside the bounds that the condition sets', () => {
    expect(plan(User, { id: { lt: 1 } }).steps).toEqual([]);
    expect(plan(User, { and: [{ id: [5] }, { id: { gt: 10 } }] }).steps).toEqual([]);
    expect(plan(User, { and: [{ id: [5, 2000] }, { id: { gt: 10 } }] }).steps).toMatchObject([
      { kind: 'record', route: '/Base/User/2000' },
    ]);
    const many = Array.from({ length: 200_000 }, (_, index) => index + 1);
    expect(plan(User, { id: many }).steps).toMatchObject([{ kind: 'keyset', last: 200_000 }]);
    const either = { or: many.map((id) => ({ id })) };
    expect(plan(Department, either).steps).toMatchObject([{ kind: 'list' }]);
  });

  it('are narrowed by every condition on them, down to none', () => {
    expect(plan(User, { and: [{ id: [1, 5000] }, { id: [5000, 7] }] }).steps).toMatchObject([
      { kind: 'record', route: '/Base/User/5000' },
    ]);
    expect(plan(User, { and: [{ id: 1 }, { id: 2 }] }).steps).toEqual([]);
    expect(plan(User, { or: [{ id: 4 }, { id: 9000 }] }).steps).toHaveLength(2);
  });
});

describe('pages of ids', () => {
  it('start at the first marker with the largest page', () => {
    expect(plan(User).steps).toEqual([
      {
        kind: 'keyset',
        route: '/Base/User/Filter',
        marker: 1,
        last: null,
        pageSize: 1000,
        single: false,
      },
    ]);
  });

  it('start and end where the condition on the id does', () => {
    const planned = plan(User, { id: { gt: 10, lte: 2500 }, isEnabled: true });
    expect(planned.steps).toMatchObject([{ marker: 11, last: 2500, pageSize: 1000 }]);
    expect(residualFields(planned)).toEqual(['isEnabled']);
    expect(plan(User, { id: { gte: 5, lt: 8 } })).toMatchObject({
      steps: [{ marker: 5, last: 7, pageSize: 3 }],
      residual: null,
    });
    expect(plan(User, { id: { gt: 5, lt: 3 } }).steps).toEqual([]);
    expect(plan(User, { id: { gte: -7 } }).steps).toMatchObject([{ marker: 1, last: null }]);
  });

  it('are small when few rows are wanted and nothing is filtered here', () => {
    expect(plan(User, {}, { limit: 1 }).steps).toMatchObject([{ pageSize: 1 }]);
    expect(plan(User, {}, { limit: 5, skip: 3 })).toMatchObject({
      steps: [{ pageSize: 8 }],
      skip: 3,
    });
    expect(plan(User, { isEnabled: true }, { limit: 1 }).steps).toMatchObject([{ pageSize: 1000 }]);
    const filtered = plan(User, {}, { limit: 1, filters: [() => true] });
    expect(filtered.steps).toMatchObject([{ pageSize: 1000 }]);
  });
});

describe('a search', () => {
  it('finds users by an address, with the pages as the way out', () => {
    const planned = plan(User, { email: 'a_b@example.com' });
    expect(planned.steps).toMatchObject([
      {
        kind: 'search',
        route: '/Base/UserSearch',
        searches: [
          [
            ['query', 'a_b@example.com'],
            ['phrase', '1'],
          ],
        ],
        wanted: { kind: 'some', field: 'email' },
        fallback: [{ kind: 'keyset', pageSize: 1000 }],
      },
    ]);
    expect(residualFields(planned)).toEqual(['email']);
    expect(planned.order).toEqual({ kind: 'natural' });
  });

  it.each([
    [{ email: { some: { startsWith: 'gary@' } } }, 'gary@'],
    [{ email: { some: { contains: 'ary@exam', ne: 'gary@example.com' } } }, 'ary@exam'],
    [{ email: 'zoë@example.com', isEnabled: true }, 'zoë@example.com'],
    [{ email: { some: { eq: 'Gary@Example.com', ignoreCase: true } } }, 'Gary@Example.com'],
  ])('finds users by an address or a part of one: %j', (condition, query) => {
    const planned = plan(User, condition);
    expect(planned.steps).toMatchObject([
      {
        kind: 'search',
        searches: [
          [
            ['query', query],
            ['phrase', '1'],
          ],
        ],
      },
    ]);
    expect(planned.residual).not.toBeNull();
  });

  it.each(['-a@b.c', '+a@b.c', 'a b@c.d', '"a"@b.c', "o'x@b.c", 'a\\b@c.d', '', '@example.com'])(
    'is not asked for the address %p, which it would take for something else or find too often',
    (email) => {
      expect(plan(User, { email }).steps).toMatchObject([{ kind: 'keyset' }]);
    },
  );

  it('is not asked where it could find less: several values, negations, alternatives, other cases', () => {
    for (const condition of [
      { email: Array.from({ length: 11 }, (_, index) => `a${index}@b.c`) },
      { not: { email: 'a@b.c' } },
      { email: { some: { ne: 'a@b.c' } } },
      { email: { some: { gte: 'a@b.c' } } },
      { email: { some: { matches: /a@b.c/ } } },
      { or: [{ email: 'a@b.c' }, { isEnabled: true }] },
      { email: { some: { eq: 'zoë@b.c', ignoreCase: true } } },
      { email: ['a@b.c', 'nobody'] },
      { fullName: 'Ang Gary' },
    ]) {
      expect(plan(User, condition).steps).toMatchObject([{ kind: 'keyset' }]);
    }
  });

  it('is made once for each of a few addresses', () => {
    const { steps } = plan(User, { email: ['a@b.c', 'd@e.f'] });
    expect(steps).toMatchObject([
      {
        kind: 'search',
        searches: ['a@b.c', 'd@e.f'].map((query) => [
          ['query', query],
          ['phrase', '1'],
        ]),
      },
    ]);
  });

  it('gives way to an id, and to a short range of ids', () => {
    expect(plan(User, { id: 5, email: 'a@b.c' }).steps).toMatchObject([{ kind: 'record' }]);
    const near = plan(User, { id: { gte: 5, lte: 9 }, email: 'a@b.c' });
    expect(near.steps).toMatchObject([{ kind: 'keyset', marker: 5, last: 9 }]);
  });

  it('is never asked for tickets, because theirs is cut at a limit', () => {
    for (const condition of [
      { subject: 'printer' },
      { fullName: 'Gary' },
      { tags: 'urgent' },
      { email: 'a@b.c' },
    ]) {
      expect(plan(Ticket, condition).steps).toMatchObject([{ kind: 'offset' }]);
    }
  });
});

describe('the ticket list', () => {
  const [departments, statuses] = [
    { kind: 'lookup', entity: Department, where: { module: 'tickets' }, tiedTo: null },
    {
      kind: 'lookup',
      entity: TicketStatus,
      where: {},
      tiedTo: { field: 'departmentId', filter: 0 },
    },
  ];
  const named = (...ids: number[]): object => ({ kind: 'ids', ids });

  it('names all departments and statuses where the condition does not', () => {
    expect(plan(Ticket).steps).toEqual([
      {
        kind: 'offset',
        route: '/Tickets/Ticket/ListAll',
        count: { route: '/Tickets/Ticket/GetTicketCount', element: 'totalcount' },
        filters: [departments, statuses, '-1', '-1'],
        parameters: [],
        pageSize: 500,
        maxPageSize: 500,
        start: 0,
        sort: ['ticketid', 'ASC'],
      },
    ]);
  });

  it('takes what the server can filter, and checks it again: without a known id it would widen', () => {
    const planned = plan(
      Ticket,
      { departmentId: [2, 1, 2], statusId: 3, ownerStaffId: [null, 7], userId: 9 },
      { limit: 5 },
    );
    expect(planned.steps).toMatchObject([
      { filters: [named(1, 2), named(3), '0,7', '9'], pageSize: 5, maxPageSize: 500 },
    ]);
    expect(planned.residual).toBeNull();
    expect(planned.checked).not.toEqual([]);
  });

  it('takes alternatives of one field as a list', () => {
    const planned = plan(Ticket, {
      statusId: 1,
      or: [{ departmentId: 1 }],
      and: [{ or: [{ ownerStaffId: 4 }, { ownerStaffId: [5, null] }] }],
    });
    expect(planned.steps).toMatchObject([{ filters: [named(1), named(1), '0,4,5', '-1'] }]);
    expect(planned.residual).toBeNull();
    expect(planned.checked).not.toEqual([]);
  });

  it('filters here what the server cannot: no user, no department, negations', () => {
    const noUser = plan(Ticket, { userId: null, statusId: 1 }, { limit: 5 });
    expect(noUser.steps).toMatchObject([
      { filters: [departments, named(1), '-1', '-1'], pageSize: 500 },
    ]);
    expect(residualFields(noUser)).toEqual(['userId']);
    expect(residualFields(plan(Ticket, { departmentId: [1, null] }))).toEqual(['departmentId']);
    const large = plan(Ticket, { userId: 2 ** 40, ownerStaffId: [1, 2 ** 32], statusId: 1 });
    expect(large.steps).toMatchObject([{ filters: [departments, named(1), '-1', '-1'] }]);
    expect(residualFields(large)).toEqual(['userId', 'ownerStaffId']);
    const planned = plan(Ticket, { statusId: { notIn: [3] }, ownerStaffId: { ne: 2 } });
    expect(planned.steps).toMatchObject([{ filters: [departments, statuses, '-1', '-1'] }]);
    expect(residualFields(planned)).toEqual(['not', 'not']);
  });

  it('also sends an e-mail, and checks it again', () => {
    const planned = plan(Ticket, { email: 'a@b.c', departmentId: 1, statusId: 1 });
    expect(planned.steps).toMatchObject([{ parameters: [['email', 'a@b.c']] }]);
    expect(residualFields(planned)).toEqual(['email']);
    expect(plan(Ticket, { email: ['a@b.c', 'd@e.f'] }).steps).toMatchObject([{ parameters: [] }]);
  });

  it('finds a display id with one request', () => {
    const planned = plan(Ticket, { displayId: 'ABC-123-45678' });
    expect(planned).toMatchObject({
      steps: [{ route: '/Tickets/Ticket/ABC-123-45678', field: 'displayId' }],
      residual: null,
    });
    expect(plan(Ticket, { displayId: '42' }).steps).toMatchObject([{ kind: 'offset' }]);
  });
});

describe('an order', () => {
  const by = (field: string, direction: 'asc' | 'desc' = 'asc'): Pick<SelectNode, 'order'> => ({
    order: [{ field, direction }],
  });

  it('by id comes from the server, with skip and take', () => {
    const planned = plan(Ticket, { statusId: 1 }, { ...by('id', 'desc'), skip: 20, limit: 10 });
    expect(planned).toMatchObject({
      steps: [{ sort: ['ticketid', 'DESC'], start: 20, pageSize: 10 }],
      order: { kind: 'natural' },
      skip: 0,
      limit: 10,
    });
  });

  it('by a date or a number is picked by the server out of one page, and equal rows are brought in order here', () => {
    const planned = plan(Ticket, {}, { ...by('lastActivity', 'desc'), skip: 5, limit: 10 });
    expect(planned).toMatchObject({
      steps: [
        {
          kind: 'leading',
          sort: ['lastactivity', 'DESC'],
          field: 'lastActivity',
          wanted: 15,
          pageSizes: [25, 500],
          fallback: { kind: 'offset', sort: ['ticketid', 'ASC'], pageSize: 500 },
        },
      ],
      order: {
        kind: 'sort',
        byServer: true,
        keep: 15,
        terms: [
          { field: 'lastActivity', direction: 'desc' },
          { field: 'id', direction: 'asc' },
        ],
      },
      skip: 5,
    });
    expect(plan(Ticket, {}, { ...by('replies'), limit: 495 }).steps).toMatchObject([
      { kind: 'leading', pageSizes: [500] },
    ]);
  });

  it('by a date or a number is made here where no page could hold the rows, because pages need not agree', () => {
    for (const more of [{}, { limit: 500 }, { skip: 499, limit: 1 }]) {
      expect(plan(Ticket, {}, { ...by('replies'), ...more })).toMatchObject({
        steps: [{ kind: 'offset', sort: ['ticketid', 'ASC'] }],
        order: { kind: 'sort', byServer: false },
      });
    }
    // A status that is tied to a department may bring rows of departments that are not wanted.
    const tied = plan(Ticket, { departmentId: 1 }, { ...by('replies'), limit: 5 });
    expect(tied.steps).toMatchObject([{ kind: 'offset', sort: ['ticketid', 'ASC'] }]);
  });

  it('is made here where something is filtered here, holding no more than is wanted', () => {
    const planned = plan(
      Ticket,
      { subject: 'x' },
      { ...by('lastActivity', 'desc'), skip: 5, limit: 10 },
    );
    expect(planned).toMatchObject({
      steps: [{ sort: ['ticketid', 'ASC'], pageSize: 500 }],
      order: { kind: 'sort', keep: 15 },
      skip: 5,
    });
  });

  it('other than by id is made here where the rows must not move, reading by id', () => {
    const planned = plan(
      Ticket,
      {},
      { ...by('lastActivity', 'desc'), skip: 5, limit: 10, stable: true },
    );
    expect(planned).toMatchObject({
      steps: [{ sort: ['ticketid', 'ASC'], pageSize: 500 }],
      order: { kind: 'sort', keep: 15 },
      skip: 5,
    });
    const byId = plan(Ticket, {}, { ...by('id', 'desc'), stable: true });
    expect(byId.steps).toMatchObject([{ sort: ['ticketid', 'DESC'] }]);
  });

  it.each([
    ['creationTime', 'dateline'],
    ['lastActivity', 'lastactivity'],
    ['replies', 'totalreplies'],
    ['nextReplyDue', 'duetime'],
    ['userId', 'userid'],
    ['ownerStaffId', 'ownerstaffid'],
    ['typeId', 'tickettypeid'],
  ])('by %s is the column %s', (field, column) => {
    expect(plan(Ticket, {}, { ...by(field), limit: 5 }).steps).toMatchObject([
      { kind: 'leading', sort: [column, 'ASC'] },
    ]);
  });

  it('by text is made here', () => {
    expect(plan(Ticket, {}, by('subject')).order).toMatchObject({ kind: 'sort', keep: null });
    expect(plan(User, {}, { ...by('fullName'), limit: 3 }).order).toMatchObject({ keep: 3 });
    expect(plan(User, {}, by('id', 'desc')).order).toMatchObject({ kind: 'sort' });
    expect(plan(User, {}, by('id')).order).toEqual({ kind: 'natural' });
  });
});

describe('children', () => {
  it('are listed once for each parent', () => {
    expect(plan(TicketPost, { ticketId: [5, 6, 5], creator: 'staff' })).toMatchObject({
      steps: [
        { kind: 'list', route: '/Tickets/TicketPost/ListAll/5', scope: { ticketId: 5 } },
        { kind: 'list', route: '/Tickets/TicketPost/ListAll/6', scope: { ticketId: 6 } },
      ],
      residual: { field: 'creator' },
    });
    expect(plan(TicketCustomField, { ticketId: 5 }).steps).toMatchObject([
      { route: '/Tickets/TicketCustomField/5' },
    ]);
  });

  it('are read by parent and id together', () => {
    expect(plan(TicketPost, { ticketId: 5, id: 7 }).steps).toEqual([
      { kind: 'record', route: '/Tickets/TicketPost/5/7', field: 'id', value: 7 },
    ]);
    for (const condition of [
      { ticketId: 5, id: [7, 8] },
      { ticketId: [5, 6], id: 7 },
    ]) {
      const planned = plan(TicketPost, condition);
      expect(planned.steps.every(({ kind }) => kind === 'list')).toBe(true);
      expect(residualFields(planned)).toEqual(['id']);
    }
  });

  it('come by id whatever order the help desk lists them in', () => {
    expect(plan(TicketPost, { ticketId: 5 }).order).toMatchObject({
      kind: 'sort',
      terms: [{ field: 'id', direction: 'asc' }],
    });
  });

  it('need their parent', () => {
    for (const condition of [{}, { id: 7 }, { ticketId: null }, { ticketId: [5, null] }]) {
      expect(() => plan(TicketPost, condition)).toThrow(
        expect.objectContaining({ code: 'SCOPE_REQUIRED' }) as Error,
      );
    }
  });
});

describe('an entity of the user', () => {
  @Entity({
    route: '/App/Invoice',
    root: 'invoices',
    element: 'invoice',
    actions: ['list', 'get'],
    access: [
      { kind: 'keyset', operation: 'After', maxItems: 50 },
      { kind: 'key', field: 'number', pattern: /^R-\d+$/ },
      { kind: 'search', route: '/App/Find', parameters: [], fields: { customer: /^\w+$/ } },
    ],
  })
  class Invoice {
    @Id() declare readonly id: number;
    @Field({ type: 'text' }) readonly number!: string;
    @Field({ type: 'text' }) readonly customer!: string;
  }

  @Entity({
    route: '/App/Line',
    root: 'lines',
    element: 'line',
    actions: ['list'],
    access: [{ kind: 'scoped', operation: null, scope: 'invoiceId' }],
  })
  class Line {
    @Id() declare readonly id: number;
    @Field({ type: 'id' }) readonly invoiceId!: number | null;
  }

  it('is planned by the paths that it declares', () => {
    expect(plan(Invoice, { id: { gt: 7 } }).steps).toMatchObject([
      { kind: 'keyset', route: '/App/Invoice/After', marker: 8, pageSize: 50 },
    ]);
    expect(plan(Invoice, { number: 'R-12' }).steps).toEqual([
      { kind: 'record', route: '/App/Invoice/R-12', field: 'number', value: 'R-12' },
    ]);
    expect(plan(Invoice, { customer: 'Smith' }).steps).toMatchObject([
      { kind: 'search', route: '/App/Find', fallback: [{ kind: 'keyset' }] },
    ]);
    expect(plan(Line, { invoiceId: [3, 4] }).steps).toMatchObject([
      { kind: 'list', route: '/App/Line/3' },
      { kind: 'list', route: '/App/Line/4' },
    ]);
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
