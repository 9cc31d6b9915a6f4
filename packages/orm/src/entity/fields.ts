import { type Forever } from '@kayako-orm/core';
import { type relationValue, type writeOnly } from './markers.js';

type Method = (...args: never[]) => unknown;
interface Relation {
  readonly [relationValue]: true;
}

/** Names of an entity's fields: everything that is no method, no relation and not symbol-keyed. */
type DataFieldOf<Entity> = {
  [Name in keyof Entity & string]: Entity[Name] extends Method | Relation ? never : Name;
}[keyof Entity & string];

/** Names of the fields that are sent but never read. */
type WriteOnlyFieldOf<Entity> = Entity extends { readonly [writeOnly]: infer Name } ? Name : never;

/** Names of the fields that say nothing about a row that was read. */
export type UnreadFieldOf<Entity> = WriteOnlyFieldOf<Entity> | 'isNew';

/** Names of the fields that can stand in a condition. */
export type FieldOf<Entity> = Exclude<DataFieldOf<Entity>, UnreadFieldOf<Entity>>;

/** Names of the fields that rows can be ordered by: those with a single value. */
export type OrderableFieldOf<Entity> = {
  [Name in FieldOf<Entity>]: Entity[Name] extends string | number | boolean | Date | Forever | null
    ? Name
    : never;
}[FieldOf<Entity>];

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };
// The only way to see a `readonly` is to ask whether two generic functions are the same type.
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- each is compared, not called */
type Same<A, B> =
  (<Value>() => Value extends A ? 1 : 2) extends <Value>() => Value extends B ? 1 : 2
    ? true
    : false;

/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

/** Names of the fields that are not `readonly`: those that can be given and changed. */
export type WritableFieldOf<Entity> = {
  [Name in DataFieldOf<Entity>]: Same<Pick<Entity, Name>, Mutable<Pick<Entity, Name>>> extends true
    ? Name
    : never;
}[DataFieldOf<Entity>];
