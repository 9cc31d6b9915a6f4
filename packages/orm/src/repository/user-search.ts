import {
  ActionNotAvailableError,
  type CallOptions,
  checkCall,
  InvalidValueError,
  KayakoResponseError,
  metadataOf,
  type Parameters,
  RecordInvalidError,
  UnknownFieldError,
} from '@kayako-orm/core';
import { User } from '../entities/user.js';
import { type Connection } from './connection.js';
import { checkSearchQuery } from './search-query.js';

export interface UserSearchOptions extends CallOptions {
  /**
   * Every word of the query must occur, all in the same field, instead of any of them (§5.5). It is not about the order
   * of the words: for that, put them in quotes.
   */
  readonly phrase?: boolean;
}

function checkOptions(options: UserSearchOptions): UserSearchOptions {
  const { phrase } = checkCall(options);
  const unknown = Object.keys(options).filter((name) => name !== 'phrase' && name !== 'signal');
  if (unknown.length > 0) {
    throw new UnknownFieldError(
      `userSearch: there is no option ${unknown.join(', ')}. The options: phrase, signal.`,
      unknown,
    );
  }
  if (phrase !== undefined && typeof phrase !== 'boolean') {
    throw new InvalidValueError('userSearch: phrase must be true or false.');
  }
  return options;
}

const REPLY = { method: 'POST', route: '/Base/UserSearch', status: 200, body: '' } as const;

/** An old help desk has no such controller, or one without this operation (§4.4). */
function isLacking(error: unknown): error is KayakoResponseError {
  return (
    error instanceof KayakoResponseError &&
    (error.code === 'NOT_FOUND' || error.body.includes('Undeclared Function Called'))
  );
}

/** Of the rows found, only the ids are right: other columns may be those of the user's organization (§5.5). */
async function findIds(
  { runner }: Connection['executor'],
  parameters: Parameters,
  { signal }: CallOptions,
): Promise<number[]> {
  const request = { method: 'POST', route: REPLY.route, parameters } as const;
  const target = { metadata: metadataOf(User), selection: new Set(['id']) };
  const ids = new Set<number>();
  try {
    for await (const batch of runner.read(request, target, { signal })) {
      for (const { id } of batch) {
        if (typeof (id as unknown) === 'number') ids.add(id);
        else throw new RecordInvalidError('a user that the search found has no id.', REPLY);
      }
    }
  } catch (error) {
    if (signal?.aborted === true || !isLacking(error)) throw error;
    throw new ActionNotAvailableError(
      `userSearch: the help desk has no user search (${error.status}). Ask for users with ` +
        'repository(User).where({ … }); if all requests fail like this, check the url with ping().',
      { cause: error },
    );
  }
  return [...ids].sort((left, right) => left - right);
}

/** Searches users on the server, and reads those that it finds by as few requests as the planner finds. */
export async function searchUsers(
  { executor }: Connection,
  query: string,
  options: UserSearchOptions,
): Promise<User[]> {
  const { signal, phrase = false } = checkOptions(options);
  checkSearchQuery('userSearch', query);
  if (query.trim() === '0') {
    throw new InvalidValueError(
      'userSearch: the help desk takes the query 0 for an empty one (§3.3). Search for more than that.',
    );
  }
  const words = [['query', query]] as const;
  const ids = await findIds(executor, phrase ? [...words, ['phrase', '1']] : words, { signal });
  const users = await executor.entities(metadataOf(User), ids, { signal });
  // One that was deleted meanwhile is in neither.
  return ids.flatMap((id) => (users.get(id) as User | undefined) ?? []);
}
