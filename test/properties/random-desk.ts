// A help desk whose rows are random: those that the sandbox generates, and more of them with texts that go wrong easily.

import {
  Department,
  type Kayako,
  Staff,
  StaffGroup,
  Ticket,
  TicketAttachment,
  TicketNote,
  TicketPost,
  TicketTimeTrack,
  User,
  UserGroup,
  UserOrganization,
} from '@kayako-orm/orm';
import fc from 'fast-check';
import { type Desk, startDesk } from '../support/desk.js';

/** Letters that fold in strange ways, that sort apart by code unit and by code point, and that mean something to others. */
const LETTERS = [
  ...[
    'a',
    'A',
    'b',
    's',
    'S',
    'ß',
    'ẞ',
    'ſ',
    'k',
    'K',
    '\u212a',
    'i',
    'I',
    'ı',
    'İ',
    'é',
    'e\u0301',
  ],
  ...['σ', 'ς', 'Σ', 'ǆ', 'ǅ', 'ﬃ', '\ue000', '\uff5e', '\ufffd', '😀', '𝒳', '\u{10ffff}'],
  ...[
    '<',
    '&',
    ']]>',
    '"',
    "'",
    '\\',
    '%',
    '_',
    '*',
    ',',
    '-',
    '+',
    '@',
    '0',
    '1',
    ' ',
    '\n',
    '\t',
  ],
];

const text = fc
  .string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 7 })
  // The server takes 0 for nothing.
  .filter((value) => !['', '0'].includes(value.trim()));

