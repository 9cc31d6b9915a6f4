import { type Sandbox } from '@kayako-orm/sandbox';

import { type Answer, call, documentOf, element, record, textsOf } from '../support/client.js';
import { NOW, startDesk, walk } from '../support/desk.js';

const ROUTE = '/Knowledgebase/Article';
const ARTICLE = { subject: 'How do I <export> it?', contents: '<p>Click &amp; wait.</p>' };
const NEW = { ...ARTICLE, creatorid: 1 };

let desk: Sandbox;
let docs: Sandbox;

beforeAll(async () => {
  [desk, docs] = await Promise.all([startDesk(), startDesk({ form: 'docs' })]);
});

afterAll(() => Promise.all([desk.close(), docs.close()]));

beforeEach(async () => {
  for (const each of [desk, docs]) {
    each.reset();
    for (const title of ['Basics', 'Tricks']) {
      await call(each, 'POST', '/Knowledgebase/Category', { title, categorytype: 1 });
    }
  }
});

const add = (fields = {}, on = desk): Promise<Answer> =>
  call(on, 'POST', ROUTE, { ...NEW, ...fields });

interface Shown {
  readonly contents?: string;
  readonly text?: string;
  readonly categories?: readonly number[];
  readonly subject?: string;
  readonly seosubject?: string;
  readonly edited?: readonly [isEdited: number, dateline: number, staffId: number];
  readonly featured?: number;
  readonly comments?: number;
  readonly status?: number;
}

const article = (shown: Shown = {}): string[] => {
  const [isedited, editeddateline, editedstaffid] = shown.edited ?? [0, 0, 0];
  return record(
    'kbarticle',
    {
      kbarticleid: 1,
      contents: shown.contents ?? ARTICLE.contents,
      contentstext: shown.text ?? 'Click & wait.',
    },
    ...record('categories', ...(shown.categories ?? [0]).map((id) => element('categoryid', id))),
    {
      creator: 2,
      creatorid: 1,
      author: 'Ada Admin',
      email: 'admin@example.com',
      subject: shown.subject ?? ARTICLE.subject,
      seosubject: shown.seosubject ?? 'how-do-i-export-it',
      isedited,
      editeddateline,
      editedstaffid,
      views: 0,
      isfeatured: shown.featured ?? 0,
      allowcomments: shown.comments ?? 1,
      totalcomments: 0,
      hasattachments: 0,
    },
    ...record('attachments'),
    {
      dateline: NOW,
      articlestatus: shown.status ?? 3,
      articlerating: 0,
      ratinghits: 0,
      ratingcount: 0,
    },
  );
};

const documentWith = (shown?: Shown): string =>
  documentOf(...record('kbarticles', ...article(shown)));

const EVERYTHING = {
  articlestatus: 1,
  seosubject: 'Export',
  isfeatured: 1,
  allowcomments: 1,
  categoryid: '2, 99,1,2',
};
const SHOWN = { status: 1, seosubject: 'Export', featured: 1, categories: [2, 1] };

test('creates one with everything, and gets and lists the same', async () => {
  const expected = documentWith(SHOWN);
  expect((await add(EVERYTHING)).text).toBe(expected);
  expect((await call(desk, 'GET', `${ROUTE}/1`)).text).toBe(expected);
  expect((await call(desk, 'GET', ROUTE)).text).toBe(expected);
});

test('creates one with next to nothing: in the root, waiting for approval', async () => {
  expect((await add()).text).toBe(documentWith());
});

test('looks in the documentation as its page prints it, without SEO subject', async () => {
  expect((await add(EVERYTHING, docs)).text).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<kbarticles>',
      '    <kbarticle>',
      '        <kbarticleid>1</kbarticleid>',
      '        <contents>&lt;p&gt;Click &amp;amp; wait.&lt;/p&gt;</contents>',
      '        <contentstext>Click &amp; wait.</contentstext>',
      '        <categories>',
      '            <categoryid>2</categoryid>',
      '            <categoryid>1</categoryid>',
      '        </categories>',
      '        <creator>2</creator>',
      '        <creatorid>1</creatorid>',
      '        <author>Ada Admin</author>',
      '        <email>admin@example.com</email>',
      '        <subject>How do I &lt;export&gt; it?</subject>',
      '        <isedited>0</isedited>',
      '        <editeddateline>0</editeddateline>',
      '        <editedstaffid>0</editedstaffid>',
      '        <views>0</views>',
      '        <isfeatured>1</isfeatured>',
      '        <allowcomments>1</allowcomments>',
      '        <totalcomments>0</totalcomments>',
      '        <hasattachments>0</hasattachments>',
      `        <dateline>${NOW}</dateline>`,
      '        <articlestatus>1</articlestatus>',
      '        <articlerating>0</articlerating>',
      '        <ratinghits>0</ratinghits>',
      '        <ratingcount>0</ratingcount>',
      '    </kbarticle>',
      '</kbarticles>',
    ].join('\n'),
  );
});

test('checks a new one in the order of the specification', async () => {
  expect(
    await walk(desk, 'POST', ROUTE, [
      { subject: ' ' },
      { subject: 'Subject' },
      { contents: '0' },
      { contents: 'Text' },
      { creatorid: 0 },
      { creatorid: 99 },
      { creatorid: 1 },
    ]),
  ).toEqual([
    '400 Subject field is empty',
    '400 Content field is empty',
    '400 Content field is empty',
    '400 creatorid is empty',
    '400 creatorid is empty',
    '400 Invalid Staff ID',
    '200',
  ]);
});

