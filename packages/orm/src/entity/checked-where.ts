import { type BaseEntity } from './entity.js';
import { type UnreadFieldOf } from './fields.js';
import {
  type Misuse,
  type UnreadField,
  type WrongCombination,
  type WrongCondition,
  type WrongOperand,
  type WrongOperator,
  type WrongRelation,
  type WrongValue,
} from './condition-misuse.js';
import { type RowQuery } from './query.js';
import { type Ref } from './ref.js';
import { type RefList } from './ref-list.js';
import { type OperatorsOf, type Scalar, type Where } from './where.js';

/**
 * The condition as given when it is one, otherwise the same with a sentence in place of each part that must not be in
 * it. The compiler's own checks would not do: whether they see `undefined` depends on the project's settings, a generic
 * parameter switches the one for unknown keys off, and of a wrong value they list every type that would be right.
 */
export type CheckedWhere<Given, Entity> =
  // Given itself where nothing is wrong, so that editors show no more than that.
  [Given] extends [CheckedCondition<Given, Entity>] ? Given : CheckedCondition<Given, Entity>;

/** What is declared a condition is not looked into: that would cost time, and fail where Entity is a type parameter. */
type CheckedCondition<Given, Entity> = [Where<Entity>, Given] extends [Given, Where<Entity>]
  ? Given
  : CheckedPart<Given, Entity>;

/** What has no parts to look into. */
type Opaque =
  Scalar | undefined | bigint | symbol | RegExp | Related | ((...args: never[]) => unknown);

/** Entities and queries. */
type Related = BaseEntity | AsyncIterable<unknown>;

type CheckedPart<Given, Entity> = Given extends Opaque | readonly unknown[]
  ? Misuse<WrongCondition<Given>>
  : [Where<Entity>, Given] extends [Given, Where<Entity>]
    ? Given
    : CheckedKeys<Given, Entity>;

type CheckedKeys<Given, Entity> = {
  readonly [Key in keyof Given]: Key extends 'or' | 'and'
    ? CheckedCombination<Given[Key], Entity, Key>
    : Key extends 'not'
      ? CheckedCondition<Given[Key], Entity>
      : Key extends keyof Entity
        ? Key extends UnreadFieldOf<Entity>
          ? Misuse<UnreadField<Key & string>>
          : CheckedMember<Given[Key], Entity[Key], Key & string>
        : Misuse<`there is no field ${Key & string}`>;
};

type CheckedCombination<Given, Entity, Key extends string> = Given extends readonly unknown[]
  ? CheckedConditions<Given, Entity>
  : Misuse<WrongCombination<Given, Key>>;

type CheckedConditions<Given extends readonly unknown[], Entity> = {
  readonly [Index in keyof Given]: CheckedCondition<Given[Index], Entity>;
};

type CheckedMember<Given, Member, Name extends string> = [Member] extends [Scalar]
  ? CheckedField<Given, Member, Name>
  : Member extends Ref<infer Target>
    ? CheckedRelation<Given, Target, Name>
    : Member extends RefList<infer Target>
      ? CheckedRelationList<Given, Target, Name>
      : Member extends readonly (infer Element extends Scalar)[]
        ? CheckedList<Given, Element, Name>
        : Misuse<`${Name} is no field that can be compared`>;

type CheckedField<Given, Value, Name extends string> = Given extends Value | readonly Value[]
  ? Given
  : Given extends Opaque
    ? Misuse<WrongValue<Given, Value, Name>>
    : Given extends readonly unknown[]
      ? CheckedElements<Given, Value, Name>
      : CheckedOperators<Given, Value, OperatorsOf<Value>, Name>;

type CheckedElements<Given extends readonly unknown[], Value, Name extends string> = {
  readonly [Index in keyof Given]: CheckedElement<Given[Index], Value, Name>;
};

type CheckedElement<Given, Value, Name extends string> = Given extends Value
  ? Given
  : Misuse<WrongValue<Given, Value, Name>>;

type CheckedOperators<Given, Value, Operators, Name extends string> = {
  readonly [Key in keyof Given]: Key extends keyof Operators
    ? CheckedOperand<Given[Key], Required<Operators>[Key], Key & string>
    : Misuse<WrongOperator<Key & string, Value, Name>>;
};

type CheckedOperand<Given, Operand, Key extends string> = Given extends Operand
  ? Given
  : Misuse<WrongOperand<Given, Operand, Key>>;

type CheckedList<Given, Element, Name extends string> = Given extends Element | readonly Element[]
  ? Given
  : Given extends Opaque
    ? Misuse<WrongValue<Given, Element, Name>>
    : Given extends readonly unknown[]
      ? CheckedElements<Given, Element, Name>
      : {
          readonly [Key in keyof Given]: Key extends 'some'
            ? CheckedField<Given[Key], Element, 'some'>
            : Misuse<`${Name} is a list: give a value, several values, or { some: condition }`>;
        };

type CheckedRelationList<Given, Target extends object, Name extends string> = Given extends null
  ? Misuse<`${Name} is a list, which is never null`>
  : CheckedRelation<Given, Target, Name>;

type CheckedRelation<Given, Target extends object, Name extends string> = Given extends
  null | Target | RowQuery<Target, unknown>
  ? Given
  : Given extends Related
    ? Misuse<`${Name} refers to another class`>
    : Given extends Opaque | readonly unknown[]
      ? Misuse<WrongRelation<Given, Name>>
      : CheckedCondition<Given, Target>;
