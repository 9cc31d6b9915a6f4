import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Kayako, User, UserOrganization } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';

interface Served extends AsyncDisposable {
  readonly kayako: Kayako;
}

/** A help desk that answers as a test says. */
async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const kayako = new Kayako({
    url: `http://127.0.0.1:${port}/api/index.php`,
    apiKey: 'the-api-key',
    secretKey: 'the-secret-key',
  });
  return {
    kayako,
    async [Symbol.asyncDispose]() {
      await kayako.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const names = (users: readonly User[]): string[] => users.map(({ fullName }) => fullName);

describe('userSearch', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk({ users: 40, seed: 5 });
    const organization = desk.kayako.create(UserOrganization, {
      name: 'Quillfeather & Sons',
      organizationType: 'restricted',
    });
    await organization.add();
    for (const [fullName, email, extra] of [
      ['Zoe Quartermain', 'zoe@quartz.example', { phone: '555-0101' }],
      ['Abel Quartermain', 'abel+help@quartz.example', {}],
      ['Zoe Plumtree', 'zoe.p@plum.example', { userOrganizationId: organization.id }],
    ] as const) {
      await desk.kayako
        .create(User, { fullName, email, password: 'easypass332', userGroupId: 2, ...extra })
        .add();
    }
    desk.requests();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  const search = async (...given: Parameters<Kayako['userSearch']>): Promise<string[]> =>
    names(await desk.kayako.userSearch(...given));

  it.each([
    [
      'a part of the address, whatever its case',
      'QUARTZ.ex',
      ['Zoe Quartermain', 'Abel Quartermain'],
    ],
    ['a part of the name', 'uartermai', ['Zoe Quartermain', 'Abel Quartermain']],
    ['the phone number', '555-0101', ['Zoe Quartermain']],
    ['the name of the organization', 'quillfeather', ['Zoe Plumtree']],
    [
      'any of the words',
      'plumtree quartermain',
      ['Zoe Quartermain', 'Abel Quartermain', 'Zoe Plumtree'],
    ],
    ['words in quotes as they stand', '"Zoe Quartermain"', ['Zoe Quartermain']],
    ['quoted words in no other order', '"Quartermain Zoe"', []],
    ['what lacks the word behind a minus', 'quartermain -abel', ['Zoe Quartermain']],
    ['a word with a plus like any other', '+plumtree abel', ['Abel Quartermain', 'Zoe Plumtree']],
    ['an address with a plus', 'abel+help@quartz.example', ['Abel Quartermain']],
    ['nothing where nothing is', 'nowhere-to-be-found', []],
  ])('looks for %s, by ascending id', async (_what, query, expected) => {
    expect(await search(query)).toEqual(expected);
  });

  it('finds with phrase those that have all words in one field', async () => {
    expect(await search('zoe quartermain', { phrase: true })).toEqual(['Zoe Quartermain']);
    expect(await search('quartermain zoe', { phrase: true })).toEqual(['Zoe Quartermain']);
    expect(await search('zoe quillfeather', { phrase: true })).toEqual([]);
    expect(
      desk.sandbox.requests.findLast(({ route }) => route === '/Base/UserSearch')?.body,
    ).toEqual({
      query: 'zoe quillfeather',
      phrase: '1',
    });
    await search('zoe quillfeather', { phrase: false });
    expect(
      desk.sandbox.requests.findLast(({ route }) => route === '/Base/UserSearch')?.body,
    ).toEqual({ query: 'zoe quillfeather' });
  });

  it('gives entities that can be saved', async () => {
    const [zoe] = await desk.kayako.userSearch('555-0101');
    if (zoe === undefined) throw new Error('Zoe is there');
    zoe.designation = 'Director';
    await zoe.save();
    expect((await desk.kayako.get(User, zoe.id))?.designation).toBe('Director');
  });

  it('reads the users found with as few requests as their ids allow', async () => {
    desk.requests();
    const [abel, ...others] = await desk.kayako.userSearch('abel+');
    expect(others).toEqual([]);
    expect(desk.requests()).toEqual(['POST /Base/UserSearch', `GET /Base/User/${abel?.id}`]);
    expect(await desk.kayako.userSearch('quartermain')).toHaveLength(2);
    expect(desk.requests()).toEqual(['POST /Base/UserSearch', 'GET /Base/User/Filter/42/2']);
    expect(await desk.kayako.userSearch('@')).toHaveLength(44);
    expect(desk.requests()).toEqual(['POST /Base/UserSearch', 'GET /Base/User/Filter/1/44']);
    await desk.kayako.userSearch('nowhere-to-be-found');
    expect(desk.requests()).toEqual(['POST /Base/UserSearch']);
  });

  it('refuses what is no search before anything is sent', async () => {
    const untyped = desk.kayako.userSearch.bind(desk.kayako) as (
      query: unknown,
      options?: unknown,
    ) => Promise<unknown>;
    desk.requests();
    for (const query of ['', ' \t', '0', ' 0 ', undefined, null, 5, ['x']]) {
      const error = await errorOf(() => untyped(query));
      expect(error).toMatchObject({ code: 'INVALID_VALUE' });
      expect(error.message).toMatch(/^userSearch: .*empty/);
    }
    expect(await errorOf(() => untyped('x', null))).toMatchObject({ code: 'INVALID_VALUE' });
    expect(await errorOf(() => untyped('x', { phrase: 1 }))).toMatchObject({
      code: 'INVALID_VALUE',
    });
    const unknown = await errorOf(() => untyped('x', { email: true }));
    expect(unknown).toMatchObject({ code: 'UNKNOWN_FIELD', fields: ['email'] });
    expect(unknown.message).toContain('phrase');
    const reason = new Error('enough');
    await expect(untyped('x', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(desk.requests()).toEqual([]);
  });
});

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const user = (id: number, phone: string, organization: string): string =>
  `<user><id>${id}</id><fullname>User ${id}</fullname><phone>${phone}</phone>` +
  `<dateline>${phone}</dateline><userorganizationid>${organization}</userorganizationid></user>`;

describe('userSearch, where the rows found are those of a join,', () => {
  it('gives the values of the users, each once, without those that are gone', async () => {
    await using served = await serve((request, response) => {
      const route = new URL(request.url ?? '', 'http://desk').searchParams.get('e') ?? '';
      const id = Number(route.split('/').at(-1));
      const rows =
        route === '/Base/UserSearch'
          ? [user(9000, '', ''), user(2, '77', '3'), user(9000, '', ''), user(5000, '', '')]
          : id === 5000
            ? []
            : [user(id, String(id), '1')];
      request.resume();
      response.end(`${XML}<users>${rows.join('')}</users>`);
    });
    const users = await served.kayako.userSearch('x');
    expect(users.map(({ id, phone }) => [id, phone])).toEqual([
      [2, '2'],
      [9000, '9000'],
    ]);
    expect(users.map(({ userOrganizationId }) => userOrganizationId)).toEqual([1, 1]);
    expect(users.map(({ dateline }) => dateline?.getTime())).toEqual([2000, 9_000_000]);
  });
});

describe('userSearch at a help desk without it', () => {
  it.each([
    ['no such controller', 404, '<html><body>Page not found</body></html>'],
    ['no such operation', 405, 'Undeclared Function Called in API Controller: Post'],
    [
      'no such operation, told with status 200',
      200,
      'Uncaught Exception\nRouter: /Base/UserSearch\nUndeclared Function Called in API Controller: Post in ./index.php:1\n',
    ],
  ])('says so where there is %s', async (_what, status, body) => {
    await using served = await serve((_request, response) => response.writeHead(status).end(body));
    const error = await errorOf(() => served.kayako.userSearch('x'));
    expect(error).toMatchObject({ code: 'ACTION_NOT_AVAILABLE', cause: { status } });
    expect(error.message).toMatch(/no user search .*repository\(User\)/);
  });

  it('leaves other failures as they are', async () => {
    await using served = await serve((_request, response) => response.writeHead(500).end());
    expect(await errorOf(() => served.kayako.userSearch('x'))).toMatchObject({
      code: 'SERVER_ERROR',
    });
  });

  it('rejects with the reason of a signal, also where that looks like an answer', async () => {
    const controller = new AbortController();
    const arrived: string[] = [];
    await using served = await serve((request) => {
      void text(request).then((body) => {
        arrived.push(body);
        controller.abort(reason);
      });
    });
    await using missing = await serve((_request, response) => response.writeHead(404).end());
    const reason = await errorOf(() => missing.kayako.repository(User).all());
    const found = served.kayako.userSearch('x', { signal: controller.signal });
    await expect(found).rejects.toBe(reason);
    expect(arrived).toHaveLength(1);
  });
});
