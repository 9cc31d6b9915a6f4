import {
  Field,
  type FieldMetadata,
  type FieldType,
  refuseStandardDecorators,
} from '@kayako-orm/core';
import { type CustomFile, customFile } from './custom-file.js';

/** What a custom field holds in an entity of one's own, by the kind of field that it is declared for. */
export interface CustomFieldContents {
  /** text, text area, password, radio, select, custom; the text of the option for radio and select. */
  readonly text: string | null;
  /** checkbox and multi-select: the texts of the options; linked select: those from the parent down. */
  readonly list: string[];
  /** A day: midnight UTC. */
  readonly date: Date | null;
  /** To set it, give it a new CustomFile. */
  readonly file: CustomFile | null;
}

export type CustomFieldKind = keyof CustomFieldContents;

const FIELD_TYPES: Readonly<Record<CustomFieldKind, FieldType>> = {
  text: 'optionalText',
  list: ['text'],
  date: 'date',
  file: customFile,
};

/** The kind that a field was declared as. */
export function declaredKindOf({ list, codec }: FieldMetadata): CustomFieldKind {
  if (list) return 'list';
  if (codec?.comparison === 'none') return 'file';
  return codec?.comparison === 'order' ? 'date' : 'text';
}

/** What a property is refused with that cannot hold all that the field may have. */
export interface WrongCustomFieldType<Value> {
  readonly 'the property must be declared with this type': Value;
}

/** A decorator for properties of exactly this type. */
type CustomFieldDecorator<Value> = <
  Name extends string,
  Target extends Readonly<Record<Name, Value>>,
>(
  target: Target & ([Value] extends [Target[Name]] ? unknown : WrongCustomFieldType<Value>),
  property: Name,
) => void;

/**
 * Declares a custom field of the help desk as a field of one's own ticket class, by its title or by its opaque name. It
 * can stand in `where` and is saved with the ticket. The help desk keeps it apart from the ticket, so reading it costs a
 * request for each ticket (§6.6); a query that neither looks at it nor hands it out sends none.
 *
 * Before the first request the class is compared with the help desk's definitions; a field that is not there, or of
 * another kind, is refused with METADATA_INVALID, saying what to write instead.
 *
 * @example
 * ```ts
 * class SupportTicket extends Ticket {
 *   @CustomField('Order number') orderNumber!: string | null;
 *   @CustomField('Products', { type: 'list' }) products!: string[];
 * }
 * ```
 */
export function CustomField(title: string): CustomFieldDecorator<string | null>;
export function CustomField<const Kind extends CustomFieldKind>(
  title: string,
  options: { readonly type: Kind },
): CustomFieldDecorator<CustomFieldContents[Kind]>;
export function CustomField(
  title: string,
  { type }: { readonly type: CustomFieldKind } = { type: 'text' },
): CustomFieldDecorator<unknown> {
  return (target, property) => {
    refuseStandardDecorators('CustomField', property);
    Field({ apart: title, type: FIELD_TYPES[type] })(target, property);
  };
}
