import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Kayako, TicketAttachment } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

it('brings bytes and text back as they were given, and lists never carry them', async () => {
  const { ticket, reply } = await samples.answeredTicket(desk.kayako);
  const binary = randomBytes(100_000);
  const attachment = reply.attachments.create({ fileName: 'foo.bin' });
  attachment.setContents(binary);
  await attachment.add();
  expect(attachment.fileSize).toBe(binary.length);

  const [listed] = await ticket.attachments.all();
  expect(listed?.contents).toBeNull();
  expect(await errorOf(() => listed?.getContents())).toMatchObject({ code: 'CONTENTS_NOT_LOADED' });
  desk.requests();
  expect((await listed?.loadContents())?.equals(binary)).toBe(true);
  expect(listed?.getContents().equals(binary)).toBe(true);
  await listed?.loadContents();
  expect(desk.requests()).toEqual([`GET /Tickets/TicketAttachment/${ticket.id}/${attachment.id}`]);

  const read = await desk.kayako.get(TicketAttachment, ticket.id, attachment.id);
  expect(read?.getContents().equals(binary)).toBe(true);

  const text = reply.attachments.create({ fileName: 'note.txt' });
  text.setContents('Grüße');
  await text.add();
  const again = await desk.kayako.get(TicketAttachment, ticket.id, text.id);
  expect(again?.getContents().toString()).toBe('Grüße');
});

it('is added again with the contents that were set', async () => {
  const { reply } = await samples.answeredTicket(desk.kayako);
  const attachment = reply.attachments.create({ fileName: 'foo.diff' });
  attachment.setContents('patch');
  await attachment.add();
  await attachment.delete();
  await attachment.add();
  expect((await attachment.loadContents()).toString()).toBe('patch');
});

it('names what is missing, and takes an empty file', async () => {
  const { reply } = await samples.answeredTicket(desk.kayako);
  const attachment = reply.attachments.create();
  expect(await errorOf(() => attachment.add())).toMatchObject({
    code: 'REQUIRED_FIELDS',
    fields: ['fileName', 'contents'],
  });
  attachment.fileName = 'empty';
  attachment.setContents('');
  await attachment.add();
  expect(attachment.fileSize).toBe(0);
});

it('keeps the contents of an attachment that was just added', async () => {
  const { reply } = await samples.answeredTicket(desk.kayako);
  const attachment = reply.attachments.create({ fileName: 'a' });
  attachment.setContents('abc');
  await attachment.add();
  expect(attachment.getContents().toString()).toBe('abc');
});

it.each([
  ['SIZE_MISMATCH', 'another size', '<filesize>9</filesize><contents>QUJD</contents>'],
  ['RECORD_INVALID', 'no contents', '<filesize>3</filesize>'],
])('loadContents() fails with %s for %s, as download() does', async (code, _what, fields) => {
  const server = createServer((_request, response) =>
    response.end(
      `<?xml version="1.0"?><attachments><attachment><id>7</id>${fields}</attachment></attachments>`,
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const lying = new Kayako({ url: `http://127.0.0.1:${port}/`, apiKey: 'k', secretKey: 's' });
  const attachment = lying.create(TicketAttachment, { fileName: 'a', ticketId: 1 });
  (attachment as { id: number }).id = 7;
  expect(await errorOf(() => attachment.loadContents())).toMatchObject({ code });
  expect(await errorOf(() => buffer(attachment.download()))).toMatchObject({ code });
  expect(attachment.contents ?? null).toBeNull();
  await lying.close();
  server.close();
});
