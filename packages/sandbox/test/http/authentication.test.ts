import { type Sandbox, startSandbox } from '@kayako-orm/sandbox';

import { signatureOf } from '../../src/http/authentication.js';
import { call, encodeForm, send, sign } from '../support/client.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const ROUTE = '?e=/Base/UserGroup/1';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startSandbox({ apiKey: 'the-key', secretKey: 'secretkey' });
});

afterAll(() => desk.close());

test.each([
  ['secretkey', '1234567890', 'VKjt8M54liY6xq1UuhUYH5BFp1RUqHekqytgLPrVEA0='],
  ['vkl239vLKMNvlik42fv9IsflkFJlkckfjs', '1048576', 'UkocvPubcl10hW3crUn7aozy4tYVt63ijK5i9+mRjOg='],
])('signs the published vector of %s', (secretKey, salt, signature) => {
  expect(signatureOf(salt, secretKey)).toBe(signature);
});

test('lets the published signature in, signed by nobody here', async () => {
  const query = encodeForm({
    apikey: ' the-key ',
    salt: '1234567890',
    signature: 'VKjt8M54liY6xq1UuhUYH5BFp1RUqHekqytgLPrVEA0=',
  });
  expect((await send(`${desk.url}${ROUTE}&${query}`)).status).toBe(200);
});

test.each([
  ['no salt', { apikey: 'the-key', signature: 'x' }, 'NO SALT PROVIDED!'],
  ['an empty salt', { salt: '' }, 'NO SALT PROVIDED!'],
  ['the salt 0', { salt: '0' }, 'NO SALT PROVIDED!'],
  ['a salt that is an array', { salt: ['1'] }, 'NO SALT PROVIDED!'],
  ['no key', { salt: '1', signature: 'x' }, 'FAILED TO AUTHENTICATE'],
  [
    'an unknown key',
    { ...sign({ apiKey: 'other', secretKey: 'secretkey' }) },
    'FAILED TO AUTHENTICATE',
  ],
  ['an empty signature', { apikey: 'the-key', salt: '1', signature: '' }, 'FAILED TO AUTHENTICATE'],
  [
    'a wrong signature',
    { ...sign({ apiKey: 'the-key', secretKey: 'wrong' }) },
    'FAILED TO AUTHENTICATE',
  ],
  [
    'the signature of another salt',
    { ...sign({ apiKey: 'the-key', secretKey: 'secretkey' }), salt: '2' },
    'FAILED TO AUTHENTICATE',
  ],
])('answers 401 to %s', async (_case, fields, text) => {
  const answer = await send(`${desk.url}${ROUTE}&${encodeForm(fields)}`);
  expect([answer.status, answer.text]).toEqual([401, text]);
  expect(answer.headers['content-type']).toBe('text/html;charset=UTF-8');
});

test('takes a plus sign that was not encoded', async () => {
  // The signature of this salt is one that has a plus sign in it.
  const salt = Array.from({ length: 99 }, (_, index) => String(index + 1)).find((candidate) =>
    signatureOf(candidate, 'secretkey').includes('+'),
  );
  const { signature } = sign(desk, salt) as { signature: string };
  const raw = `apikey=the-key&salt=${salt ?? ''}&signature=${signature.replaceAll('=', '%3D')}`;
  expect(signature).toContain('+');
  expect((await send(`${desk.url}${ROUTE}&${raw}`)).status).toBe(200);
});

test.each(['1048576000', '-5', 'deadbeef', '5da7fd33-0f1e-4f6c-8b7a-0123456789ab', 'aB3 x'])(
  'accepts the salt %s',
  async (salt) => {
    const query = encodeForm(sign(desk, salt));
    expect((await send(`${desk.url}${ROUTE}&${query}`)).status).toBe(200);
  },
);

describe('where the three values are looked for', () => {
  const query = (): string => encodeForm(sign(desk));

  test('POST never looks at the query', async () => {
    const url = `${desk.url}?e=/Core/TestAPI&${query()}`;
    const answer = await send(url, { method: 'POST', headers: FORM, body: 'a=1' });
    expect([answer.status, answer.text]).toEqual([401, 'NO SALT PROVIDED!']);
  });

  test('POST without a form type has no form', async () => {
    const answer = await send(`${desk.url}?e=/Core/TestAPI`, { method: 'POST', body: query() });
    expect([answer.status, answer.text]).toEqual([401, 'NO SALT PROVIDED!']);
  });

  test('PUT reads a form, with a charset in its type', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    const body = `${query()}&title=Renamed`;
    const url = `${desk.url}?e=/Base/UserGroup/1`;
    const answer = await send(url, { method: 'PUT', headers, body });
    expect(answer.text).toContain('<title><![CDATA[Renamed]]></title>');
  });

  test('PUT as a form ignores the query', async () => {
    const url = `${desk.url}?e=/Base/UserGroup/1&${query()}`;
    const answer = await send(url, { method: 'PUT', headers: FORM, body: 'title=x' });
    expect(answer.text).toBe('NO SALT PROVIDED!');
  });

  test('PUT of another type authenticates by the query and has no fields', async () => {
    const url = `${desk.url}?e=/Base/UserGroup/1&${query()}`;
    const headers = { 'content-type': 'text/plain' };
    const answer = await send(url, { method: 'PUT', headers, body: 'title=x' });
    expect([answer.status, answer.text]).toEqual([400, 'One of the required fields is empty']);
  });

  test('PUT as multipart is not parsed', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const parts = Object.entries(sign(desk)).map(
      ([name, value]) =>
        `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const url = `${desk.url}?e=/Base/UserGroup/1`;
    const answer = await send(url, { method: 'PUT', headers, body: `${parts.join('')}--b--\r\n` });
    expect([answer.status, answer.text]).toEqual([401, 'NO SALT PROVIDED!']);
  });

  test.each(['GET', 'DELETE'])('%s without a query falls back to the body', async (method) => {
    const url = `${desk.url}?e=/Core/TestAPI/7`;
    const answer = await send(url, { method, headers: FORM, body: query() });
    expect([answer.status, answer.text.split('\n')[0]]).toEqual([200, `${method}: 7`]);
  });

  test('GET with any query does not', async () => {
    const url = `${desk.url}?e=/Core/TestAPI/7&x=1`;
    const answer = await send(url, { headers: FORM, body: query() });
    expect(answer.text).toBe('NO SALT PROVIDED!');
  });

  test('a JSON object authenticates and gives the operation nothing', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ ...sign(desk), title: 'x', grouptype: 'guest' });
    const url = `${desk.url}?e=/Base/UserGroup`;
    const answer = await send(url, { method: 'POST', headers, body });
    expect([answer.status, answer.text]).toEqual([400, 'One of the required fields is empty']);
  });

  test('DELETE with an empty body and a content type reads the query', async () => {
    const url = `${desk.url}?e=/Core/TestAPI/7&${query()}`;
    const headers = { ...FORM, 'content-length': '0' };
    expect((await send(url, { method: 'DELETE', headers })).status).toBe(200);
  });
});

test('routes to the controller first, and to the operation last', async () => {
  const unknownController = await send(`${desk.url}?e=/Base/Nothing`);
  const withoutKeys = await send(`${desk.url}?e=/Base/UserGroup`, { method: 'PATCH' });
  const unknownOperation = await call(desk, 'PUT', '/Tickets/TicketCount/1');
  expect([unknownController.status, withoutKeys.status, unknownOperation.status]).toEqual([
    404, 401, 405,
  ]);
});