test('checks a changed one in the order of the specification', async () => {
  await add();
  const steps = [
    { subject: ' ', contents: '' },
    { editedstaffid: 99 },
    { subject: 'New' },
    { contents: 'Text' },
    { editedstaffid: 1 },
  ];
  expect(await walk(desk, 'PUT', `${ROUTE}/1`, steps)).toEqual([
    '400 editedstaffid is empty',
    '400 subject is empty',
    '400 contents is empty',
    '400 Invalid Staff ID',
    '200',
  ]);
  expect(await walk(desk, 'PUT', `${ROUTE}/99`, steps.slice(0, 2))).toEqual([
    '400 editedstaffid is empty',
    '400 Invalid article id',
  ]);
});

test('resets by PUT whatever it does not repeat, except the texts', async () => {
  await add(EVERYTHING);
  const answer = await call(desk, 'PUT', `${ROUTE}/1`, { editedstaffid: 1, creatorid: 99 });
  expect(answer.text).toBe(documentWith({ edited: [1, NOW, 1], comments: 0 }));
});

test('changes by PUT what is sent', async () => {
  await add();
  const answer = await call(desk, 'PUT', `${ROUTE}/1`, {
    ...EVERYTHING,
    editedstaffid: 1,
    subject: 'New',
    contents: '1 < 2 <br/>and <b title="x">3 > 2</b> &quot;&#039;&lt;&nbsp;&euro;',
  });
  expect(answer.text).toBe(
    documentWith({
      ...SHOWN,
      edited: [1, NOW, 1],
      subject: 'New',
      contents: '1 < 2 <br/>and <b title="x">3 > 2</b> &quot;&#039;&lt;&nbsp;&euro;',
      text: '1 < 2 and 3 > 2 "\'< &euro;',
    }),
  );
  const renamed = { editedstaffid: 1, subject: '¿Qué? — ñ!' };
  const seo = textsOf(await call(desk, 'PUT', `${ROUTE}/1`, renamed), 'seosubject');
  expect(seo).toEqual(['qué-ñ']);
});

test.each([
  ['allowcomments', 0, ['1']],
  ['articlestatus', 2, ['2']],
  ['articlestatus', 7, ['3']],
  ['categoryid', '99,98', ['99', '98']],
  ['categoryid', '0,2', ['0', '2']],
  ['categoryid', 'none', ['0']],
] as const)('takes %s=%s on creation for what it is taken for', async (name, value, expected) => {
  expect(textsOf(await add({ [name]: value }), name)).toEqual(expected);
});

describe('ListAll', () => {
  beforeEach(async () => {
    for (const [subject, categoryid] of [
      ['C', '1'],
      ['A', '1,2'],
      ['D', '0'],
      ['B', '1'],
    ] as const) {
      await add({ subject, categoryid });
    }
  });

  test.each([
    ['1', ['C', 'A', 'B']],
    ['2', ['A']],
    ['0', ['D']],
    ['99', []],
    ['abc', []],
    ['1/-1', ['C', 'A', 'B']],
    ['1/2', ['C', 'A']],
    ['1/2/1', ['A', 'B']],
    ['1/2/3', []],
    ['1/1/-1', ['C']],
    ['1/-1/0/subject/DESC', ['C', 'A', 'B']],
  ])('%s has the articles %j', async (path, subjects) => {
    const answer = await call(desk, 'GET', `${ROUTE}/ListAll/${path}`);
    expect([answer.status, textsOf(answer, 'subject')]).toEqual([200, subjects]);
    expect(answer.text).toMatch(/\n<kbarticles>\n[^]*<\/kbarticles>$/);
  });

  test.each([
    ['1', 3],
    ['0', 1],
    ['99', 0],
  ])('are %s counted as well', async (category, count) => {
    expect((await call(desk, 'GET', `${ROUTE}/GetArticleCount/${category}`)).text).toBe(
      documentOf(...record('kbarticles', { totalarticles: count })),
    );
  });

  test.each(['ListAll', 'GetArticleCount'])('%s cannot do without a category', async (action) => {
    expect((await call(desk, 'GET', `${ROUTE}/${action}`)).status).toBe(400);
  });
});

test('counts its comments and takes them and its files along when it goes', async () => {
  await add();
  await call(desk, 'POST', '/Knowledgebase/Comment', {
    knowledgebasearticleid: 1,
    contents: 'C',
    creatortype: 1,
    creatorid: 1,
  });
  const file = { kbarticleid: 1, filename: 'a.txt', contents: 'aGVsbG8=' };
  await call(desk, 'POST', '/Knowledgebase/Attachment', file);
  expect(textsOf(await call(desk, 'GET', `${ROUTE}/1`), 'totalcomments')).toEqual(['1']);
  const answer = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([answer.status, answer.text]).toEqual([200, '']);
  const missing = await call(desk, 'GET', `${ROUTE}/1`);
  expect([missing.status, missing.text]).toEqual([200, documentOf(...record('kbarticles'))]);
  expect(textsOf(await call(desk, 'GET', '/Knowledgebase/Comment'), 'id')).toEqual([]);
  const again = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([again.status, again.text]).toEqual([400, 'Invalid article id']);
  expect(textsOf(await add(), 'kbarticleid')).toEqual(['2']);
  // The id of the file that went is not used for another one.
  const next = await call(desk, 'POST', '/Knowledgebase/Attachment', { ...file, kbarticleid: 2 });
  expect(textsOf(next, 'id')).toEqual(['2']);
  const gone = await call(desk, 'GET', '/Knowledgebase/Attachment/2/1');
  expect([gone.status, gone.text]).toEqual([404, 'Attachment not Found']);
});
