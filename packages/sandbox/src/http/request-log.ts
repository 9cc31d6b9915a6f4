import { type FormMap, type FormValue } from './form-map.js';

/** A parameter as PHP would hold it: text, a list, or named members. */
export type ParameterValue =
  string | readonly ParameterValue[] | { readonly [name: string]: ParameterValue };

/** What the server received and how it answered; the entry is completed while the reply is sent. */
export interface ReceivedRequest {
  readonly method: string;
  /** `/Base/User/Filter/1/1000`, whatever the URL style; empty if the request named no route. */
  readonly route: string;
  /** Query parameters without the route and the three authentication values. */
  readonly query: Readonly<Record<string, ParameterValue>>;
  /** Form parameters, likewise; values above 4,096 characters are cut there. */
  readonly body: Readonly<Record<string, ParameterValue>>;
  /** 0 until the reply begins. */
  readonly status: number;
  /** Body bytes handed to the connection so far, after compression. */
  readonly bytes: number;
  /** Whether the connection ended before the reply did. */
  readonly aborted: boolean;
  /** `gzip` or `identity`. */
  readonly contentEncoding: 'gzip' | 'identity';
}

export type RequestEntry = { -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key] };

/** Older entries are dropped, so that a sandbox that runs for days stays small. */
const MAX_ENTRIES = 10_000;

const MAX_VALUE_CHARACTERS = 4096;

export class RequestLog {
  readonly entries: RequestEntry[] = [];

  open(method: string): RequestEntry {
    const entry: RequestEntry = {
      method,
      route: '',
      query: {},
      body: {},
      status: 0,
      bytes: 0,
      aborted: false,
      contentEncoding: 'identity',
    };
    this.entries.push(entry);
    if (this.entries.length > MAX_ENTRIES) this.entries.shift();
    return entry;
  }

  clear(): void {
    this.entries.length = 0;
  }
}

/** Own properties only, so that a parameter called `__proto__` is a parameter. */
export function toRecord(form: FormMap): Record<string, ParameterValue> {
  return Object.fromEntries([...form].map(([name, value]) => [name, toValue(value)]));
}

function toValue(value: FormValue): ParameterValue {
  if (typeof value === 'string') return shorten(value);
  const isList = [...value.keys()].every((key, index) => key === String(index));
  return isList ? [...value.values()].map(toValue) : toRecord(value);
}

function shorten(text: string): string {
  if (text.length <= MAX_VALUE_CHARACTERS) return text;
  // A plain slice would keep the whole text alive.
  return Buffer.from(text.slice(0, MAX_VALUE_CHARACTERS), 'utf8').toString('utf8');
}
