import { type Sandbox } from '@kayako-orm/sandbox';

import { type Answer, call, documentOf, record, textsOf } from '../support/client.js';
import { NOW, startDesk, walk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

/** Two things to comment on in each application. */
const addNewsItems = async (on: Sandbox): Promise<void> => {
  for (const subject of ['One', 'Two']) {
    await call(on, 'POST', '/News/NewsItem', { subject, contents: 'C', staffid: 1 });
  }
};

const addArticles = async (on: Sandbox): Promise<void> => {
  for (const subject of ['One', 'Two']) {
    const article = { subject, contents: 'C', creatorid: 1 };
    await call(on, 'POST', '/Knowledgebase/Article', article);
  }
};

const addSteps = async (on: Sandbox): Promise<void> => {
  for (const subject of ['One', 'Two']) {
    const step = { categoryid: 1, subject, contents: 'C', staffid: 1 };
    await call(on, 'POST', '/Troubleshooter/Step', step);
  }
};

describe.each([
  {
    app: 'News',
    root: 'newsitemcomments',
    item: 'newsitemcomment',
    sent: 'newsitemid',
    read: 'newsitemid',
    noParent: 'News Item ID field is empty',
    unknownUser: 'Invalid user ID',
    addItems: addNewsItems,
  },
  {
    app: 'Knowledgebase',
    root: 'kbarticlecomments',
    item: 'kbarticlecomment',
    sent: 'knowledgebasearticleid',
    read: 'kbarticleid',
    noParent: 'Article ID field is empty',
    unknownUser: 'Invalid user ID',
    addItems: addArticles,
  },
  {
    app: 'Troubleshooter',
    root: 'troubleshooterstepcomments',
    item: 'troubleshooterstepcomment',
    sent: 'troubleshooterstepid',
    read: 'troubleshooterstepid',
    noParent: 'Step ID field is empty',
    unknownUser: 'Invalid User ID',
    addItems: addSteps,
  },
])('/$app/Comment', ({ app, root, item, sent, read, noParent, unknownUser, addItems }) => {
  const route = `/${app}/Comment`;
  const BY_STAFF = { [sent]: 1, contents: 'Well done', creatortype: 1, creatorid: 1 };

  const add = (fields = {}): Promise<Answer> =>
    call(desk, 'POST', route, { ...BY_STAFF, ...fields });

  const comment = (fields: Readonly<Record<string, string | number>>): string[] =>
    record(item, {
      id: 1,
      [read]: 1,
      creatortype: 1,
      creatorid: 1,
      fullname: 'Ada Admin',
      email: 'admin@example.com',
      ipaddress: '127.0.0.1',
      dateline: NOW,
      parentcommentid: 0,
      commentstatus: 2,
      useragent: '',
      referrer: '',
      parenturl: '',
      contents: 'Well done',
      ...fields,
    });

  beforeEach(() => addItems(desk));

  test('by staff is approved at once and has the name of the account', async () => {
    const answer = await add({ fullname: 'Somebody else' });
    expect(answer.text).toBe(documentOf(...record(root, ...comment({}))));
  });

  test('by a user has the name of the account and waits for approval', async () => {
    const answer = await add({
      creatortype: 2,
      fullname: 'Somebody else',
      email: 'x@example.com',
      parentcommentid: 7,
    });
    expect(answer.text).toBe(
      documentOf(
        ...record(
          root,
          ...comment({
            creatortype: 2,
            fullname: 'Test User',
            email: 'x@example.com',
            parentcommentid: 7,
            commentstatus: 1,
          }),
        ),
      ),
    );
    expect(textsOf(await add({ creatortype: 2 }), 'email')).toEqual(['test@example.com']);
  });

  test('by somebody without an account has the name that was sent', async () => {
    const answer = await add({ creatortype: 2, creatorid: 0, fullname: 'Guest' });
    expect(answer.text).toBe(
      documentOf(
        ...record(
          root,
          ...comment({
            creatortype: 2,
            creatorid: 0,
            fullname: 'Guest',
            email: '',
            commentstatus: 1,
          }),
        ),
      ),
    );
  });

  test('is listed with all, with those of its parent, and alone', async () => {
    await add();
    await add({ [sent]: 2, contents: 'Second' });
    await add({ contents: 'Third' });
    const [one, two, three] = [
      comment({}),
      comment({ id: 2, [read]: 2, contents: 'Second' }),
      comment({ id: 3, contents: 'Third' }),
    ] as const;
    const texts = [];
    for (const path of ['', '/ListAll', '/ListAll/1', '/ListAll/2', '/2']) {
      texts.push((await call(desk, 'GET', `${route}${path}`)).text);
    }
    expect(texts).toEqual(
      [[...one, ...two, ...three], [...one, ...two, ...three], [...one, ...three], two, two].map(
        (lines) => documentOf(...record(root, ...lines)),
      ),
    );
  });

  test.each(['/99', '/ListAll/99', '/ListAll/abc', '/abc'])(
    'is not there under %s',
    async (path) => {
      await add();
      const answer = await call(desk, 'GET', `${route}${path}`);
      expect([answer.status, answer.text]).toEqual([200, documentOf(...record(root))]);
    },
  );

  test('looks in the documentation as its page prints it', async () => {
    await using docs = await startDesk({ form: 'docs' });
    await addItems(docs);
    const answer = await call(docs, 'POST', route, { ...BY_STAFF, contents: 'a < b' });
    expect(answer.text).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<${root}>`,
        `    <${item}>`,
        '        <id>1</id>',
        `        <${read}>1</${read}>`,
        '        <creatortype>1</creatortype>',
        '        <creatorid>1</creatorid>',
        '        <fullname>Ada Admin</fullname>',
        '        <email>admin@example.com</email>',
        '        <ipaddress>127.0.0.1</ipaddress>',
        `        <dateline>${NOW}</dateline>`,
        '        <parentcommentid>0</parentcommentid>',
        '        <commentstatus>2</commentstatus>',
        '        <contents>a &lt; b</contents>',
        `    </${item}>`,
        `</${root}>`,
      ].join('\n'),
    );
  });

  test('is checked in the order of the specification', async () => {
    expect(
      await walk(desk, 'POST', route, [
        { contents: '0' },
        { contents: 'Text' },
        { [sent]: 99 },
        { creatortype: 1, creatorid: 0 },
        { [sent]: 1 },
        { creatorid: 99 },
        { creatortype: 2 },
        { creatorid: 0 },
        { fullname: ' ' },
        { creatortype: 3 },
        { creatortype: 2, fullname: 'Guest' },
      ]),
    ).toEqual([
      '400 Content field is empty',
      `400 ${noParent}`,
      '400 Creator type field is empty',
      `400 Invalid ${sent}`,
      '400 Invalid staff ID',
      '400 Invalid staff ID',
      `400 ${unknownUser}`,
      '400 Full name field is empty',
      '400 Full name field is empty',
      '400 Invalid creator type',
      '200',
    ]);
  });

  test('cannot be changed, which is said with 200', async () => {
    await add();
    const answers = [
      await call(desk, 'PUT', `${route}/1`, { contents: 'New' }),
      await call(desk, 'PUT', `${route}/99`),
    ];
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [200, 'Put not implemented'],
      [200, 'Put not implemented'],
    ]);
    expect(textsOf(await call(desk, 'GET', `${route}/1`), 'contents')).toEqual(['Well done']);
  });

  test('is deleted without complaint, there or not', async () => {
    await add();
    await add();
    for (const id of [1, 1, 99]) {
      const answer = await call(desk, 'DELETE', `${route}/${id}`);
      expect([answer.status, answer.text]).toEqual([200, '']);
    }
    expect(textsOf(await call(desk, 'GET', `${route}/ListAll/1`), 'id')).toEqual(['2']);
    expect(textsOf(await add(), 'id')).toEqual(['3']);
  });
});
