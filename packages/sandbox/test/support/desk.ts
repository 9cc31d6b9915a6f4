import { type Sandbox, type SandboxOptions, startSandbox } from '@kayako-orm/sandbox';

import { type Answer, call, type FormFields } from './client.js';

/** The time of every row that tests make. */
export const NOW = 1_893_456_000;

/** A sandbox whose clock stands still. */
export function startDesk(options: SandboxOptions = {}): Promise<Sandbox> {
  return startSandbox({ clock: () => new Date(NOW * 1000), ...options });
}

/** What a ticket needs beside somebody it is from. */
export const ANONYMOUS_TICKET: FormFields = {
  subject: 'Printer on fire',
  fullname: 'Somebody',
  email: 'test@example.com',
  contents: 'It burns.',
  departmentid: 1,
  ticketstatusid: 1,
  ticketpriorityid: 1,
  tickettypeid: 1,
};

/** What a ticket of the default user needs. */
export const TICKET: FormFields = { ...ANONYMOUS_TICKET, userid: 1 };

/** What a second user needs. */
export const USER: FormFields = {
  fullname: 'Zoë Weiß',
  usergroupid: 2,
  password: 'secret',
  email: 'zoe@example.org',
};

export function addTicket(desk: Sandbox, fields: FormFields = {}): Promise<Answer> {
  return call(desk, 'POST', '/Tickets/Ticket', { ...TICKET, ...fields });
}

/**
 * Sends a request again and again, each time with one more step applied, and collects the answers: the way through the
 * checks of an operation in their order.
 */
export async function walk(
  desk: Sandbox,
  method: 'POST' | 'PUT',
  route: string,
  steps: readonly FormFields[],
): Promise<string[]> {
  const texts: string[] = [];
  let fields: FormFields = {};
  for (const step of steps) {
    fields = { ...fields, ...step };
    const answer = await call(desk, method, route, fields);
    texts.push(answer.status === 200 ? '200' : `${answer.status} ${answer.text}`);
  }
  return texts;
}
