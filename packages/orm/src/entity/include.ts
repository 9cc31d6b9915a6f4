import { type Collection } from './collection.js';
import { type Direction } from './direction.js';
import { type OrderableFieldOf } from './fields.js';
import { type Ref } from './ref.js';
import { type RefList } from './ref-list.js';
import { type Where } from './where.js';

type RelationNameOf<Entity> = {
  [Name in keyof Entity & string]: Entity[Name] extends
    Ref<object> | RefList<object> | Collection<object>
    ? Name
    : never;
}[keyof Entity & string];

type TargetOf<Relation> = Relation extends
  Ref<infer Target> | RefList<infer Target> | Collection<infer Target>
  ? Target
  : never;

type Below<Entity, Name extends keyof Entity> = TargetOf<Entity[Name]>;

// Written out, because a recursive type would be computed anew wherever its depth differs.
type Path1<Entity> = RelationNameOf<Entity>;
type Path2<Entity> = {
  [Name in RelationNameOf<Entity>]: Name | `${Name}.${Path1<Below<Entity, Name>>}`;
}[RelationNameOf<Entity>];

/** Names of relations, of those of their targets, and of those of theirs: `'posts'`, `'posts.attachments'`, … */
export type IncludePath<Entity> = {
  [Name in RelationNameOf<Entity>]: Name | `${Name}.${Path2<Below<Entity, Name>>}`;
}[RelationNameOf<Entity>];

/** Which children are included, in which order, and how many at most for each parent. */
export interface IncludeOptions<Target> {
  readonly where?: Where<Target>;
  readonly orderBy?: Readonly<Partial<Record<OrderableFieldOf<Target>, Direction>>>;
  readonly take?: number;
  readonly include?: IncludeTree<Target>;
}

/** Relations to include, by name: `true`, or for children what {@link IncludeOptions} says. */
export type IncludeTree<Entity> = {
  readonly [Name in RelationNameOf<Entity>]?: Entity[Name] extends
    Ref<infer Target> | RefList<infer Target>
    ? true | { readonly include: IncludeTree<Target> }
    : true | IncludeOptions<TargetOf<Entity[Name]>>;
};

/** The paths that a tree names. */
export type TreePath<Tree> = {
  [Name in keyof Tree & string]:
    | Name
    | (Tree[Name] extends { readonly include: infer Inner } ? `${Name}.${TreePath<Inner>}` : never);
}[keyof Tree & string];

type HeadOf<Path> = Path extends `${infer Head}.${string}` ? Head : Path;
type TailOf<Path, Head extends string> = Path extends `${Head}.${infer Tail}` ? Tail : never;

/** A reference whose entity was included. */
export interface LoadedRef<Target extends object> extends Ref<Target> {
  /** The entity; null when there is none, or when the reference was changed to one that was not read. */
  readonly value: Target | null;
}

/** References to several entities, which were included. */
export interface LoadedRefList<Target extends object> extends RefList<Target> {
  /** Those that the help desk had when the query was run and that are still referred to, by ascending id. */
  readonly items: readonly Target[];
}

/** Children that were included. */
export interface LoadedCollection<Target extends object> extends Collection<Target> {
  /** As they were when the query was run. */
  readonly items: readonly Target[];
}

/** An entity with the relations that were included. */
export type Loaded<Entity extends object, Path> = [Path] extends [never]
  ? Entity
  : Entity & {
      readonly [Name in HeadOf<Path> & keyof Entity & string]: LoadedRelation<
        Entity[Name],
        TailOf<Path, Name>
      >;
    };

type LoadedRelation<Relation, Path> =
  Relation extends Ref<infer Target>
    ? LoadedRef<Loaded<Target, Path>>
    : Relation extends RefList<infer Target>
      ? LoadedRefList<Loaded<Target, Path>>
      : Relation extends Collection<infer Target>
        ? LoadedCollection<Loaded<Target, Path>>
        : never;
