import { FormMap, type FormValue } from '../http/form-map.js';
import { idList, toInteger, wholeNumber } from './numbers.js';

/** The parameters of a request with PHP's notions of sent, filled and flag (3.3). */
export class Fields {
  readonly #form: FormMap;

  constructor(form: FormMap) {
    this.#form = form;
  }

  get form(): FormMap {
    return this.#form;
  }

  value(name: string): FormValue | undefined {
    return this.#form.get(name);
  }

  /** Whether the parameter was sent as text, possibly empty ("present"). */
  isPresent(name: string): boolean {
    return this.text(name) !== undefined;
  }

  /** Whether it was sent, is more than white space and is not `0` ("filled"). */
  isFilled(name: string): boolean {
    return this.filled(name) !== undefined;
  }

  text(name: string): string | undefined {
    const value = this.#form.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  filled(name: string): string | undefined {
    const text = this.text(name);
    return text === undefined || text.trim() === '' || text === '0' ? undefined : text;
  }

  /** The text unless it is absent or empty, for optional texts where empty means "keep". */
  nonEmpty(name: string): string | undefined {
    return this.text(name) === '' ? undefined : this.text(name);
  }

  /** The number sent, 0 without one. */
  integer(name: string): number {
    return toInteger(this.text(name) ?? '');
  }

  /** The number sent; `undefined` if nothing or an empty text was sent. */
  optionalInteger(name: string): number | undefined {
    const text = this.nonEmpty(name);
    return text === undefined ? undefined : toInteger(text);
  }

  /** On only for the value `1`. */
  isOn(name: string): boolean {
    return this.text(name)?.trim() === '1';
  }

  /** A flag by integer conversion; `undefined` if nothing or an empty text was sent. */
  optionalFlag(name: string): boolean | undefined {
    const value = this.optionalInteger(name);
    return value === undefined ? undefined : value !== 0;
  }

  /** One of the words, or `undefined` for anything else. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    return words.find((word) => word === this.text(name));
  }

  /** A number of a table of 3.4 that runs from 1 to `highest`; `undefined` for anything else. */
  code(name: string, highest: number): number | undefined {
    const value = wholeNumber(this.text(name)?.trim() ?? '') ?? 0;
    return value >= 1 && value <= highest ? value : undefined;
  }

  /** The numbers of a comma-separated text, each once; `undefined` if none was sent. */
  ids(name: string): number[] | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : [...new Set(idList(text))];
  }

  /** The members of an array parameter without the empty ones; `undefined` for a scalar (1.3). */
  list(name: string): string[] | undefined {
    const value = this.#form.get(name);
    if (!(value instanceof FormMap)) return undefined;
    return [...value.values()].filter(
      (member): member is string => typeof member === 'string' && member !== '',
    );
  }
}
