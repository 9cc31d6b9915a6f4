import { type FieldOf } from './fields.js';

/** A value as a selection holds it: lists can be read only. */
export type SelectedValue<Value> = Value extends readonly (infer Element)[]
  ? readonly Element[]
  : Value;

/**
 * Some fields of an entity, as plain data: it has no methods and no relations, and is never saved. For annotations of
 * your own; `select` spells it out, so that editors show the fields instead of this name.
 */
export type Selected<Entity, Name extends FieldOf<Entity>> = {
  readonly [Key in Name]: SelectedValue<Entity[Key]>;
};
