import { type Sandbox, startSandbox } from '@kayako-orm/sandbox';

import { type FormMap } from '../../src/http/form-map.js';
import { toRecord } from '../../src/http/request-log.js';
import { parseUrlEncoded } from '../../src/http/url-encoded.js';
import { encodeForm, send, sign } from '../support/client.js';

const parse = (form: string): unknown => toRecord(parseUrlEncoded(Buffer.from(form, 'latin1')));

test.each([
  ['', {}],
  ['&&a=1&&', { a: '1' }],
  ['a', { a: '' }],
  ['a=', { a: '' }],
  ['=1', {}],
  ['a=b=c', { a: 'b=c' }],
  ['a=1&a=2', { a: '2' }],
  ['a+b=c+d', { a_b: 'c d' }],
  ['a.b=1', { a_b: '1' }],
  ['%20a=1', { a: '1' }],
  ['a=%C3%A9%F0%9F%98%80', { a: 'é😀' }],
  ['a=\u00c3\u00a9', { a: 'é' }],
  ['a=%E9x', { a: '\ufffdx' }],
  ['a=100%&b=%4&c=%zz&d=%', { a: '100%', b: '%4', c: '%zz', d: '%' }],
  ['a=%00b', { a: '\0b' }],
  ['a[]=1&a[]=2', { a: ['1', '2'] }],
  ['a%5B%5D=1&a%5b%5d=2', { a: ['1', '2'] }],
  ['a[0]=1&a[1]=2', { a: ['1', '2'] }],
  ['a[5]=x&a[]=y', { a: { 5: 'x', 6: 'y' } }],
  ['a[k]=v&a[l]=w', { a: { k: 'v', l: 'w' } }],
  ['n[0]=3&n[1][7]=9', { n: ['3', { 7: '9' }] }],
  ['a=1&a[]=2', { a: ['2'] }],
  ['a[]=1&a=2', { a: '2' }],
  ['a[b=1', { a_b: '1' }],
  ['a[b]c=1', { a: { b: '1' } }],
  ['[x]=1', {}],
  ['a[99999999999999999999]=1&a[]=2', { a: { '99999999999999999999': '1', 0: '2' } }],
])('reads %s as PHP does', (form, expected) => {
  expect(parse(form)).toEqual(expected);
});

test('keeps names that objects have for parameters', () => {
  const form = parseUrlEncoded(
    Buffer.from('__proto__[x]=1&constructor=2&toString[valueOf]=3&a[__proto__][y]=4'),
  );
  const record = toRecord(form);
  expect(Object.keys(record)).toEqual(['__proto__', 'constructor', 'toString', 'a']);
  expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  expect(form.get('constructor')).toBe('2');
});

test('drops names that are nested deeper than PHP allows', () => {
  expect(parse(`a${'[x]'.repeat(65)}=1&b=2`)).toEqual({ b: '2' });
  expect(Object.keys(parse(`a${'[x]'.repeat(64)}=1`) as object)).toEqual(['a']);
});

test('stops at an absurd number of parameters', () => {
  const form = parseUrlEncoded(Buffer.from('a[]=1&'.repeat(20_001)));
  expect((form.get('a') as FormMap).size).toBe(20_000);
});

describe('as operations see them', () => {
  let desk: Sandbox;

  beforeAll(async () => {
    desk = await startSandbox();
  });

  afterAll(() => desk.close());

  const post = async (route: string, form: string): Promise<string> => {
    const answer = await send(`${desk.url}?e=${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `&${encodeForm(sign(desk))}&${form}`,
    });
    return answer.text;
  };

  test('prints them in the layout of print_r', async () => {
    const { apikey, salt, signature } = sign(desk);
    expect(await post('/Core/TestAPI', 'a=1&n[0]=3&n[1][7]=9')).toBe(
      [
        'POST',
        '',
        'ARGS: Array',
        '(',
        ')',
        '',
        'VARS: Array',
        '(',
        `    [apikey] => ${apikey ?? ''}`,
        `    [salt] => ${salt ?? ''}`,
        `    [signature] => ${signature ?? ''}`,
        '    [a] => 1',
        '    [n] => Array',
        '        (',
        '            [0] => 3',
        '            [1] => Array',
        '                (',
        '                    [7] => 9',
        '                )',
        '',
        '        )',
        '',
        ')',
        '',
      ].join('\n'),
    );
  });

  const NEW_DEPARTMENT = 'title=x&type=public&module=tickets&uservisibilitycustom=1';

  test.each([
    ['usergroupid[]=2', '<usergroups>\n<id><![CDATA[2]]></id>\n</usergroups>'],
    ['usergroupid[]=&usergroupid[]=1', '<usergroups>\n<id><![CDATA[1]]></id>\n</usergroups>'],
    ['usergroupid[]=', '<usergroups>\n</usergroups>'],
    ['usergroupid=2', '<usergroups>\n</usergroups>'],
    ['usergroupid[]=77&usergroupid[]=2', '<usergroups>\n<id><![CDATA[2]]></id>\n</usergroups>'],
  ])('takes %s for an array', async (form, groups) => {
    expect(await post('/Base/Department', `${NEW_DEPARTMENT}&${form}`)).toContain(groups);
  });
});
