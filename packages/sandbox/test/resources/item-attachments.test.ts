import { type Sandbox } from '@kayako-orm/sandbox';

import { type Answer, call, documentOf, element, record, textsOf } from '../support/client.js';
import { NOW, startDesk, walk } from '../support/desk.js';

let desk: Sandbox;
let quirky: Sandbox;
let docs: Sandbox;

beforeAll(async () => {
  [desk, quirky, docs] = await Promise.all([
    startDesk(),
    startDesk({ strictQuirks: true }),
    startDesk({ form: 'docs' }),
  ]);
});

afterAll(() => Promise.all([desk, quirky, docs].map((each) => each.close())));

/** Two articles. */
const addArticles = async (on: Sandbox): Promise<void> => {
  for (const subject of ['One', 'Two']) {
    const article = { subject, contents: 'C', creatorid: 1 };
    await call(on, 'POST', '/Knowledgebase/Article', article);
  }
};

/** Two steps. */
const addSteps = async (on: Sandbox): Promise<void> => {
  for (const subject of ['One', 'Two']) {
    const step = { categoryid: 7, subject, contents: 'C', staffid: 1 };
    await call(on, 'POST', '/Troubleshooter/Step', step);
  }
};

describe.each([
  {
    route: '/Knowledgebase/Attachment',
    itemRoute: '/Knowledgebase/Article',
    root: 'kbattachments',
    item: 'kbattachment',
    parent: 'kbarticleid',
    noParent: 'No Knowledgebase Article ID Specified',
    missingParent: 'Article not found',
    foreignToGet: 'Attachment does not belong to the specified article',
    links: ['', '', ''],
    isFlagForgotten: true,
    addItems: addArticles,
  },
  {
    route: '/Troubleshooter/Attachment',
    itemRoute: '/Troubleshooter/Step',
    root: 'troubleshooterattachments',
    item: 'troubleshooterattachment',
    parent: 'troubleshooterstepid',
    noParent: 'No Troubleshooter step ID Specified',
    missingParent: 'Troubleshooter step not found',
    foreignToGet: 'Attachment does not belong to the specified step',
    links: [1, 2, 3].map(
      (id) => `https://desk.example.com/index.php?/Troubleshooter/Step/GetAttachment/7/1/${id}`,
    ),
    isFlagForgotten: false,
    addItems: addSteps,
  },
])('$route', (kind) => {
  const { route, root, parent } = kind;
  const FILE = { [parent]: 1, filename: 'a & b.TXT', contents: 'aGVsbG8=' };

  const add = (fields = {}, on = desk): Promise<Answer> =>
    call(on, 'POST', route, { ...FILE, ...fields });

  const attachment = (fields: Readonly<Record<string, string | number>>): string[] =>
    record(kind.item, {
      id: 1,
      [parent]: 1,
      filename: 'a & b.TXT',
      filesize: 5,
      filetype: 'text/plain',
      dateline: NOW,
      contents: 'aGVsbG8=',
      ...fields,
    });

  beforeEach(async () => {
    for (const each of [desk, quirky, docs]) {
      each.reset();
      await kind.addItems(each);
    }
  });

  test('has its contents in every answer', async () => {
    const other = { filename: 'b.bin', filesize: 3, filetype: 'application/octet-stream' };
    const first = documentOf(...record(root, ...attachment({})));
    expect((await add()).text).toBe(first);
    await add({ ...other, contents: 'AAEC' });
    await add({ [parent]: 2 });
    expect((await call(desk, 'GET', `${route}/1/1`)).text).toBe(first);
    expect((await call(desk, 'GET', `${route}/ListAll/1`)).text).toBe(
      documentOf(
        ...record(root, ...attachment({}), ...attachment({ id: 2, ...other, contents: 'AAEC' })),
      ),
    );
  });

  test('looks in the documentation as its page prints it', async () => {
    expect((await add({}, docs)).text).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<${root}>`,
        `    <${kind.item}>`,
        '        <id>1</id>',
        `        <${parent}>1</${parent}>`,
        '        <filename>a &amp; b.TXT</filename>',
        '        <filesize>5</filesize>',
        '        <filetype>text/plain</filetype>',
        `        <dateline>${NOW}</dateline>`,
        '        <contents>aGVsbG8=</contents>',
        `    </${kind.item}>`,
        `</${root}>`,
      ].join('\n'),
    );
  });

  test('is checked in the order of the specification', async () => {
    expect(
      await walk(desk, 'POST', route, [
        { filename: ' ' },
        { [parent]: 99 },
        { [parent]: 1 },
        { filename: 'a.txt' },
        { contents: '' },
      ]),
    ).toEqual([
      `400 ${kind.noParent}`,
      `400 ${kind.missingParent}`,
      '400 No file name specified',
      '400 No contents specified',
      '200',
    ]);
  });

  test.each([
    ['GET', 404],
    ['DELETE', 400],
  ] as const)(
    '%s tells a missing parent, a missing file and a foreign one apart',
    async (method, status) => {
      await add();
      const answers = [];
      for (const path of ['99/1', 'x/1', '1/99', '1/abc', '2/1']) {
        answers.push(await call(desk, method, `${route}/${path}`));
      }
      const foreign =
        method === 'GET'
          ? kind.foreignToGet
          : 'Attachment does not belong to the specified article';
      expect(answers.map((answer) => [answer.status, answer.text])).toEqual([
        [400, kind.missingParent],
        [400, kind.missingParent],
        [404, 'Attachment not Found'],
        [404, 'Attachment not Found'],
        [status, foreign],
      ]);
      expect((await call(desk, 'GET', `${route}/1/1`)).status).toBe(200);
    },
  );

  test('has a list for each parent, and none of all', async () => {
    const missing = await call(desk, 'GET', `${route}/ListAll/99`);
    const empty = await call(desk, 'GET', `${route}/ListAll/2`);
    const all = await call(desk, 'GET', route);
    expect([missing, empty, all].map(({ status, text }) => [status, text])).toEqual([
      [400, kind.missingParent],
      [200, documentOf(...record(root))],
      [400, 'Not Implemented.'],
    ]);
  });

  test('cannot be changed', async () => {
    await add();
    const answer = await call(desk, 'PUT', `${route}/1/1`, FILE);
    expect([answer.status, answer.text]).toEqual([
      405,
      'Undeclared Function Called in API Controller: Put',
    ]);
  });

  test('shows short on its parent as long as there is any', async () => {
    const shown = async (): Promise<string | undefined> => {
      const { text } = await call(desk, 'GET', `${kind.itemRoute}/1`);
      return /<hasattachments>[^]*<\/attachments>/.exec(text)?.[0];
    };
    const embedded = (...files: readonly (readonly [string, string])[]): string =>
      [
        element('hasattachments', files.length === 0 ? 0 : 1),
        ...record(
          'attachments',
          ...files.flatMap(([filename, filesize], index) =>
            record(
              'attachment',
              { id: index + 1, filename, filesize },
              element('link', kind.links[index] ?? ''),
            ),
          ),
        ),
      ].join('\n');
    expect(await shown()).toBe(embedded());
    await add();
    const large = Buffer.alloc(90_542).toString('base64');
    await add({ filename: '"x".bin', contents: large });
    await add({ filename: 'huge', contents: Buffer.alloc(1_572_864).toString('base64') });
    const files = [
      ['a &amp; b.TXT', '5 B'],
      ['&quot;x&quot;.bin', '88.42 KB'],
      ['huge', '1.50 MB'],
    ] as const;
    expect(await shown()).toBe(embedded(...files));
    await call(desk, 'DELETE', `${route}/1/3`);
    expect(await shown()).toBe(embedded(...files.slice(0, 2)));
    await call(desk, 'DELETE', `${route}/1/2`);
    expect((await call(desk, 'DELETE', `${route}/1/1`)).text).toBe('');
    expect(await shown()).toBe(embedded());
    expect(textsOf(await add(), 'id')).toEqual(['4']);
  });

  test('escapes names twice where its parent is printed as text', async () => {
    await add({}, docs);
    expect((await call(docs, 'GET', `${kind.itemRoute}/1`)).text).toContain(
      [
        '        <hasattachments>1</hasattachments>',
        '        <attachments>',
        '            <attachment>',
        '                <id>1</id>',
        '                <filename>a &amp;amp; b.TXT</filename>',
        '                <filesize>5 B</filesize>',
        '            </attachment>',
        '        </attachments>',
      ].join('\n'),
    );
  });

  test(`is ${kind.isFlagForgotten ? 'not ' : ''}told to its parent with strict quirks`, async () => {
    await add({}, quirky);
    const answer = await call(quirky, 'GET', `${kind.itemRoute}/1`);
    const count = kind.isFlagForgotten ? 0 : 1;
    expect(textsOf(answer, 'hasattachments')).toEqual([String(count)]);
    expect(textsOf(answer, 'filename')).toHaveLength(count);
    expect(textsOf(await call(quirky, 'GET', `${route}/ListAll/1`), 'id')).toEqual(['1']);
  });
});
