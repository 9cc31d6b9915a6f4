import { type UserOrganization } from '../store/base-rows.js';
import { deleteOrganization } from '../store/cascades.js';
import { comment, container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsByIntegerId, rowsReply } from './documents.js';
import { demand } from './refusal.js';
import { slaPlanSent } from './user-fields.js';

const TYPES = ['restricted', 'shared'] as const;
const REQUIRED = 'One of the required fields is empty';

/** /Base/UserOrganization (5.7). */
export const userOrganization: Controller = {
  app: 'Base',
  names: ['UserOrganization'],
  list: (call) => rowsReply('userorganizations', call.store.organizations, toXml),
  get: (call) =>
    rowsReply('userorganizations', rowsByIntegerId(call, call.store.organizations), toXml),
  create: (call) => rowsReply('userorganizations', [createOrganization(call)], toXml),
  update: (call) => rowsReply('userorganizations', [updateOrganization(call)], toXml),
  delete: (call) => {
    deleteOrganization(call.store, load(call).id);
    return deletedReply();
  },
};

function load(call: Call): UserOrganization {
  return loadRow(
    call,
    call.store.organizations,
    (id) => `User Organization Load Failed: Unable to Load User Organization ID: ${id}`,
  );
}

function createOrganization(call: Call): UserOrganization {
  const replaced = replacedFields(call);
  const name = call.fields.filled('name');
  const organizationType = call.fields.word('organizationtype', TYPES);
  demand(name !== undefined && organizationType !== undefined, REQUIRED);
  return call.store.organizations.insert((id) => ({
    id,
    name,
    organizationType,
    ...replaced,
    dateline: call.now,
    lastUpdate: call.now,
  }));
}

function updateOrganization(call: Call): UserOrganization {
  const present = load(call);
  const replaced = replacedFields(call);
  const name = call.fields.filled('name');
  demand(name !== undefined, REQUIRED);
  return call.store.organizations.replace({
    ...present,
    name,
    organizationType: call.fields.word('organizationtype', TYPES) ?? present.organizationType,
    ...replaced,
    lastUpdate: call.now,
  });
}

type ReplacedFields = Omit<
  UserOrganization,
  'id' | 'name' | 'organizationType' | 'dateline' | 'lastUpdate'
>;

/** Everything that PUT resets when it is not sent. */
function replacedFields(call: Call): ReplacedFields {
  const text = (name: string): string => call.fields.text(name) ?? '';
  return {
    slaPlanId: slaPlanSent(call, 'Invalid SLA Plan Specified') ?? 0,
    slaPlanExpiry: call.fields.integer('slaplanexpiry'),
    address: text('address'),
    city: text('city'),
    state: text('state'),
    postalCode: text('postalcode'),
    country: text('country'),
    phone: text('phone'),
    fax: text('fax'),
    website: text('website'),
  };
}

function toXml(row: UserOrganization): XmlNode {
  return container('userorganization', [
    leaf('id', row.id),
    leaf('name', row.name),
    leaf('organizationtype', row.organizationType),
    leaf('address', row.address),
    leaf('city', row.city),
    leaf('state', row.state),
    leaf('postalcode', row.postalCode),
    leaf('country', row.country),
    leaf('phone', row.phone),
    leaf('fax', row.fax),
    leaf('website', row.website),
    comment('Timeline Properties'),
    leaf('dateline', row.dateline),
    leaf('lastupdate', row.lastUpdate),
    comment('Custom SLA Properties'),
    leaf('slaplanid', row.slaPlanId),
    leaf('slaplanexpiry', row.slaPlanExpiry),
  ]);
}