/** A stream of random values that depends on the seed alone. */
class Dice {
  readonly #seed: number;
  #thrown = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  next<Value>(values: fc.Arbitrary<Value>): Value {
    this.#thrown += 1;
    const [value] = fc.sample(values, { seed: this.#seed ^ (this.#thrown << 8), numRuns: 1 });
    return value as Value;
  }

  text(): string {
    return this.next(text);
  }

  pick<Value>(values: readonly Value[]): Value {
    return this.next(fc.constantFrom(...values));
  }

  /** Some second from 2001 to 2040. */
  date(): Date {
    return new Date(this.next(fc.integer({ min: 1_000_000_000, max: 2_200_000_000 })) * 1000);
  }
}

/** What new rows refer to; each list has a row. */
interface Surroundings {
  readonly departments: readonly Department[];
  readonly staff: readonly Staff[];
  readonly userGroups: readonly UserGroup[];
  readonly organizations: readonly UserOrganization[];
}

async function addSurroundings(kayako: Kayako, dice: Dice): Promise<Surroundings> {
  for (let more = 0; more < 2; more += 1) {
    const group = await kayako.create(StaffGroup, { title: dice.text(), isAdmin: false }).add();
    await kayako.create(UserGroup, { title: dice.text(), groupType: 'registered' }).add();
    await kayako
      .create(Department, {
        title: dice.text(),
        type: dice.pick(['public', 'private']),
        module: 'tickets',
      })
      .add();
    await kayako
      .create(UserOrganization, {
        name: dice.text(),
        organizationType: dice.pick(['restricted', 'shared']),
        city: dice.text(),
        slaPlanId: dice.pick([null, 1]),
      })
      .add();
    await kayako
      .create(Staff, {
        firstName: dice.text(),
        lastName: dice.text(),
        username: `random${more}`,
        email: `Random.${more}@desk.example.com`,
        password: 'easypass332',
        staffGroupId: group.id,
        designation: dice.text(),
      })
      .add();
  }
  return {
    departments: await kayako.repository(Department).where({ module: 'tickets' }).all(),
    staff: await kayako.repository(Staff).all(),
    userGroups: await kayako.repository(UserGroup).where({ groupType: 'registered' }).all(),
    organizations: await kayako.repository(UserOrganization).all(),
  };
}

async function addUsers(kayako: Kayako, dice: Dice, around: Surroundings): Promise<User[]> {
  const users: User[] = [];
  for (let more = 0; more < 6; more += 1) {
    const expiry = dice.date();
    const user = kayako.create(User, {
      fullName: dice.text(),
      userGroupId: dice.pick(around.userGroups).id,
      userOrganizationId: dice.pick([null, ...around.organizations.map(({ id }) => id)]),
      email: [`Person.${more}@Example.com`, `${dice.pick(['x', 'y-', 'z+'])}${more}@example.com`],
      password: 'easypass332',
      designation: dice.text(),
      isEnabled: dice.pick([true, false]),
      slaPlanId: 1,
      slaPlanExpiry: expiry,
      userExpiry: dice.pick([expiry, dice.date()]),
    });
    users.push(await user.add());
  }
  return users;
}

async function addTickets(
  kayako: Kayako,
  dice: Dice,
  { departments, staff }: Surroundings,
  users: readonly User[],
): Promise<void> {
  for (let more = 0; more < 8; more += 1) {
    const user = dice.pick(users);
    const ticket = await kayako
      .create(Ticket, {
        subject: dice.text(),
        fullName: dice.text(),
        email: user.email[0] ?? '',
        contents: dice.text(),
        departmentId: dice.pick(departments).id,
        statusId: dice.pick([1, 2, 3]),
        priorityId: dice.pick([1, 2]),
        typeId: 1,
        ownerStaffId: dice.pick([null, ...staff.map(({ id }) => id)]),
        userId: user.id,
      })
      .add();
    await addChildren(kayako, dice, ticket, dice.pick(staff).id);
  }
}

async function addChildren(
  kayako: Kayako,
  dice: Dice,
  { id: ticketId }: Ticket,
  staffId: number,
): Promise<void> {
  const post = await kayako.create(TicketPost, { ticketId, contents: dice.text(), staffId }).add();
  const note = { ticketId, contents: dice.text(), creatorStaffId: staffId };
  await kayako.create(TicketNote, { ...note, noteColor: dice.pick(['red', 'blue']) }).add();
  const worked = { timeWorked: dice.pick([60, 900]), timeBillable: 0 };
  await kayako
    .create(TicketTimeTrack, { ...note, ...worked, workDate: dice.date(), billDate: dice.date() })
    .add();
  const attachment = kayako.create(TicketAttachment, {
    ticketId,
    ticketPostId: post.id,
    fileName: `${dice.text().replaceAll(/[\\/\n\t]/g, '')}x.txt`,
  });
  attachment.setContents(dice.text());
  await attachment.add();
}

/** Ids with gaps, and tickets of a user who is gone. */
async function deleteSome(kayako: Kayako, dice: Dice): Promise<void> {
  const users = await kayako.repository(User).all();
  const tickets = await kayako.repository(Ticket).all();
  for (let less = 0; less < 3; less += 1) {
    await users.splice(dice.next(fc.nat(users.length - 1)), 1)[0]?.delete();
    await tickets.splice(dice.next(fc.nat(tickets.length - 1)), 1)[0]?.delete();
  }
}

/**
 * The server lists a status that is tied to a department only beside it, also where the condition names both: such
 * tickets of other departments are given another one.
 */
async function untieStatuses(kayako: Kayako): Promise<void> {
  const tied = kayako.repository(Ticket).where({ status: { not: { departmentId: null } } });
  for (const ticket of await tied.all()) {
    const status = await ticket.status.load();
    if (status?.departmentId === ticket.departmentId) continue;
    ticket.statusId = 1;
    await ticket.save();
  }
}

/** Starts a help desk that depends on the seed alone; whoever starts it closes it. */
export async function startRandomDesk(seed: number): Promise<Desk> {
  const dice = new Dice(seed);
  const desk = await startDesk({
    seed,
    users: dice.next(fc.integer({ min: 15, max: 30 })),
    tickets: dice.next(fc.integer({ min: 20, max: 35 })),
    form: dice.pick(['live', 'docs']),
    pollute: dice.pick([false, true]),
  });
  try {
    const { kayako } = desk;
    const around = await addSurroundings(kayako, dice);
    await addTickets(kayako, dice, around, await addUsers(kayako, dice, around));
    await deleteSome(kayako, dice);
    await untieStatuses(kayako);
    return desk;
  } catch (error) {
    await desk[Symbol.asyncDispose]();
    throw error;
  }
}
