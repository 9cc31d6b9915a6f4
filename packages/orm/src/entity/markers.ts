// Type-level facts about entities. The symbols exist for the compiler only; nothing is stored under them.

/** Names of the fields that are sent but never come back, such as passwords: not for conditions. */
export declare const writeOnly: unique symbol;

/** The entity's list is paged by marker and maxitems (§5.4). */
export declare const markerPaged: unique symbol;

/** The entity lives under a ticket: lists and gets need the ticket's id. */
export declare const ticketChild: unique symbol;

/** There is exactly one such object. */
export declare const singleton: unique symbol;

export interface MarkerPaged {
  readonly [markerPaged]: true;
}

export interface TicketChild {
  readonly [ticketChild]: true;
}

export interface Singleton {
  readonly [singleton]: true;
}

/** The value is a relation, not a field. */
export declare const relationValue: unique symbol;
