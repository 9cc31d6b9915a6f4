/** A class whose instances are entities or embedded values. */
export type Constructor<Instance extends object = object> = abstract new (
  ...args: never[]
) => Instance;

/** A class that can be constructed without arguments, as every entity must be. */
export type EntityClass<Entity extends object = object> = new () => Entity;
