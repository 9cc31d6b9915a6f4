import {
  type AddableEntity,
  type BaseEntity,
  type EditableEntity,
  type ReadableEntity,
} from './entity.js';
import { type ChildOf } from './markers.js';

/** What a method takes whose action the entity lacks: nothing fits, and the name says why. */
export interface ActionNotAvailable<Action extends string> {
  readonly 'the help desk does not offer this action for this entity': Action;
}

/** What a method is called on: anything where the action is available. */
export type Available<Allowed> = Allowed extends ActionNotAvailable<string> ? Allowed : unknown;

/** Entities that can be added; classes without one of the base classes are trusted. */
export type Addable<Entity> = Entity extends BaseEntity
  ? Entity extends AddableEntity
    ? Entity
    : ActionNotAvailable<'add'>
  : Entity;

export type Deletable<Entity> = Entity extends BaseEntity
  ? Entity extends AddableEntity
    ? Entity
    : ActionNotAvailable<'delete'>
  : Entity;

export type Savable<Entity> = Entity extends BaseEntity
  ? Entity extends EditableEntity
    ? Entity
    : ActionNotAvailable<'save'>
  : Entity;

export type Reloadable<Entity> = Entity extends BaseEntity
  ? Entity extends ReadableEntity
    ? Entity
    : ActionNotAvailable<'get'>
  : Entity;

/** The ids that address one record: for children of a ticket or an article, that one's first. */
export type RecordIds<Entity> = Entity extends BaseEntity
  ? Entity extends ReadableEntity
    ? AddressOf<Entity>
    : readonly [ActionNotAvailable<'get'>]
  : AddressOf<Entity>;

type AddressOf<Entity> =
  Entity extends ChildOf<string> ? readonly [parentId: number, id: number] : readonly [id: number];
