// Type-level facts about entities. The symbols exist for the compiler only; nothing is stored under them.

/** Names of the fields that are sent but never come back, such as passwords: not for conditions. */
export declare const writeOnly: unique symbol;

/** The entity's list is paged by marker and maxitems (§5.4). */
export declare const markerPaged: unique symbol;

/** Name of the field with the parent's id, of an entity whose lists and gets need it: `ticketId`. */
export declare const childOf: unique symbol;

/** There is exactly one such object. */
export declare const singleton: unique symbol;

export interface MarkerPaged {
  readonly [markerPaged]: true;
}

export interface ChildOf<Field extends string> {
  readonly [childOf]: Field;
}

export interface Singleton {
  readonly [singleton]: true;
}

/** The value is a relation, not a field. */
export declare const relationValue: unique symbol;
