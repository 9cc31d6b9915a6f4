import {
  ActionNotAvailableError,
  type EntityClass,
  type EntityMetadata,
  KayakoError,
  RequiredFieldsError,
} from '@kayako-orm/core';
import { metadataOfEntity, showEntity } from '../entity/entity.js';
import { type Lifecycle } from '../entity/lifecycle.js';
import { recordRoute } from '../engine/hydration/record-route.js';
import { changesOf, type FieldChange, writableFieldsOf } from '../engine/hydration/snapshot.js';
import { fieldDifferences } from '../engine/writing/field-differences.js';
import { addValues, effectiveChanges, saveValues } from '../engine/writing/write-values.js';
import { type FlushStep } from './flush-report.js';
import { type UnitOfWork } from './unit-of-work.js';

/** A step while its flush is under way. */
export type OpenStep = { -readonly [Key in keyof FlushStep]: FlushStep[Key] };

/** Turns what is pending into requests, checks them, and sends none. */
export class FlushPlanner {
  readonly #unit: UnitOfWork;
  readonly #lifecycle: Lifecycle;

  constructor(unit: UnitOfWork, lifecycle: Lifecycle) {
    this.#unit = unit;
    this.#lifecycle = lifecycle;
  }

  /** @throws {InvalidValueError} when new entities refer to one another in a circle. */
  plan(): OpenStep[] {
    const { adds, saves, deletes } = this.#unit.pending();
    return [
      ...adds.map((entity) => this.#add(entity)),
      ...saves.flatMap((entity) => this.#save(entity)),
      ...deletes.map((entity) => this.#delete(entity)),
    ];
  }

  #add(entity: object): OpenStep {
    const metadata = metadataOfEntity(entity);
    const values = this.#unit.upcoming(entity);
    const given = (source: Readonly<Record<string, unknown>>): FlushStep['changes'] => {
      const fields = writableFieldsOf(metadata).filter(
        ({ name, write }) => write.add !== null && (source[name] ?? null) !== null,
      );
      return this.#differences(
        entity,
        fields.map((field) => ({ field, before: undefined, after: source[field.name] })),
      );
    };
    const step = openStep('add', entity, `POST ${metadata.route}`, given(values));
    this.#check(step, 'beforeAdd', () => {
      refuseUnaddable(metadata);
      const sent = addValues(entity, metadata, values);
      step.sent = Object.keys(sent);
      step.changes = given(sent);
    });
    return step;
  }

  /** No step where nothing has changed that the help desk could see. */
  #save(entity: object): OpenStep[] {
    const metadata = metadataOfEntity(entity);
    const values = this.#unit.upcoming(entity);
    const changed = changesOf(entity, metadata, values);
    const step = openStep('save', entity, '', this.#differences(entity, changed));
    let isChanged = changed.length > 0;
    this.#check(step, 'beforeSave', () => {
      const changes = effectiveChanges(metadata, changed);
      isChanged = changes.length > 0;
      if (!isChanged) return;
      step.request = `PUT ${recordRoute(entity, metadata)}`;
      step.changes = this.#differences(entity, changes);
      step.sent = Object.keys(saveValues(values, metadata, changes));
    });
    return isChanged ? [step] : [];
  }

  #delete(entity: object): OpenStep {
    const step = openStep('delete', entity, '', []);
    this.#check(step, 'beforeDelete', () => {
      step.request = `DELETE ${recordRoute(entity, metadataOfEntity(entity))}`;
    });
    return step;
  }

  #differences(entity: object, changes: readonly FieldChange[]): FlushStep['changes'] {
    const deferred = this.#unit.references.of(entity);
    return fieldDifferences(
      changes.map((change) => {
        const deferral = deferred.get(change.field.name);
        return deferral === undefined ? change : { ...change, after: showEntity(deferral.target) };
      }),
    );
  }

  #check(
    step: OpenStep,
    event: 'beforeAdd' | 'beforeSave' | 'beforeDelete',
    prepare: () => void,
  ): void {
    try {
      prepare();
    } catch (error) {
      const type = step.entity.constructor as EntityClass;
      if (!(error instanceof KayakoError)) throw error;
      // Whoever listens may still set them.
      if (error instanceof RequiredFieldsError && this.#lifecycle.hears(event, type)) return;
      step.status = 'failed';
      step.error = error;
    }
  }
}

function openStep(
  action: FlushStep['action'],
  entity: object,
  request: string,
  changes: FlushStep['changes'],
): OpenStep {
  return { action, entity, request, changes, sent: [], status: 'planned', error: undefined };
}

function refuseUnaddable(metadata: EntityMetadata): void {
  if (metadata.actions.has('add')) return;
  throw new ActionNotAvailableError(
    `${metadata.name} has no add action, so a new one cannot be referred to. It offers: ${[...metadata.actions].join(', ')}.`,
  );
}
