import { type User } from './base-rows.js';
import { type RowSource, Table } from './table.js';

/** A source of users that can tell from an address which of its users would hold it. */
export interface UserSource extends RowSource<User> {
  idOf(email: string): number | undefined;
}

/** Users, found by id and by address; addresses are unique without regard to case (5.4). */
export class UserTable extends Table<User> {
  readonly #idsByEmail = new Map<string, number>();
  #users: UserSource | undefined;

  override extend(source: UserSource): void {
    super.extend(source);
    this.#users = source;
  }

  findByEmail(email: string): User | undefined {
    const address = email.toLowerCase();
    const stored = this.#idsByEmail.get(address);
    if (stored !== undefined) return this.get(stored);
    const generatedId = this.#users?.idOf(address);
    const user = generatedId === undefined ? undefined : this.get(generatedId);
    return user !== undefined && holds(user, address) ? user : undefined;
  }

  override insert(create: (id: number) => User): User {
    const user = super.insert(create);
    this.#index(user);
    return user;
  }

  override replace(user: User): User {
    this.#forget(user.id);
    this.#index(user);
    return super.replace(user);
  }

  override delete(id: number): boolean {
    this.#forget(id);
    return super.delete(id);
  }

  #index(user: User): void {
    for (const email of user.emails) this.#idsByEmail.set(email.toLowerCase(), user.id);
  }

  #forget(id: number): void {
    for (const email of this.get(id)?.emails ?? []) this.#idsByEmail.delete(email.toLowerCase());
  }
}

/** Whether the address is one of the user's. */
export function holds(user: User, email: string): boolean {
  const address = email.toLowerCase();
  return user.emails.some((own) => own.toLowerCase() === address);
}
