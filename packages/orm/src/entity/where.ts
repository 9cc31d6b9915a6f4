import { type Forever } from '@kayako-orm/core';
import { type BaseEntity } from './entity.js';
import { type FieldOf } from './fields.js';
import { type Query } from './query.js';
import { type Ref } from './ref.js';

/** What every field can be compared with. */
export interface EqualityOperators<Value> {
  readonly eq?: Value;
  /** The negation of `eq`: rows with null match. */
  readonly ne?: Value;
  readonly in?: readonly Value[];
  /** The negation of `in`: rows with null match. */
  readonly notIn?: readonly Value[];
}

/** Numbers and dates. A comparison with a field that is null is false. */
export interface OrderOperators<Value> extends EqualityOperators<Value> {
  readonly gt?: NonNullable<Value>;
  readonly gte?: NonNullable<Value>;
  readonly lt?: NonNullable<Value>;
  readonly lte?: NonNullable<Value>;
}

/** Text, by code point and case. */
export interface TextOperators<Value> extends OrderOperators<Value> {
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly matches?: RegExp;
  /** Folds case for all operators beside it. */
  readonly ignoreCase?: boolean;
}

type Scalar = string | number | boolean | Date | Forever | null;

/** The operators that a type of value has. */
export type OperatorsOf<Value> = [NonNullable<Value>] extends [number | Date | Forever]
  ? OrderOperators<Value>
  : string extends Value
    ? TextOperators<Value>
    : EqualityOperators<Value>;

/** A list field: some element is this, one of these, or fulfils a condition. */
export type ListCondition<Element> =
  | Element
  | readonly Element[]
  | { readonly some: Element | readonly Element[] | OperatorsOf<Element> };

/** What a field may be: a value, one of several, or what operators say; all operators in one object must hold. */
export type FieldCondition<Value> = [Value] extends [readonly (infer Element)[]]
  ? ListCondition<Element>
  : Value | readonly Value[] | OperatorsOf<Value>;

/** Fields whose values can be compared: not files, not nested rows. */
type ComparableFieldOf<Entity> = {
  [Name in FieldOf<Entity>]: Entity[Name] extends Scalar | readonly Scalar[] ? Name : never;
}[FieldOf<Entity>];

type RefOf<Entity> = {
  [Name in keyof Entity & string]: Entity[Name] extends Ref<object> ? Name : never;
}[keyof Entity & string];

/** A related entity: itself, a condition on it, a query for it, or none. */
export type RelationCondition<Target extends object> =
  Target | Where<Target> | Query<Target, unknown> | null;

type FieldConditions<Entity> = {
  readonly [Name in ComparableFieldOf<Entity>]?: FieldCondition<Entity[Name]>;
};

type RelationConditions<Entity> = {
  readonly [Name in RefOf<Entity>]?: Entity[Name] extends Ref<infer Target>
    ? RelationCondition<Target>
    : never;
};

interface Combinations<Entity> {
  /** One of these holds; an empty list holds for no row. */
  readonly or?: readonly Where<Entity>[];
  /** All of these hold. */
  readonly and?: readonly Where<Entity>[];
  /** This does not hold. */
  readonly not?: Where<Entity>;
}

/**
 * A condition on the fields and relations of an entity. All keys must hold.
 *
 * @example
 * ```ts
 * const condition: Where<Ticket> = {
 *   department: { title: 'Sales' }, replies: { gte: 3 }, or: [{ ownerStaffId: null }, { tags: 'urgent' }],
 * };
 * ```
 */
export type Where<Entity> = FieldConditions<Entity> &
  RelationConditions<Entity> &
  Combinations<Entity>;

/** Values that a condition holds as they are: they are not looked into. */
type Opaque = Scalar | RegExp | Related;

/** Entities and queries. */
type Related = BaseEntity | AsyncIterable<unknown>;

/**
 * The condition as given, with a sentence in place of what must not be in it. A generic parameter switches TypeScript's
 * own check for unknown keys off, and without `exactOptionalPropertyTypes` an `undefined` would pass.
 */
export type CheckedWhere<Given, Allowed> = {
  readonly [Key in keyof Given]: Key extends keyof Allowed
    ? CheckedValue<Given, Key, Exclude<Allowed[Key], undefined>>
    : `there is no field ${Key & string}`;
};

type CheckedValue<Given, Key extends keyof Given, Allowed> =
  Partial<Pick<Given, Key>> extends Pick<Given, Key>
    ? Given[Key]
    : undefined extends Given[Key]
      ? 'undefined never means "any": leave the key out, or use null for "none"'
      : Given[Key] extends Related
        ? Given[Key] extends Extract<Allowed, Related>
          ? Given[Key]
          : 'the relation refers to another class'
        : Given[Key] extends Opaque | readonly Opaque[]
          ? Given[Key]
          : Given[Key] extends readonly unknown[]
            ? CheckedList<Given[Key], Allowed>
            : CheckedWhere<Given[Key], KeysOf<Allowed>>;

type CheckedList<List extends readonly unknown[], Allowed> = {
  readonly [Index in keyof List]: CheckedElement<List[Index], Allowed>;
};

type CheckedElement<Given, Allowed> = undefined extends Given
  ? 'undefined is no value: leave it out, or use null for "none"'
  : Given extends Opaque
    ? Given
    : CheckedWhere<Given, KeysOf<Allowed extends readonly (infer Element)[] ? Element : Allowed>>;

/** All keys that any of the plain objects in a union has. */
type KeysOf<Union> = Union extends Opaque | readonly unknown[] ? never : Union;
