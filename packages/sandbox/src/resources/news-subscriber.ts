import { type Reply } from '../http/reply.js';
import { ResourceTable } from '../store/resource-table.js';
import { type Store } from '../store/store.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsById, rowsReply } from './documents.js';
import { isEmailAddress } from './email-address.js';
import { demand } from './refusal.js';
import { DEFAULT_TEMPLATE_GROUP_ID } from './template-group.js';

interface NewsSubscriber {
  readonly id: number;
  readonly templateGroupId: number;
  /** Lower case. */
  readonly email: string;
  readonly isValidated: boolean;
}

const subscribers = new ResourceTable<NewsSubscriber>();

/** /News/Subscriber (7.4). */
export const newsSubscriber: Controller = {
  app: 'News',
  names: ['Subscriber'],
  list: (call) => subscribersReply(call, subscribers.of(call.store)),
  get: (call) => subscribersReply(call, rowsById(call, subscribers.of(call.store))),
  create: (call) => {
    const email = demandAddress(call);
    const row = subscribers.of(call.store).insert((id) => ({
      id,
      templateGroupId: DEFAULT_TEMPLATE_GROUP_ID,
      email,
      isValidated: call.fields.isOn('isvalidated'),
    }));
    return subscribersReply(call, [row]);
  },
  update: (call) => {
    const present = load(call);
    const email = call.fields.isPresent('email') ? demandAddress(call, present.id) : present.email;
    return subscribersReply(call, [subscribers.of(call.store).replace({ ...present, email })]);
  },
  delete: (call) => {
    subscribers.of(call.store).delete(load(call).id);
    return deletedReply();
  },
};

function load(call: Call): NewsSubscriber {
  return loadRow(call, subscribers.of(call.store), () => 'Invalid news subscriber ID');
}

/** The address sent, in lower case; it must belong to no other subscriber. */
function demandAddress(call: Call, ownId?: number): string {
  const email = call.fields.filled('email')?.trim().toLowerCase();
  demand(email !== undefined, 'Email field is empty');
  demand(isEmailAddress(email), 'Invalid email address');
  const holder = subscribers.of(call.store).find((row) => row.email === email);
  demand(
    holder === undefined || holder.id === ownId,
    'Subscription failed, please check if already subscribed',
  );
  return email;
}

function subscribersReply(call: Call, rows: Iterable<NewsSubscriber>): Reply {
  return rowsReply('newssubscribers', rows, (row) => toXml(call.store, row));
}

function toXml(store: Store, row: NewsSubscriber): XmlNode {
  const user = store.users.findByEmail(row.email);
  return container('newssubscriber', [
    leaf('id', row.id),
    leaf('tgroupid', row.templateGroupId),
    leaf('userid', user?.id ?? 0),
    leaf('email', row.email),
    leaf('isvalidated', row.isValidated),
    leaf('usergroupid', user?.userGroupId ?? 0),
  ]);
}
