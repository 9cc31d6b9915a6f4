import { idList, toInteger, wholeNumber } from './numbers.js';
import { UncaughtException } from './refusal.js';

/** The sanitised segments after the controller and the operation (1.2). */
export class PathArguments {
  readonly #operation: string;
  readonly #values: readonly string[];

  constructor(operation: string, values: readonly string[]) {
    this.#operation = operation;
    this.#values = values;
  }

  get all(): readonly string[] {
    return this.#values;
  }

  text(index: number): string {
    return this.#values[index] ?? '';
  }

  /** Like `text`, for an argument the operation cannot do without (4.4). */
  required(index: number): string {
    const value = this.#values[index];
    if (value === undefined) {
      throw new UncaughtException(400, `Missing argument ${index + 1} for ${this.#operation}`);
    }
    return value;
  }

  /** The id an argument stands for; `undefined` if it is no number, which no row matches (1.2). */
  id(index: number): number | undefined {
    return wholeNumber(this.required(index));
  }

  integer(index: number, otherwise: number): number {
    const value = this.#values[index];
    return value === undefined ? otherwise : toInteger(value);
  }

  ids(index: number): number[] {
    return idList(this.text(index));
  }
}
