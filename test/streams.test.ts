import { User } from '@kayako-orm/orm';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { type Desk, errorOf, startDesk } from './support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ users: 2500, seed: 3 });
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

describe('stream', () => {
  it('is cold and brings every user once, page after page', async () => {
    desk.requests();
    const users$ = desk.kayako.repository(User).stream({ marker: 1, maxItems: 1000 });
    expect(desk.requests()).toEqual([]);
    const users = await lastValueFrom(users$.pipe(toArray()));
    expect(users.map((user) => user.id)).toEqual(Array.from({ length: 2501 }, (_, i) => i + 1));
    expect(desk.requests()).toEqual([
      'GET /Base/User/Filter/1/1000',
      'GET /Base/User/Filter/1001/1000',
      'GET /Base/User/Filter/2001/1000',
    ]);
  });

  it('starts at the marker', async () => {
    const users$ = desk.kayako.repository(User).stream({ marker: 2400, maxItems: 50 });
    const users = await lastValueFrom(users$.pipe(toArray()));
    expect(users[0]?.id).toBe(2400);
    expect(users).toHaveLength(102);
  });

  it('asks for nothing more once it is unsubscribed', async () => {
    desk.requests();
    const first = await firstValueFrom(desk.kayako.repository(User).stream());
    expect(first.id).toBe(1);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/1/1000']);
  });

  it('ends with the error, once, and leaves no rejection behind', async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', note);
    try {
      const reason = new Error('no');
      const users$ = desk.kayako.repository(User).stream({ signal: AbortSignal.abort(reason) });
      expect(await errorOf(() => lastValueFrom(users$))).toBe(reason);
      await new Promise(setImmediate);
      expect(rejections).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  it.each([
    [{ marker: -1 }],
    [{ marker: 1.5 }],
    [{ maxItems: 0 }],
    [{ maxItems: 1001 }],
    [{ maxItems: Number.NaN }],
  ])('refuses %p', async (options) => {
    desk.requests();
    expect(await errorOf(() => desk.kayako.repository(User).stream(options))).toMatchObject({
      code: 'INVALID_VALUE',
    });
    expect(desk.requests()).toEqual([]);
  });
});

describe('pages', () => {
  it('are complete arrays of at most maxItems, to the end', async () => {
    const sizes: number[] = [];
    for await (const page of desk.kayako.repository(User).pages({ maxItems: 600 })) {
      sizes.push(page.length);
    }
    expect(sizes).toEqual([600, 600, 600, 600, 101]);
  });

  it('end without an empty page when the last one was full', async () => {
    const sizes: number[] = [];
    for await (const page of desk.kayako.repository(User).pages({ marker: 2002, maxItems: 250 })) {
      sizes.push(page.length);
    }
    expect(sizes).toEqual([250, 250]);
  });
});

describe('getAll of users', () => {
  it('is one request with maxItems, and reads to the end without', async () => {
    desk.requests();
    const some = await desk.kayako.getAll(User, { marker: 11, maxItems: 3 });
    expect(some.map((user) => user.id)).toEqual([11, 12, 13]);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/11/3']);
    const rest = await desk.kayako.getAll(User, { marker: 1500 });
    expect(rest).toHaveLength(1002);
    expect(desk.requests()).toHaveLength(2);
    expect(await desk.kayako.getAll(User)).toHaveLength(2501);
  });
});
