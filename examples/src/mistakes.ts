// What mistakes look like: each one prints the code and the message of the error it ends with.
// The connections are left open on purpose: nothing of this library keeps a process alive.
import {
  type ConnectionOptions,
  Department,
  Kayako,
  KayakoError,
  Ticket,
  User,
} from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox();
const kayako = new Kayako(sandbox);
const users = kayako.repository(User);

async function mistake(what: string, make: () => unknown): Promise<void> {
  try {
    await make();
    throw new Error(`${what}: no error`);
  } catch (error) {
    if (!(error instanceof KayakoError)) throw error;
    console.log(`${what}\n    ${error.code}: ${error.message}\n`);
  }
}

await mistake('No options', () => new Kayako({} as ConnectionOptions));
await mistake('A wrong secret key', () =>
  new Kayako({ ...sandbox, secretKey: 'wrong' }).repository(Department).all(),
);
await mistake('An address where nothing listens', () =>
  new Kayako({ ...sandbox, url: 'http://127.0.0.1:1/api/index.php' }).repository(User).first(),
);
await mistake('Required fields that were not set', () =>
  kayako.create(Ticket, { subject: 'Hello' }).add(),
);
await mistake('A field that does not exist', () =>
  kayako.create(Department, JSON.parse('{ "titel": "Sales" }') as object),
);
await mistake('The id 0', () => kayako.get(User, 0));
await mistake('A condition with undefined', () =>
  users.where({ fullName: undefined } as never).all(),
);
await mistake('A row that must be there and is not', () =>
  users.where({ fullName: 'Nobody' }).firstOrFail(),
);
await mistake('A value that the server refuses', () =>
  kayako
    .create(User, { fullName: 'X', password: 'x', email: 'test@example.com', userGroupId: 2 })
    .add(),
);
await mistake('A search without an area', () => kayako.ticketSearch('angry', {}));

await sandbox.close();
