import { type User } from '../store/base-rows.js';
import { type Call, type Controller } from './call.js';
import { refuse, rowsReply } from './documents.js';
import { demand } from './refusal.js';
import { matchesWords, parseSearchWords } from './search-words.js';
import { userToXml } from './user-view.js';

const notOffered = refuse('Not Implemented, Call POST /Base/UserSearch instead.');

/** /Base/UserSearch (5.5). */
export const userSearch: Controller = {
  app: 'Base',
  names: ['UserSearch'],
  list: notOffered,
  get: notOffered,
  create: (call) => {
    const query = call.fields.filled('query');
    demand(query !== undefined, 'Query should not be empty');
    return rowsReply('users', search(call, query), (row) => userToXml(call.store, row));
  },
  update: notOffered,
  delete: notOffered,
};

function* search(call: Call, query: string): Generator<User> {
  const { store } = call;
  const all = call.fields.isOn('phrase');
  const words = parseSearchWords(query, { all });
  const emailWords = parseSearchWords(query, { all, keepPunctuation: true });
  for (const row of store.users) {
    const texts = [
      row.fullName,
      row.phone,
      store.organizationOf(row)?.name ?? '',
      store.userGroups.get(row.userGroupId)?.title ?? '',
    ];
    const isFound =
      row.emails.some((email) => matchesWords(email, emailWords)) ||
      texts.some((text) => matchesWords(text, words));
    if (isFound) yield row;
  }
}
