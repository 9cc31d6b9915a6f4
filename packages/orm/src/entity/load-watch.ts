/** From how many on, loads one after the other look like a loop. */
const SUSPICIOUS = 10;
/** Call sites that were warned of; a program has not many. */
const warned = new Set<string>();

/** Frames of this package are not the caller's. */
const own = new Error().stack
  ?.split('\n')[1]
  ?.match(/((?:file:\/\/)?\/.*)\/entity\/load-watch/)?.[1];

/** The line of the program that called into this package. */
function callSite(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const frames = new Error().stack?.split('\n').slice(1) ?? [];
  Error.stackTraceLimit = stackTraceLimit;
  const isForeign = (frame: string): boolean =>
    frame.includes(':') && !frame.includes('node:') && (own === undefined || !frame.includes(own));
  return frames.find(isForeign)?.trim().replace(/^at /, '') ?? 'an unknown place';
}

interface Loads {
  running: number;
  /** How many rows were loaded for while nothing else was. */
  alone: number;
  /** The row of the last load: one that is asked again and again is no loop over rows. */
  last: WeakRef<object> | undefined;
}

/** Watches how the relations of the rows of one reply are loaded: one after the other, or together. */
export class LoadWatch {
  readonly #relations = new Map<string, Loads>();

  /**
   * A relation of one of the rows begins to load.
   * @returns to be called when it has ended.
   */
  begin(row: object, relation: string): () => void {
    const owner = row.constructor.name;
    const name = `${owner}.${relation}`;
    const loads = this.#relations.get(name) ?? { running: 0, alone: 0, last: undefined };
    this.#relations.set(name, loads);
    if (loads.running === 0 && loads.last?.deref() !== row) loads.alone += 1;
    loads.last = new WeakRef(row);
    loads.running += 1;
    if (loads.alone === SUSPICIOUS) this.#warn(name, owner, relation);
    return () => {
      loads.running -= 1;
    };
  }

  #warn(name: string, owner: string, relation: string): void {
    const site = callSite();
    if (warned.has(`${name} ${site}`)) return;
    warned.add(`${name} ${site}`);
    process.emitWarning(
      `${name} is loaded row by row, with a request each, at ${site}. ` +
        `Write include('${relation}') on the query for ${owner}: it loads them together.`,
      { type: 'KayakoWarning', code: 'KAYAKO_ROW_BY_ROW' },
    );
  }
}
