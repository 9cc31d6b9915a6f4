import { type User } from '../store/base-rows.js';
import { type Call } from './call.js';
import { isEmailAddress } from './email-address.js';
import { demand } from './refusal.js';

const SALUTATIONS = ['Mr.', 'Ms.', 'Mrs.', 'Dr.'];
const MAX_PHONE_CHARACTERS = 25;

/** The valid addresses sent, without repetitions; invalid members of an array are skipped (5.4). */
export function addressesOf(call: Call): string[] {
  const sent = call.fields.list('email') ?? [call.fields.text('email') ?? ''];
  const addresses = new Map<string, string>();
  for (const address of sent.map((text) => text.trim()).filter(isEmailAddress)) {
    if (!addresses.has(address.toLowerCase())) addresses.set(address.toLowerCase(), address);
  }
  return [...addresses.values()];
}

/** Refuses an address that another user holds. */
export function demandFreeAddresses(
  call: Call,
  addresses: readonly string[],
  text: string,
  ownId?: number,
): void {
  for (const address of addresses) {
    const holder = call.store.users.findByEmail(address);
    demand(holder === undefined || holder.id === ownId, text);
  }
}

/** The group sent, which must be of type registered. */
export function demandRegisteredGroup(call: Call): number {
  const group = call.store.userGroups.get(call.fields.integer('usergroupid'));
  demand(group !== undefined, 'Invalid User Group');
  demand(group.groupType === 'registered', 'User Group Specified is not of "Registered" type');
  return group.id;
}

/** The organization sent; `undefined` if the parameter is not filled. */
export function organizationSent(call: Call): number | undefined {
  if (!call.fields.isFilled('userorganizationid')) return undefined;
  const id = call.fields.integer('userorganizationid');
  demand(call.store.organizations.has(id), 'Invalid User Organization ID');
  return id;
}

/** The SLA plan sent; `undefined` if the parameter is not filled. */
export function slaPlanSent(call: Call, text: string): number | undefined {
  if (!call.fields.isFilled('slaplanid')) return undefined;
  const id = call.fields.integer('slaplanid');
  demand(call.store.slaPlans.has(id), text);
  return id;
}

type OptionalFields = Pick<
  User,
  | 'salutation'
  | 'designation'
  | 'phone'
  | 'isEnabled'
  | 'role'
  | 'timezone'
  | 'enableDst'
  | 'expiry'
>;

/** The fields that keep their value when they are absent, empty or unknown. */
export function optionalFieldsOf(call: Call, present: OptionalFields): OptionalFields {
  const { fields } = call;
  const salutation = fields.text('salutation')?.toLowerCase();
  return {
    salutation:
      SALUTATIONS.find((known) => known.toLowerCase() === salutation) ?? present.salutation,
    designation: fields.nonEmpty('designation') ?? present.designation,
    phone: fields.nonEmpty('phone')?.slice(0, MAX_PHONE_CHARACTERS) ?? present.phone,
    isEnabled: fields.optionalFlag('isenabled') ?? present.isEnabled,
    role: fields.word('userrole', ['user', 'manager']) ?? present.role,
    timezone: fields.nonEmpty('timezone') ?? present.timezone,
    enableDst: fields.optionalFlag('enabledst') ?? present.enableDst,
    // 0 does not count as sent, so PUT cannot go back to "never".
    expiry: fields.integer('userexpiry') || present.expiry,
  };
}
