import { type Forever } from '@kayako-orm/core';
import { type UnreadFieldOf } from './fields.js';
import { type RowQuery } from './query.js';
import { type Ref } from './ref.js';
import { type RefList } from './ref-list.js';

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

/** What a field can be compared by. */
export type Scalar = string | number | boolean | Date | Forever | null;

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

/** A related entity: itself, a condition on it, a query for it, or none. */
export type RelationCondition<Target extends object> =
  Target | Where<Target> | RowQuery<Target, unknown> | null;

/** What a field or a relation may be. */
type MemberCondition<Member> = [Member] extends [Ref<infer Target>]
  ? RelationCondition<Target>
  : [Member] extends [RefList<infer Target>]
    ? Exclude<RelationCondition<Target>, null>
    : FieldCondition<Member>;

/** Fields with values that can be compared, so neither files nor nested rows, and relations to one other entity. */
type MemberConditions<Entity> = {
  readonly [
    Name in keyof Entity as Entity[Name] extends
      Scalar | readonly Scalar[] | Ref<object> | RefList<object>
      ? Exclude<Name & string, UnreadFieldOf<Entity>>
      : never
  ]?: MemberCondition<Entity[Name]>;
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
export type Where<Entity> = MemberConditions<Entity> & Combinations<Entity>;
