import { type Reply } from '../http/reply.js';
import { type User } from '../store/base-rows.js';
import { deleteUser } from '../store/cascades.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsById, rowsReply } from './documents.js';
import { demand } from './refusal.js';
import {
  addressesOf,
  demandFreeAddresses,
  demandRegisteredGroup,
  optionalFieldsOf,
  organizationSent,
  slaPlanSent,
} from './user-fields.js';
import { userToXml } from './user-view.js';

const MAX_ITEMS = 1000;
const REQUIRED = 'One of the required fields is empty';
const INVALID_PLAN = 'Invalid SLA Plan';

/** /Base/User (5.4). */
export const user: Controller = {
  app: 'Base',
  names: ['User'],
  list: (call) => usersReply(call, page(call, 0, MAX_ITEMS)),
  get: (call) => usersReply(call, rowsById(call, call.store.users)),
  create: (call) => usersReply(call, [createUser(call)]),
  update: (call) => usersReply(call, [updateUser(call)]),
  delete: (call) => {
    deleteUser(call.store, load(call).id);
    return deletedReply();
  },
  actions: new Map([
    [
      'filter',
      (call) =>
        usersReply(call, page(call, call.args.integer(0, 0), call.args.integer(1, MAX_ITEMS))),
    ],
  ]),
};

/** Users from the marker on; 0 and negative numbers of items mean no limit. */
function* page(call: Call, marker: number, maxItems: number): Generator<User> {
  let left = maxItems > 0 ? Math.min(maxItems, MAX_ITEMS) : Number.POSITIVE_INFINITY;
  for (const row of call.store.users.from(marker)) {
    yield row;
    left -= 1;
    if (left === 0) return;
  }
}

function usersReply(call: Call, rows: Iterable<User>): Reply {
  return rowsReply('users', rows, (row) => userToXml(call.store, row));
}

function load(call: Call): User {
  return loadRow(call, call.store.users, () => 'User Load Failed: Class not loaded');
}

function createUser(call: Call): User {
  const { fields, store } = call;
  const userGroupId = demandRegisteredGroup(call);
  const organizationId = organizationSent(call) ?? 0;
  const emails = addressesOf(call);
  demandFreeAddresses(
    call,
    emails,
    'Unable to insert user. Email address belongs to an existing user.',
  );
  demand(emails.length > 0, 'Invalid Email Specified');
  const slaPlanId = slaPlanSent(call, INVALID_PLAN) ?? 0;
  const fullName = fields.filled('fullname');
  demand(fullName !== undefined && fields.isFilled('password'), REQUIRED);
  return store.users.insert((id) => ({
    id,
    userGroupId,
    organizationId,
    fullName,
    emails,
    dateline: call.now,
    lastVisit: 0,
    slaPlanId,
    slaPlanExpiry: slaPlanId === 0 ? 0 : fields.integer('slaplanexpiry'),
    ...optionalFieldsOf(call, NEW_USER),
  }));
}

const NEW_USER = {
  salutation: '',
  designation: '',
  phone: '',
  isEnabled: true,
  role: 'user',
  timezone: '',
  enableDst: false,
  expiry: 0,
} as const;

function updateUser(call: Call): User {
  const { fields, store } = call;
  const present = load(call);
  const organizationId = organizationSent(call) ?? present.organizationId;
  const emails = addressesOf(call);
  demandFreeAddresses(
    call,
    emails,
    'Unable to update user. Email address belongs to an existing user.',
    present.id,
  );
  const slaPlanId = slaPlanSent(call, INVALID_PLAN) ?? present.slaPlanId;
  const userGroupId = fields.isFilled('usergroupid')
    ? demandRegisteredGroup(call)
    : present.userGroupId;
  const fullName = fields.filled('fullname');
  demand(fullName !== undefined, REQUIRED);
  return store.users.replace({
    ...present,
    userGroupId,
    organizationId,
    fullName,
    emails: emails.length > 0 ? emails : present.emails,
    slaPlanId,
    slaPlanExpiry: fields.integer('slaplanexpiry') || present.slaPlanExpiry,
    ...optionalFieldsOf(call, present),
  });
}
