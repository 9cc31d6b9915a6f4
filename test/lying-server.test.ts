import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Department, Kayako, Ticket, User } from '@kayako-orm/orm';

/** A help desk whose lists are what a function of the route makes them. */
let server: Server;
let kayako: Kayako;
let routes: string[];

async function serve(
  answer: (route: string, arguments_: number[]) => readonly number[],
): Promise<void> {
  routes = [];
  server = createServer((request, response) => {
    const route = new URL(request.url ?? '', 'http://desk').searchParams.get('e') ?? '';
    routes.push(route);
    const [, , resource = ''] = route.split('/');
    const [root, record] = {
      User: ['users', (id: number) => `<user><id>${id}</id></user>`] as const,
      Ticket: ['tickets', (id: number) => `<ticket id="${id}"></ticket>`] as const,
      Department: [
        'departments',
        (id: number) => `<department><id>${id}</id><module>tickets</module></department>`,
      ] as const,
    }[resource] ?? [
      'ticketstatuses',
      // From 100 on, a status is tied to a department.
      (id: number) =>
        `<ticketstatus><id>${id}</id><departmentid>${Math.max(0, id - 100)}</departmentid></ticketstatus>`,
    ];
    const numbers = route
      .split('/')
      .filter(Boolean)
      .map(Number)
      .filter((part) => !Number.isNaN(part));
    const found = answer(route, numbers);
    const rows = route.includes('Count')
      ? [`<totalcount>${found.length}</totalcount>`]
      : found.map((id) => record(id));
    response.end(`<?xml version="1.0"?><${root}>${rows.join('')}</${root}>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  kayako = new Kayako({ url: `http://127.0.0.1:${port}/`, apiKey: 'k', secretKey: 's' });
}

async function stop(): Promise<void> {
  await kayako.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
afterEach(stop);

/** For a server whose answers change while it runs. */
let answer: (route: string, numbers: number[]) => readonly number[];

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
const ids = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);

/** Tickets 1 to `total`, paged honestly; look-ups have one row. */
const honest =
  (total: number) =>
  (route: string, [, , , , count = 0, start = 0]: number[]) =>
    route.includes('ListAll') ? range(start + 1, Math.min(total, start + count)) : [1];

describe('users', () => {
  it('come all from a server that sends fewer than asked', async () => {
    await serve((_route, [marker = 1]) => range(marker, Math.min(450, marker + 99)));
    expect(ids(await kayako.repository(User).all())).toEqual(range(1, 450));
  });

  it('come all from a server whose pages vary in length', async () => {
    let page = 0;
    await serve((_route, [marker = 1]) => {
      page += 1;
      return range(marker, Math.min(3000, marker + (page % 2 === 0 ? 599 : 699)));
    });
    expect(ids(await kayako.repository(User).all())).toEqual(range(1, 3000));
  });

  it('come once from a server that repeats its last page, and the walk ends', async () => {
    await serve((_route, [marker = 1]) => (marker <= 1000 ? range(1, 1000) : range(1, 1000)));
    expect(ids(await kayako.repository(User).all())).toEqual(range(1, 1000));
    expect(routes.length).toBeLessThan(5);
  });

  it('come all although a page in the middle was empty once', async () => {
    let asked = 0;
    await serve((_route, [marker = 1]) => {
      asked += 1;
      return asked === 2 ? [] : range(marker, Math.min(2500, marker + 999));
    });
    expect(ids(await kayako.repository(User).all())).toEqual(range(1, 2500));
  });
});

describe('tickets', () => {
  it('come once each although one was added before the border of a page', async () => {
    let pages = 0;
    await serve((route, [, , , , count = 0, start = 0]) => {
      if (!route.includes('ListAll')) return [1];
      pages += 1;
      const all = pages === 1 ? range(2, 601) : range(1, 601);
      return all.slice(start, start + count);
    });
    expect(ids(await kayako.repository(Ticket).all())).toEqual(range(2, 601));
  });

  it('end with a server that empties every page but the first, or skips a row at each', async () => {
    await serve((route, [, , , , , start = 0]) =>
      route.includes('ListAll') ? (start === 0 ? range(1, 500) : []) : [1],
    );
    expect(ids(await kayako.repository(Ticket).all())).toEqual(range(1, 500));
    expect(routes.length).toBeLessThan(10);
  });

  it('end with a server that gives the same page for ever', async () => {
    await serve((route) => (route.includes('ListAll') ? range(1, 500) : [1]));
    expect(ids(await kayako.repository(Ticket).all())).toEqual(range(1, 500));
    expect(routes.length).toBeLessThan(10);
  });

  it('are counted here where no status named counts in the department, which means all to the server', async () => {
    await serve((route) => {
      if (route.includes('ListAll')) return [];
      if (route.includes('Count')) return [1, 2, 3];
      return route.includes('Department') ? [1, 2] : [102];
    });
    const tickets = kayako.repository(Ticket);
    expect(await tickets.where({ departmentId: 1, statusId: 102 }).count()).toBe(0);
    expect(await tickets.where({ departmentId: 2, statusId: 102 }).count()).toBe(3);
    expect(await tickets.where({ departmentId: 2, statusId: 7 }).count()).toBe(0);
  });

  it('come all although a page in the middle was empty once, by id and in another order', async () => {
    for (const field of ['id', 'replies'] as const) {
      let lists = 0;
      await serve((route, numbers) => {
        if (!route.includes('ListAll')) return [1];
        lists += 1;
        return lists === 2 ? [] : honest(1234)(route, numbers);
      });
      expect(ids(await kayako.repository(Ticket).orderBy(field).all())).toEqual(range(1, 1234));
      if (field === 'id') await stop();
    }
  });

  it.each([50, 100, 250])('come all from a server that cuts pages at %i', async (limit) => {
    await serve((route, [, , , , count = 0, start = 0]) =>
      route.includes('ListAll')
        ? range(start + 1, Math.min(1000, start + Math.min(count, limit)))
        : [1],
    );
    expect(ids(await kayako.repository(Ticket).all())).toEqual(range(1, 1000));
  });

  it('come once each from a server that repeats its last page in another order', async () => {
    await serve((route, [, , , , count = 0, start = 0]) => {
      if (!route.includes('ListAll')) return [1];
      const from = Math.min(start, 500);
      return range(from + 1, Math.min(1000, from + count));
    });
    const query = kayako.repository(Ticket).orderBy('replies');
    expect(ids(await query.all())).toEqual(range(1, 1000));
    expect(routes.length).toBeLessThan(10);
  });

  it('are all reached in another order although rows leave meanwhile', async () => {
    const leaving = (): void => {
      let lists = 0;
      answer = (route, [, , , , count = 0, start = 0]) => {
        if (!route.includes('ListAll')) return [1];
        lists += 1;
        return (lists === 1 ? range(1, 1400) : range(101, 1400)).slice(start, start + count);
      };
    };
    await serve((route, numbers) => answer(route, numbers));
    const query = kayako.repository(Ticket).orderBy('replies');
    leaving();
    expect(ids(await query.all())).toEqual(range(1, 1400));
    leaving();
    expect(ids(await query.stable().all())).toEqual(range(1, 1400));
  });

  it('are the first of an order, also where equal rows come otherwise on each page', async () => {
    // As a database does: the order of equal rows hangs on how many are asked for.
    let pages: string[] = [];
    const shuffled = (rows: number[], count: number): number[] =>
      rows
        .map((id) => ({ id, key: (id * (count + 7)) % 1009 }))
        .sort((one, other) => one.key - other.key)
        .map(({ id }) => id);
    await serve((route, [, , , , count = 0, start = 0]) => {
      if (!route.includes('ListAll')) return [1];
      pages.push(`${count}/${start}`);
      const rows = range(1, 700);
      const ordered = route.includes('ticketid') ? rows : shuffled(rows, count);
      return ordered.slice(start, start + count);
    });
    const query = kayako.repository(Ticket).orderBy('replies');
    expect(ids(await query.take(5).all())).toEqual([1, 2, 3, 4, 5]);
    expect(pages).toEqual(['15/0', '500/0', '500/0', '500/499']);
    pages = [];
    expect(ids(await query.skip(3).take(2).select('id').all())).toEqual([4, 5]);
    expect(ids(await query.all())).toEqual(range(1, 700));
  });

  it('come all, ascending, from an honest one', async () => {
    await serve(honest(1234));
    expect(ids(await kayako.repository(Ticket).all())).toEqual(range(1, 1234));
  });
});

describe('one record', () => {
  it('is the one that was asked for, or none', async () => {
    await serve(() => [1, 2, 6]);
    expect((await kayako.get(Department, 6))?.id).toBe(6);
    expect(await kayako.get(Department, 7)).toBeNull();
    expect(
      ids(
        await kayako
          .repository(Ticket)
          .where({ id: [2, 9] })
          .all(),
      ),
    ).toEqual([2]);
  });
});
