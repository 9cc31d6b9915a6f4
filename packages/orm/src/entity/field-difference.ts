/** What becomes of one field. */
export interface FieldDifference {
  readonly field: string;
  /** As the help desk had it when the entity was read; undefined for a new one. */
  readonly before: unknown;
  /** Of a secret field such as a password only that it is set, `(secret)`; of a file only its size, `(12 bytes)`. */
  readonly after: unknown;
}
