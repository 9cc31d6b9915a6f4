import {
  type Change,
  type Query,
  type Repository,
  watch,
  type WatchOptions,
} from '@kayako-orm/orm';
import { type Observable, type Subscription } from 'rxjs';

/** A watch whose polls a test lets happen one by one: each next one waits for what `checkpoint` returned. */
export class Feed<Entity extends object> {
  readonly changes$: Observable<Change<Entity>>;
  /** The cursor of the last poll that ended, as JSON. */
  cursor = '';
  #fresh: Change<Entity>[] = [];
  #subscription: Subscription | undefined;
  #next: () => void = () => undefined;
  #ended: (error?: unknown) => void = () => undefined;

  constructor(
    query: Query<Entity> | Repository<Entity>,
    options: Omit<WatchOptions, 'everyMs' | 'checkpoint'> = {},
  ) {
    this.changes$ = watch(query, {
      ...options,
      everyMs: 1,
      checkpoint: (cursor) => {
        this.cursor = JSON.stringify(cursor);
        this.#ended();
        return new Promise<void>((resolve) => {
          this.#next = resolve;
        });
      },
    });
  }

  /** Lets one poll happen, subscribing first where that is not so, and gives what it brought. Rejects when the feed ends. */
  async poll(): Promise<Change<Entity>[]> {
    this.#fresh = [];
    const poll = new Promise<void>((resolve, reject) => {
      this.#ended = (error) => {
        if (error === undefined) resolve();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the test wants the very error
        else reject(error);
      };
    });
    if (this.#subscription?.closed === false) this.#next();
    else {
      this.#subscription = this.changes$.subscribe({
        next: (change) => this.#fresh.push(change),
        error: (error: unknown) => {
          this.#ended(error);
        },
      });
    }
    await poll;
    return this.#fresh;
  }

  /** Unsubscribes. */
  stop(): void {
    this.#subscription?.unsubscribe();
  }
}

interface ShortChange {
  readonly kind: string;
  readonly entity: { readonly id: number };
  readonly fields: readonly string[];
}

/** Changes in short: `added 5`, `changed 5 lastActivity replies`. */
export function inShort(changes: readonly ShortChange[]): string[] {
  return changes.map(({ kind, entity, fields }) => [kind, entity.id, ...fields].join(' '));
}
