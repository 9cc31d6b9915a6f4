import { type Forever } from '@kayako-orm/core';

declare const misuse: unique symbol;

/**
 * A type that nothing fits, so that the compiler's error shows its sentence. It is no plain text because editors would
 * propose that as a value.
 */
export interface Misuse<Sentence extends string> {
  readonly [misuse]: Sentence;
}

/** How a type of value is called. */
type Kind<Value> = [Value] extends [string]
  ? string extends Value
    ? 'text'
    : 'one of its words'
  : [Value] extends [number]
    ? 'a number'
    : [Value] extends [boolean]
      ? 'true or false'
      : [Value] extends [Date]
        ? 'a Date'
        : [Value] extends [Date | Forever]
          ? 'a Date or FOREVER'
          : [Value] extends [RegExp]
            ? 'a regular expression'
            : 'a value of its type';

type Undefined<Name extends string> =
  `undefined never means any value: leave ${Name} out, or use null for none`;

/** A word that is none of the field's. */
type UnknownWord<Given, Value> = [Given, Value] extends [string, string]
  ? string extends Given | Value
    ? never
    : Given & string
  : never;

/** About a field that no row has a value of. */
export type UnreadField<Name extends string> = Name extends 'isNew'
  ? 'isNew is false for every row: it cannot be compared'
  : `${Name} is only sent and never read: it cannot be compared`;

/** About a value that the field, or an element of the list, cannot have. */
export type WrongValue<Given, Value, Name extends string> = Given extends undefined
  ? Undefined<Name>
  : Given extends null
    ? `${Name} is never null`
    : [UnknownWord<Given, NonNullable<Value>>] extends [never]
      ? `${Name} takes ${Kind<NonNullable<Value>>}`
      : `${Name} has no word ${UnknownWord<Given, NonNullable<Value>>}`;

/** About an operator that the field's type does not have. */
export type WrongOperator<
  Operator extends string,
  Value,
  Name extends string,
> = `${Name} is ${Kind<NonNullable<Value>>}, which has no operator ${Operator}`;

/** About what an operator cannot be given. */
export type WrongOperand<Given, Operand, Operator extends string> = Given extends undefined
  ? Undefined<Operator>
  : [Operand] extends [readonly (infer Element)[]]
    ? `${Operator} takes a list, each element ${Kind<NonNullable<Element>>}`
    : Given extends null
      ? `${Operator} takes no null`
      : `${Operator} takes ${Kind<NonNullable<Operand>>}`;

export type WrongRelation<Given, Name extends string> = Given extends undefined
  ? Undefined<Name>
  : `${Name} is a relation: give an entity, a condition, a query, or null`;

export type WrongCombination<Given, Name extends string> = Given extends undefined
  ? Undefined<Name>
  : `${Name} takes a list of conditions`;

export type WrongCondition<Given> = Given extends undefined
  ? Undefined<'it'>
  : 'a condition is an object of fields';
