import { User } from '@kayako-orm/orm';
import { type Desk, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';
import { any, ids, received, NOTHING, answersOf } from './answers.js';

// The server may send fewer rows than asked, so a walk whose first page was short asks whether there are more.
describe('users', () => {
  let desk: Desk;
  let all: readonly User[];
  const gone = [10, 20, 21, 1500];

  beforeAll(async () => {
    desk = await startDesk({ users: 2300, seed: 11 });
    for (const id of gone)
      await (await desk.kayako.repository(User).where({ id }).first())?.delete();
    const shared = samples.user(desk.kayako);
    shared.email = ['joe@example.com', 'Second.Joe@example.com'];
    await shared.add();
    const other = samples.user(desk.kayako);
    other.email = ['big.joe@example.com'];
    await other.add();
    all = await desk.kayako.repository(User).all();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it('are read to the last one, each once, also where ids are missing', () => {
    const expected = Array.from({ length: 2303 }, (_, index) => index + 1);
    expect(ids(all)).toEqual(expected.filter((id) => !gone.includes(id)));
  });

  it.each<[string, object, (id: number) => boolean, string[]]>([
    ['above an id', { gt: 2200 }, (id) => id > 2200, ['2201/1000', '2304/1000']],
    ['from an id on', { gte: 2200 }, (id) => id >= 2200, ['2200/1000', '2304/1000']],
    ['below an id', { lt: 9 }, (id) => id < 9, ['1/8']],
    ['up to an id', { lte: 9 }, (id) => id <= 9, ['1/9']],
    ['between two ids', { gt: 5, lt: 25 }, (id) => id > 5 && id < 25, ['6/19']],
    ['from one id to the same', { gte: 7, lte: 7 }, (id) => id === 7, ['7/1']],
    ['around ids that are missing', { gte: 20, lte: 21 }, () => false, ['20/2']],
    ['up to an id that is missing', { gte: 15, lte: 20 }, (id) => id > 14 && id < 20, ['15/6']],
    [
      'on two pages',
      { gte: 900, lt: 2000 },
      (id) => id >= 900 && id < 2000,
      ['900/1000', '1901/1000'],
    ],
    ['above the last one', { gt: 2303 }, () => false, ['2304/1000']],
    ['above a negative number', { gt: -4, lte: 2 }, (id) => id <= 2, ['1/2']],
  ])('%s are one walk between the ends of the condition', async (_name, id, holds, markers) => {
    desk.requests();
    const rows = await any(desk, User).where({ id }).all();
    expect(ids(rows)).toEqual(ids(all).filter(holds));
    expect(desk.requests()).toEqual(markers.map((marker) => `GET /Base/User/Filter/${marker}`));
  });

  it('are cut by skip and take before they are sent, where nothing is filtered here', async () => {
    desk.requests();
    const users = any(desk, User).where({ id: { gte: 8 } });
    expect(ids(await users.skip(2).take(4).all())).toEqual([11, 12, 13, 14]);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/8/6']);
    expect(await any(desk, User).skip(2300).all()).toEqual([]);
  });

  it('are filtered here by what the server cannot filter, from whole pages', async () => {
    desk.requests();
    const found = await any(desk, User)
      .where({ id: { gt: 1200 }, isEnabled: false, userRole: 'manager' })
      .all();
    const expected = all.filter(
      (user) => user.id > 1200 && !user.isEnabled && user.userRole === 'manager',
    );
    expect(expected).not.toHaveLength(0);
    expect(ids(found)).toEqual(ids(expected));
    expect(desk.requests()).toEqual([
      'GET /Base/User/Filter/1201/1000',
      'GET /Base/User/Filter/2202/1000',
    ]);
  });

  it('are read by marker and maxItems as asked: one page, all pages, or a stream', async () => {
    desk.requests();
    const page = await desk.kayako.getAll(User, { marker: 9, maxItems: 3 });
    expect(ids(page)).toEqual([9, 11, 12]);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/9/3']);

    const pages: number[][] = [];
    const paging = { marker: 1000, maxItems: 600 };
    for await (const each of desk.kayako.repository(User).pages(paging)) pages.push(ids(each));
    expect(pages.map(({ length }) => length)).toEqual([600, 600, 103]);
    expect(pages.flat()).toEqual(ids(all).filter((id) => id >= 1000));
    expect(desk.requests()).toEqual([
      'GET /Base/User/Filter/1000/600',
      'GET /Base/User/Filter/1601/600',
      'GET /Base/User/Filter/2201/600',
    ]);

    const streamed = await new Promise<number[]>((resolve, reject) => {
      const seen: number[] = [];
      desk.kayako
        .repository(User)
        .stream({ marker: 2000, maxItems: 1000 })
        .subscribe({
          next: (user) => seen.push(user.id),
          error: reject,
          complete: () => {
            resolve(seen);
          },
        });
    });
    expect(streamed).toEqual(ids(all).filter((id) => id >= 2000));
    expect(desk.requests()).toEqual([
      'GET /Base/User/Filter/2000/1000',
      'GET /Base/User/Filter/2304/1000',
    ]);
    expect(ids(await desk.kayako.getAll(User, { marker: 2300 }))).toEqual([2300, 2301, 2302, 2303]);
  });

  it('are read one by one for ids that are far from each other, unknown ones among them', async () => {
    desk.requests();
    const rows = await any(desk, User)
      .where({ id: [90_000, 2, 1500, 2200, 2] })
      .all();
    expect(ids(rows)).toEqual([2, 2200]);
    expect(desk.requests()).toEqual([
      'GET /Base/User/2',
      'GET /Base/User/1500',
      'GET /Base/User/2200',
      'GET /Base/User/90000',
    ]);
  });

  it('are picked out of one page for ids that are near', async () => {
    desk.requests();
    const rows = await any(desk, User)
      .where({ id: [12, 8, 10, 9] })
      .all();
    expect(ids(rows)).toEqual([8, 9, 12]);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/8/5']);
  });

  it.each([
    ['an address', 'joe@example.com', [2302]],
    ['the second address of somebody', 'Second.Joe@example.com', [2302]],
    ['an address that others hold as a part of theirs', 'big.joe@example.com', [2303]],
    ['a part of an address', 'oe@example.com', []],
    ['an address in another case', 'JOE@example.com', []],
    ['an address that nobody has', 'nobody@nowhere.example.org', []],
  ])('are searched by %s and then read by id', async (_name, email, expected) => {
    desk.requests();
    expect(ids(await any(desk, User).where({ email }).all())).toEqual(expected);
    expect(all.filter((user) => user.email.includes(email)).map(({ id }) => id)).toEqual(expected);
    const [search, ...gets] = received(desk);
    expect(search).toMatchObject({
      method: 'POST',
      route: '/Base/UserSearch',
      body: { query: email },
    });
    expect(gets.map(({ route }) => route)).toEqual(expected.map((id) => `/Base/User/${id}`));
  });

  it('are searched by an address and filtered here for the rest', async () => {
    const wanted = all.find(({ id }) => id === 1000);
    const [email = ''] = wanted?.email ?? [];
    const users = any(desk, User).where({ email });
    expect(ids(await users.where({ fullName: wanted?.fullName }).all())).toEqual([1000]);
    expect(await answersOf(users.where({ fullName: `${String(wanted?.fullName)}!` }))).toEqual(
      NOTHING,
    );
    expect(await answersOf(users.where({ id: 999 }))).toEqual(NOTHING);
  });

  it.each(['-joe@example.com', 'joe @example.com', '"joe"@example.com', "o'joe@example.com"])(
    'are not searched by %p, which means something else to the search',
    async (email) => {
      desk.requests();
      expect(await any(desk, User).where({ email }).all()).toEqual([]);
      expect(desk.requests().every((sent) => sent.startsWith('GET /Base/User/Filter/'))).toBe(true);
    },
  );
});

describe('pages of users', () => {
  it.each([
    ['one row less than a page', 998, ['1', '1000']],
    ['exactly one page', 999, ['1', '1001']],
    ['one page and one row', 1000, ['1', '1001']],
    ['exactly two pages', 1999, ['1', '1001', '2001']],
  ])('end where %s is all there is', async (_name, users, markers) => {
    await using desk = await startDesk({ users, seed: 3 });
    const rows = await desk.kayako.repository(User).all();
    expect(ids(rows)).toEqual(Array.from({ length: users + 1 }, (_, index) => index + 1));
    // An empty page behind a full one may be asked for twice.
    expect([...new Set(desk.requests())]).toEqual(
      markers.map((marker) => `GET /Base/User/Filter/${marker}/1000`),
    );
    expect(await desk.kayako.repository(User).count()).toBe(users + 1);
  });
});
