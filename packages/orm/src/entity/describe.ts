import {
  type Action,
  type EntityClass,
  isReadable,
  metadataOf,
  type WriteAction,
} from '@kayako-orm/core';

export interface FieldDescription {
  readonly name: string;
  /** For people: `text`, `Date`, `'public' | 'private'`, … */
  readonly type: string;
  readonly readable: boolean;
  readonly addable: boolean;
  readonly savable: boolean;
}

/** What an action needs and takes, by field name. */
export interface ActionFields {
  readonly required: readonly string[];
  /** Of each group at least one. */
  readonly oneOf: readonly (readonly string[])[];
  readonly optional: readonly string[];
}

export interface EntityDescription {
  readonly name: string;
  readonly route: string;
  readonly actions: readonly Action[];
  readonly fields: readonly FieldDescription[];
  /** null when the entity lacks the action. */
  readonly add: ActionFields | null;
  readonly save: ActionFields | null;
  readonly relations: readonly {
    readonly name: string;
    readonly target: string;
    readonly many: boolean;
  }[];
}

/**
 * What an entity class declares: its fields, and which of them adding and saving need and take.
 *
 * @example describe(User).add?.required // ['userGroupId', 'fullName', 'email', 'password']
 */
export function describe(type: EntityClass): EntityDescription {
  const metadata = metadataOf(type);
  const fields = [...metadata.fields.values()];
  const actionFields = (action: WriteAction): ActionFields | null => {
    if (!metadata.actions.has(action)) return null;
    const oneOf = action === 'add' ? metadata.alternatives : [];
    const grouped = new Set(oneOf.flat());
    const sent = fields.filter((field) => field.write[action] !== null);
    return {
      required: sent.filter((field) => field.required[action]).map((field) => field.name),
      oneOf,
      optional: sent
        .filter((field) => !field.required[action] && !grouped.has(field.name))
        .map((field) => field.name),
    };
  };
  return {
    name: metadata.name,
    route: metadata.route,
    actions: [...metadata.actions],
    fields: fields.map((field) => ({
      name: field.name,
      type: field.codec?.name ?? `list of ${field.nested?.name ?? 'rows'}`,
      readable: isReadable(field),
      addable: field.write.add !== null,
      savable: field.write.save !== null,
    })),
    add: actionFields('add'),
    save: actionFields('save'),
    relations: [...metadata.relations.values()].map(({ name, target, kind }) => ({
      name,
      target: target().name,
      many: kind === 'hasMany',
    })),
  };
}
