import { inspect } from 'node:util';
import { instanceToPlain } from 'class-transformer';
import { FOREVER } from '@kayako-orm/orm';
import { type Desk, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

it('turns an entity into plain data: own names, ISO dates, no secret, no relation', async () => {
  const user = await samples.user(desk.kayako).add();
  const plain = JSON.parse(JSON.stringify(user)) as Record<string, unknown>;
  expect(plain).toMatchObject({
    id: user.id,
    fullName: user.fullName,
    email: user.email,
    dateline: user.dateline?.toISOString(),
    userExpiry: 'forever',
    lastVisit: null,
  });
  expect(Object.keys(plain)).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/password|sendWelcomeEmail|group$|organization$/),
    ]),
  );
  expect(instanceToPlain(user)).toEqual(plain);
  expect(user.password).toBe('easypass332');
});

it('never shows a password, however the entity is printed', async () => {
  const user = samples.user(desk.kayako);
  user.password = 'hunter2-secret';
  await user.add();
  const printed = [
    inspect(user, { depth: 9, showHidden: true }),
    JSON.stringify({ user }),
    JSON.stringify(instanceToPlain({ user })),
    String(user),
    inspect([user]),
  ].join('\n');
  expect(printed).not.toContain('hunter2');
  expect(printed).toContain(user.fullName);
});

it('makes no request when an entity with relations is serialised or printed', async () => {
  const { ticket } = await samples.answeredTicket(desk.kayako);
  desk.requests();
  expect(JSON.stringify(ticket)).toContain('"displayId"');
  instanceToPlain(ticket);
  inspect(ticket, { depth: 9, getters: true });
  expect(Object.assign({}, ticket)).toHaveProperty('subject');
  expect(desk.requests()).toEqual([]);
});

it('carries an attachment only when it is here, as base64', async () => {
  const { ticket, reply } = await samples.answeredTicket(desk.kayako);
  const attachment = reply.attachments.create({ fileName: 'a.txt' });
  attachment.setContents('hello');
  await attachment.add();
  const [listed] = await ticket.attachments.all();
  expect(JSON.parse(JSON.stringify(listed))).not.toHaveProperty('contents');
  await listed?.loadContents();
  expect(listed?.toJSON()).toMatchObject({ contents: Buffer.from('hello').toString('base64') });
});

it('lets FOREVER be compared with dates', () => {
  expect(FOREVER > new Date(8.64e15)).toBe(true);
  expect(JSON.stringify({ FOREVER })).toBe('{"FOREVER":"forever"}');
  expect(Object.isFrozen(FOREVER)).toBe(true);
});
