import { fullNameOf, type Staff } from '../store/base-rows.js';
import { deleteStaff } from '../store/cascades.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsByIntegerId, rowsReply } from './documents.js';
import { isEmailAddress } from './email-address.js';
import { demand } from './refusal.js';

/** /Base/Staff (5.2). */
export const staff: Controller = {
  app: 'Base',
  names: ['Staff'],
  list: (call) => rowsReply('staffusers', call.store.staff, toXml),
  get: (call) => rowsReply('staffusers', rowsByIntegerId(call, call.store.staff), toXml),
  create: (call) => rowsReply('staffusers', [createStaff(call)], toXml),
  update: (call) => rowsReply('staffusers', [updateStaff(call)], toXml),
  delete: (call) => {
    const failure = (): string => 'Staff Load Failed: Class not loaded';
    deleteStaff(call.store, loadRow(call, call.store.staff, failure).id);
    return deletedReply();
  },
};

function createStaff(call: Call): Staff {
  const { fields, store } = call;
  const { firstName, lastName } = demandNames(call);
  const email = fields.filled('email')?.trim();
  demand(email !== undefined && isEmailAddress(email), 'Email address is empty or Invalid');
  const staffGroupId = demandGroup(call);
  demand(fields.isFilled('password'), 'Invalid Password Specified');
  const username = fields.filled('username');
  demand(username !== undefined, 'Invalid Username Specified');
  demand(
    store.staff.find((row) => equal(row.username, username)) === undefined,
    'Username is already taken',
  );
  demand(
    store.staff.find((row) => equal(row.email, email)) === undefined,
    'Email address already in use',
  );
  return store.staff.insert((id) => ({
    id,
    staffGroupId,
    firstName,
    lastName,
    username,
    email,
    designation: fields.text('designation') ?? '',
    greeting: fields.text('greeting') ?? '',
    mobileNumber: fields.text('mobilenumber') ?? '',
    isEnabled: flagOnCreate(call, 'isenabled'),
    timezone: fields.text('timezone') ?? '',
    enableDst: flagOnCreate(call, 'enabledst'),
    signature: fields.text('staffsignature') ?? '',
  }));
}

/** The real server takes a `0` for "not sent" here and enables the account. */
function flagOnCreate(call: Call, name: string): boolean {
  return call.behaviour.strictQuirks || (call.fields.optionalFlag(name) ?? true);
}

function updateStaff(call: Call): Staff {
  const { fields, store } = call;
  const present = loadRow(call, store.staff, () => 'Staff Object Load Failed: Class not loaded');
  const { firstName, lastName } = demandNames(call);
  const staffGroupId = demandGroup(call);
  return store.staff.replace({
    ...present,
    firstName,
    lastName,
    staffGroupId,
    username: fields.nonEmpty('username') ?? present.username,
    email: fields.nonEmpty('email') ?? present.email,
    designation: fields.nonEmpty('designation') ?? present.designation,
    greeting: fields.nonEmpty('greeting') ?? present.greeting,
    mobileNumber: fields.nonEmpty('mobilenumber') ?? present.mobileNumber,
    isEnabled: fields.optionalFlag('isenabled') ?? present.isEnabled,
    timezone: fields.nonEmpty('timezone') ?? present.timezone,
    enableDst: fields.optionalFlag('enabledst') ?? present.enableDst,
    signature: fields.nonEmpty('staffsignature') ?? present.signature,
  });
}

function demandNames(call: Call): { firstName: string; lastName: string } {
  const firstName = call.fields.filled('firstname');
  demand(firstName !== undefined, 'First name is empty');
  const lastName = call.fields.filled('lastname');
  demand(lastName !== undefined, 'Last name is empty');
  return { firstName, lastName };
}

function demandGroup(call: Call): number {
  const group = call.store.staffGroups.get(call.fields.integer('staffgroupid'));
  demand(group !== undefined, 'Staff Group ID is Invalid');
  return group.id;
}

function equal(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function toXml(row: Staff): XmlNode {
  return container('staff', [
    leaf('id', row.id),
    leaf('staffgroupid', row.staffGroupId),
    leaf('firstname', row.firstName),
    leaf('lastname', row.lastName),
    leaf('fullname', fullNameOf(row)),
    leaf('username', row.username),
    leaf('email', row.email),
    leaf('designation', row.designation),
    leaf('greeting', row.greeting),
    leaf('mobilenumber', row.mobileNumber),
    leaf('isenabled', row.isEnabled),
    leaf('timezone', row.timezone),
    leaf('enabledst', row.enableDst),
    leaf('signature', row.signature),
  ]);
}
