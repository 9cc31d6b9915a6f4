import { type Reply } from '../http/reply.js';
import { type NewsSubscriber } from '../store/news-rows.js';
import { type Store } from '../store/store.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsById, rowsReply } from './documents.js';
import { isEmailAddress } from './email-address.js';
import { demand } from './refusal.js';
import { DEFAULT_TEMPLATE_GROUP_ID } from './template-group.js';

/** /News/Subscriber (7.4). */
export const newsSubscriber: Controller = {
  app: 'News',
  names: ['Subscriber'],
  list: (call) => subscribersReply(call, call.store.newsSubscribers),
  get: (call) => subscribersReply(call, rowsById(call, call.store.newsSubscribers)),
  create: (call) => {
    const email = demandAddress(call);
    const row = call.store.newsSubscribers.insert((id) => ({
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
    return subscribersReply(call, [call.store.newsSubscribers.replace({ ...present, email })]);
  },
  delete: (call) => {
    call.store.newsSubscribers.delete(load(call).id);
    return deletedReply();
  },
};

function load(call: Call): NewsSubscriber {
  return loadRow(call, call.store.newsSubscribers, () => 'Invalid news subscriber ID');
}

/** The address sent, in lower case; it must belong to no other subscriber. */
function demandAddress(call: Call, ownId?: number): string {
  const email = call.fields.filled('email')?.trim().toLowerCase();
  demand(email !== undefined, 'Email field is empty');
  demand(isEmailAddress(email), 'Invalid email address');
  const holder = call.store.newsSubscribers.find((row) => row.email === email);
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
