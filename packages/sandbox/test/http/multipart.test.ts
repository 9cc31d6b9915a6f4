import { type Sandbox } from '@kayako-orm/sandbox';

import { call, send, sign, textsOf, type Answer } from '../support/client.js';
import { addTicket, startDesk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
  await addTicket(desk);
});

afterAll(() => desk.close());

interface Part {
  readonly name: string;
  readonly value: string | Uint8Array;
  readonly filename?: string;
}

function encode(parts: readonly Part[]): Buffer {
  const chunks = parts.flatMap(({ name, value, filename }) => [
    `--cut\r\nContent-Disposition: form-data; name="${name}"`,
    filename === undefined
      ? ''
      : `; filename="${filename}"\r\nContent-Type: application/octet-stream`,
    '\r\n\r\n',
    value,
    '\r\n',
  ]);
  return Buffer.concat([...chunks, '--cut--\r\n'].map((chunk) => Buffer.from(chunk)));
}

function post(
  route: string,
  parts: readonly Part[],
  type = 'multipart/form-data; boundary=cut',
): Promise<Answer> {
  const signed = Object.entries(sign(desk)).map(([name, value]) => ({ name, value }));
  return send(`${desk.url}?e=${route}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: encode([...signed, ...parts]),
  });
}

test('reads fields, arrays and UTF-8', async () => {
  const answer = await post('/Base/User', [
    { name: 'fullname', value: 'Zoë' },
    { name: 'usergroupid', value: '2' },
    { name: 'password', value: 'x' },
    { name: 'email[]', value: 'a@example.org' },
    { name: 'email[]', value: 'b@example.org' },
  ]);
  expect(textsOf(answer, 'fullname')).toEqual(['Zoë']);
  expect(textsOf(answer, 'email')).toEqual(['a@example.org', 'b@example.org']);
});

test('takes the bytes of an attachment in base64 and gives them back unchanged', async () => {
  const bytes = Buffer.from(Array.from({ length: 200_001 }, (_, index) => (index * 7) % 256));
  await post('/Tickets/TicketAttachment', [
    { name: 'ticketid', value: '1' },
    { name: 'ticketpostid', value: '1' },
    { name: 'filename', value: 'noise.bin' },
    { name: 'contents', value: bytes.toString('base64') },
  ]);
  const answer = await call(desk, 'GET', '/Tickets/TicketAttachment/1/1');
  expect(textsOf(answer, 'filesize')).toEqual([String(bytes.length)]);
  expect(textsOf(answer, 'contents')).toEqual([bytes.toString('base64')]);
});

test.each([
  ['no boundary', 'multipart/form-data'],
  ['another boundary', 'multipart/form-data; boundary=other'],
])('hears nothing in a body with %s', async (_case, type) => {
  const answer = await post('/Core/Test', [], type);
  expect([answer.status, answer.text]).toEqual([401, 'NO SALT PROVIDED!']);
});

test('survives a body that ends in the middle of a file', async () => {
  const whole = encode([{ name: 'f', value: 'x'.repeat(5000), filename: 'f.txt' }]);
  const answer = await send(`${desk.url}?e=/Core/Test`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=cut' },
    body: whole.subarray(0, 3000),
  });
  expect([answer.status, answer.text]).toEqual([401, 'NO SALT PROVIDED!']);
});
