import { type WritableFieldOf } from './fields.js';

/** A list field also takes a single value. */
type Input<Value> = Value extends readonly (infer Element)[] ? Value | Element : Value;

/** What a new entity can be given: its writable fields, all of them optional until it is added. */
export type CreateInput<Entity> = [WritableFieldOf<Entity>] extends [never]
  ? Readonly<Record<string, never>>
  : { [Name in WritableFieldOf<Entity>]?: Input<Entity[Name]> };
