import { type FieldOf } from './fields.js';

/** The values that a field is compared with: for a list field, those of its elements. */
type Comparable<Value> = Value extends readonly (infer Element)[] ? Element : Value;

/** What a field may be: equal to a value, or to one of several. */
export type FieldCondition<Value> = Comparable<Value> | readonly Comparable<Value>[];

/**
 * A condition on the fields of an entity. All keys must hold.
 *
 * @example const condition: Where<Ticket> = { departmentId: 1, statusId: [1, 2], ownerStaffId: null };
 */
export type Where<Entity> = {
  readonly [Name in FieldOf<Entity>]?: FieldCondition<Entity[Name]>;
};
