import { FOREVER } from '../codec/date.js';

/** An object literal, of whatever realm. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  if (value === FOREVER) return false;
  // Objects of another realm have an Object.prototype of their own.
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.hasOwn(prototype as object, 'isPrototypeOf');
}
