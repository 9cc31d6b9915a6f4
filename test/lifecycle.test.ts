import { inspect } from 'node:util';
import {
  Department,
  Entity,
  Field,
  Id,
  EditableEntity,
  type LifecycleEventName,
  Staff,
  Ticket,
  TicketPost,
  TicketStatus,
  User,
} from '@kayako-orm/orm';
import { errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

const EVENTS: readonly LifecycleEventName<Department>[] = [
  'beforeAdd',
  'afterAdd',
  'beforeSave',
  'afterSave',
  'beforeDelete',
  'afterDelete',
  'loaded',
];

describe('events in the life of an entity', () => {
  test('come before and after each request, in this order, and are awaited', async () => {
    await using desk = await startDesk({ data: 'empty' });
    const departments = desk.kayako.repository(Department);
    const log: string[] = [];
    for (const name of EVENTS) {
      departments.on(name, async ({ entity }) => {
        const id = String(entity.id);
        await new Promise(setImmediate);
        log.push(`${name} ${id}`, ...desk.requests().map((request) => request.split(' ')[0] ?? ''));
      });
    }
    const department = await samples.department(desk.kayako).add();
    const { id } = department;
    department.title = 'Renamed';
    await department.save();
    await department.reload();
    await department.delete();
    expect(log).toEqual([
      'beforeAdd undefined',
      `afterAdd ${id}`,
      'POST',
      `beforeSave ${id}`,
      `afterSave ${id}`,
      'PUT',
      `loaded ${id}`,
      'GET',
      `beforeDelete ${id}`,
      'afterDelete undefined',
      'DELETE',
    ]);
  });

  test('listeners run one after the other, those of a class before those of one that extends it', async () => {
    @Entity({
      route: '/Base/Department',
      root: 'departments',
      element: 'department',
      actions: ['list', 'get'],
    })
    class Team extends Department {}
    await using desk = await startDesk();
    const log: string[] = [];
    desk.kayako.repository(Team).on('loaded', () => void log.push('team'));
    desk.kayako.repository(Department).on('loaded', async () => {
      await new Promise(setImmediate);
      log.push('first');
    });
    desk.kayako.repository(Department).on('loaded', () => void log.push('second'));
    await desk.kayako.repository(Team).take(1).all();
    expect(log).toEqual(['first', 'second', 'team']);
    await desk.kayako.repository(Department).take(1).all();
    expect(log).toEqual(['first', 'second', 'team', 'first', 'second']);
  });

  test('a listener that is removed hears nothing more', async () => {
    await using desk = await startDesk();
    const statuses = desk.kayako.repository(TicketStatus);
    let heard = 0;
    const listener = (): void => {
      heard += 1;
    };
    const off = statuses.on('loaded', listener);
    statuses.on('loaded', listener);
    await statuses.first();
    expect(heard).toBe(2);
    off();
    off();
    await statuses.first();
    expect(heard).toBe(3);
  });

  test('are those of one connection', async () => {
    await using desk = await startDesk();
    await using other = await startDesk();
    let heard = 0;
    desk.kayako.repository(Department).on('loaded', () => {
      heard += 1;
    });
    await other.kayako.repository(Department).first();
    expect(heard).toBe(0);
  });

  test('a listener of beforeAdd and beforeSave may set fields, required ones too', async () => {
    await using desk = await startDesk({ data: 'empty' });
    const departments = desk.kayako.repository(Department);
    departments.on('beforeAdd', ({ entity }) => {
      entity.module = 'tickets';
      entity.type = 'public';
    });
    departments.on('beforeSave', ({ entity, changes }) => {
      if (changes.some(({ field }) => field === 'title')) entity.title = entity.title.trim();
    });
    const department = await departments.create({ title: 'Sales' }).add();
    department.title = '  Support ';
    await department.save();
    expect((await departments.get(department.id))?.title).toBe('Support');
  });

  test('what a listener throws before a write keeps it from being sent, as it is', async () => {
    await using desk = await startDesk({ data: 'empty' });
    const departments = desk.kayako.repository(Department);
    const department = await samples.department(desk.kayako).add();
    desk.requests();
    const reason = new Error('no');
    for (const name of ['beforeAdd', 'beforeSave', 'beforeDelete'] as const) {
      departments.on(name, () => Promise.reject(reason));
    }
    department.title = 'Other';
    expect(await errorOf(async () => department.save())).toBe(reason);
    expect(await errorOf(async () => department.delete())).toBe(reason);
    expect(await errorOf(async () => samples.department(desk.kayako).add())).toBe(reason);
    expect(desk.requests()).toEqual([]);
    expect(department.isNew).toBe(false);
  });

  test('what a listener throws after a write reaches the caller; the write is there', async () => {
    await using desk = await startDesk({ data: 'empty' });
    const departments = desk.kayako.repository(Department);
    const reason = new Error('too late');
    departments.on('afterAdd', () => {
      throw reason;
    });
    const department = samples.department(desk.kayako);
    expect(await errorOf(async () => department.add())).toBe(reason);
    expect(await departments.get(department.id)).not.toBeNull();
  });

  test('so does what a listener of children in the reply throws: nothing is added twice', async () => {
    await using desk = await startDesk();
    const reason = new Error('too late');
    desk.kayako.repository(TicketPost).on('loaded', () => {
      throw reason;
    });
    const ticket = samples.ticket(desk.kayako);
    expect(await errorOf(async () => ticket.add())).toBe(reason);
    expect(ticket.isNew).toBe(false);
    ticket.subject = 'Other';
    expect(await errorOf(async () => ticket.save())).toBe(reason);
    desk.requests();
    expect((await errorOf(async () => ticket.add())).message).toContain('added already');
    expect(desk.requests()).toEqual([]);
  });

  test('a listener of afterAdd may save the entity again', async () => {
    await using desk = await startDesk({ data: 'empty' });
    desk.kayako.repository(Department).on('afterAdd', async ({ entity }) => {
      entity.title = `Desk ${entity.id}`;
      await entity.save();
    });
    const department = await samples.department(desk.kayako).add();
    expect(department.title).toBe(`Desk ${department.id}`);
  });

  test('show changes, but no secret', async () => {
    await using desk = await startDesk();
    const staff = await samples.staff(desk.kayako).add();
    const seen: unknown[] = [];
    desk.kayako.repository(Staff).on('afterSave', ({ changes }) => void seen.push(changes));
    staff.lastName = 'Somebody';
    staff.password = 'hunter2secret';
    await staff.save();
    const bulk = await desk.kayako
      .repository(Staff)
      .where({ id: staff.id })
      .update({ password: 'hunter2again' });
    expect(bulk.done).toBe(1);
    seen.push(bulk, inspect(bulk));
    expect(JSON.stringify(seen)).toContain('Somebody');
    expect(JSON.stringify(seen)).toContain('(secret)');
    expect(JSON.stringify(seen)).not.toContain('hunter2');
  });

  test('a bulk call reports the row that a listener refuses, and goes on', async () => {
    await using desk = await startDesk({ data: 'empty' });
    const departments = desk.kayako.repository(Department);
    const [first, second] = [
      await samples.department(desk.kayako).add(),
      await samples.department(desk.kayako).add(),
    ];
    departments.on('beforeSave', ({ entity }) => {
      if (entity.id === first.id) throw new TypeError('not this one');
    });
    const report = await departments
      .where({ id: [first.id, second.id] })
      .update({ displayOrder: 9 });
    expect(report.rows.map(({ status }) => status)).toEqual(['failed', 'done']);
    expect(report.rows[0]?.error?.message).toBe('not this one');
  });
});

describe('loaded', () => {
  test('comes once for each entity that is handed out, whichever way it was read', async () => {
    await using desk = await startDesk();
    const { ticket } = await samples.answeredTicket(desk.kayako);
    const tickets = desk.kayako.repository(Ticket);
    const log: string[] = [];
    for (const type of [Ticket, Department, TicketPost, TicketStatus]) {
      desk.kayako.repository<object>(type).on('loaded', ({ entity }) => {
        log.push(entity.constructor.name);
      });
    }
    const drained = (): string[] => log.splice(0);

    const got = await tickets.get(ticket.id);
    expect(drained()).toEqual(['Ticket', 'TicketPost', 'TicketPost']);
    expect(await got?.posts.all()).toHaveLength(2);
    expect(drained()).toEqual([]);
    await got?.department.load();
    expect(drained()).toEqual(['Department']);

    await tickets.where({ id: ticket.id }).include('status').all();
    expect(drained()).toEqual(['Ticket', 'TicketPost', 'TicketPost', 'TicketStatus']);
    // Statuses that a condition looks up are not handed out.
    expect(await tickets.where({ status: { title: 'Open' } }).first()).not.toBeNull();
    expect(drained()).toEqual(['Ticket']);
    await tickets.select('id').take(2).all();
    await tickets.where({ departmentId: 1 }).count();
    expect(drained()).toEqual([]);
  });

  test('sees entities before the program does, and what it throws ends the reading', async () => {
    await using desk = await startDesk({ users: 20 });
    const users = desk.kayako.repository(User);
    const off = users.on('loaded', async ({ entity }) => {
      await new Promise(setImmediate);
      Object.assign(entity, { greeting: `Dear ${entity.fullName}` });
    });
    for await (const user of users)
      expect(user).toHaveProperty('greeting', `Dear ${user.fullName}`);
    off();
    const reason = new Error('enough');
    users.on('loaded', ({ entity }) => {
      if (entity.id === 3) throw reason;
    });
    expect(await errorOf(async () => users.all())).toBe(reason);
  });

  test('is told of the signal of the call', async () => {
    await using desk = await startDesk();
    const abort = new AbortController();
    const signals: (AbortSignal | undefined)[] = [];
    desk.kayako.repository(Department).on('beforeAdd', ({ signal }) => {
      signals.push(signal);
      abort.abort(new Error('changed my mind'));
    });
    desk.requests();
    const error = await errorOf(async () =>
      samples.department(desk.kayako).add({ signal: abort.signal }),
    );
    expect(error.message).toBe('changed my mind');
    expect(signals).toEqual([abort.signal]);
    expect(desk.requests()).toEqual([]);
  });
});

describe('what makes no sense', () => {
  test('is refused', async () => {
    await using desk = await startDesk();
    const departments = desk.kayako.repository(Department);
    const unknown = await errorOf(() => departments.on('beforeLoad' as never, () => undefined));
    expect(unknown.code).toBe('INVALID_VALUE');
    expect(unknown.message).toContain('beforeAdd, afterAdd');
    expect(await errorOf(() => departments.on('loaded', 'log' as never))).toMatchObject({
      code: 'INVALID_VALUE',
    });
  });

  test('classes of your own have them too', async () => {
    @Entity({
      route: '/Base/Department',
      root: 'departments',
      element: 'department',
      actions: ['list', 'get', 'add', 'save', 'delete'],
    })
    class Plain extends EditableEntity {
      @Id() declare readonly id: number;
      @Field({ type: 'text', required: 'add' }) title!: string;
      @Field({ type: 'text', required: 'add' }) type!: string;
      @Field({ type: 'text', required: 'add' }) module!: string;
    }
    await using desk = await startDesk();
    const log: string[] = [];
    desk.kayako.repository(Plain).on('afterAdd', ({ entity }) => void log.push(entity.title));
    await desk.kayako.create(Plain, { title: 'X', type: 'public', module: 'tickets' }).add();
    expect(log).toEqual(['X']);
  });
});
