import { MetadataError } from '../../src/errors/request-errors.js';
import type * as DecoratorsModule from '../../src/metadata/decorators.js';
import { Entity, Field, Id, recordRelation } from '../../src/metadata/decorators.js';
import { type EntityClass } from '../../src/metadata/constructor.js';
import type * as MetadataModule from '../../src/metadata/metadata-of.js';
import { entityClasses, metadataOf, nestedMetadataOf } from '../../src/metadata/metadata-of.js';
import { type RelationMetadata } from '../../src/metadata/entity-metadata.js';
import { Department, Note, Ticket, User } from '../support/desk.js';

const OPTIONS = { route: '/Base/Thing', root: 'things', element: 'thing' } as const;

function refusal(type: EntityClass): string {
  try {
    metadataOf(type);
  } catch (error) {
    expect(error).toBeInstanceOf(MetadataError);
    return (error as Error).message;
  }
  throw new Error('the class was accepted');
}

function BelongsTo(
  field: string,
  kind: 'belongsTo' | 'belongsToMany' = 'belongsTo',
  when: RelationMetadata['when'] = null,
): (prototype: object, name: string) => void {
  return (prototype, name) => {
    const relation: RelationMetadata = {
      kind,
      name,
      target: () => Department,
      field,
      shared: [],
      when,
      presence: null,
      embedded: null,
    };
    recordRelation(prototype, relation, () => 'the relation');
  };
}

describe('metadataOf', () => {
  it('says where a resource lives and what it offers', () => {
    expect(metadataOf(Department)).toMatchObject({
      type: Department,
      name: 'Department',
      route: '/Base/Department',
      root: 'departments',
      element: 'department',
      actions: new Set(['list', 'get', 'add', 'save', 'delete']),
      idField: 'id',
    });
    expect(metadataOf(Department)).toBe(metadataOf(Department));
    expect(Object.isFrozen(metadataOf(Department))).toBe(true);
  });

  it('takes a name on the wire from the property, or from the options', () => {
    const { fields } = metadataOf(Ticket);
    expect(fields.get('displayId')?.sources).toEqual([{ kind: 'element', path: ['displayid'] }]);
    expect(fields.get('statusId')).toMatchObject({
      sources: [{ kind: 'element', path: ['statusid'] }],
      write: { add: 'ticketstatusid', save: 'ticketstatusid' },
    });
    expect(fields.get('id')?.sources).toEqual([{ kind: 'attribute', name: 'id' }]);
    expect(metadataOf(Note).fields.get('contents')?.sources).toEqual([{ kind: 'content' }]);
    expect(metadataOf(Department).fields.get('userGroupIds')).toMatchObject({
      sources: [{ kind: 'element', path: ['usergroups', 'id'] }],
      list: true,
      isReference: true,
    });
  });

  it('sends a field only with actions that the resource has and the field allows', () => {
    @Entity({ ...OPTIONS, actions: ['list', 'get', 'add'] })
    class Thing {
      @Id() id!: number;
      @Field({ required: true }) title!: string;
      @Field({ write: 'save' }) fixed!: string;
      @Field({ write: false, required: true }) given!: string;
      @Field({ wire: { read: ['a', 'b'], write: { add: 'x', save: 'y' } } }) both!: string;
    }
    const { fields } = metadataOf(Thing);
    expect(fields.get('id')?.write).toEqual({ add: null, save: null });
    expect(fields.get('title')).toMatchObject({
      write: { add: 'title', save: null },
      required: { add: true, save: false },
    });
    expect(fields.get('fixed')?.write).toEqual({ add: null, save: null });
    expect(fields.get('given')?.required).toEqual({ add: false, save: false });
    expect(fields.get('both')?.write).toEqual({ add: 'x', save: null });
    expect(fields.get('both')?.sources).toHaveLength(2);
  });

  it('keeps fields secret that are never read', () => {
    expect(metadataOf(User).fields.get('password')).toMatchObject({ secret: true, sources: [] });
    expect(metadataOf(User).fields.get('fullName')?.secret).toBe(false);
  });

  it('inherits fields, the id and the resource, and lets a subclass declare anew', () => {
    class Timed {
      @Field({ type: 'date' }) dateline!: Date | null;
      @Field({ wire: 'old' }) label!: string;
    }
    @Entity({ ...OPTIONS, actions: ['list', 'get'] })
    class Thing extends Timed {
      @Id() id!: number;
      @Field({ wire: 'new' }) override label!: string;
    }
    class Special extends Thing {
      @Field() extra!: boolean;
    }
    expect([...metadataOf(Special).fields.keys()]).toEqual(['dateline', 'label', 'id', 'extra']);
    expect(metadataOf(Special)).toMatchObject({ name: 'Special', root: 'things', idField: 'id' });
    expect(metadataOf(Special).fields.get('label')?.sources).toEqual([
      { kind: 'element', path: ['new'] },
    ]);
    expect([...metadataOf(Thing).fields.keys()]).toEqual(['dateline', 'label', 'id']);
    expect([...nestedMetadataOf(Timed).fields.keys()]).toEqual(['dateline', 'label']);
  });

  it('takes the type from the compiler where it is plain', () => {
    const { fields } = metadataOf(User);
    expect(fields.get('fullName')?.codec?.name).toBe('text');
    expect(fields.get('isEnabled')?.codec?.name).toBe('boolean');
  });
});

describe('a class that makes no sense', () => {
  it('is refused when it is no entity', () => {
    class Plain {
      title = '';
    }
    expect(refusal(Plain)).toContain('Plain is no entity: it needs @Entity(');
    expect(refusal(undefined as unknown as EntityClass)).toContain('undefined is no entity');
  });

  it('is refused with all of its problems at once', () => {
    @Entity({ ...OPTIONS, actions: ['list', 'get'], alternatives: [['title', 'nickname']] })
    class Thing {
      @Field() title!: string | null;
      @Field() tags!: string[];
      @Field({ type: 'number' as 'integer' }) count!: number;
      @BelongsTo('ownerId') declare owner: unknown;
    }
    const message = refusal(Thing);
    expect(message).toContain('Thing.title: its type cannot be told');
    expect(message).toContain('Thing.tags: its type cannot be told');
    expect(message).toContain('Thing.count: "number" is no field type');
    expect(message).toContain('Thing needs an @Id()');
    expect(message).toContain('@BelongsTo owner: there is no field ownerId');
    expect(message).toContain('alternatives: there is no field nickname');
    expect(refusal(Thing)).toBe(message);
  });

  it('needs no id when it can only be listed', () => {
    @Entity({ ...OPTIONS, actions: ['list'] })
    class Count {
      @Field() total!: number;
    }
    expect(metadataOf(Count).idField).toBeNull();
  });

  it('is refused as the type of nested elements when it has no fields', () => {
    class Empty {
      title = '';
    }
    expect(() => nestedMetadataOf(Empty)).toThrow(
      'Empty is used as the type of a field, but has no @Field',
    );
  });
});

describe('decorators', () => {
  it.each([
    ['Field', () => Field() as unknown as StandardDecorator],
    ['Id', () => Id() as unknown as StandardDecorator],
    ['Entity', () => Entity({ ...OPTIONS, actions: [] }) as unknown as StandardDecorator],
  ])('@%s says what to switch on when it is called as a standard decorator', (name, decorator) => {
    expect(() => {
      decorator()(undefined, { kind: 'field', name: 'title' });
    }).toThrow(new RegExp(`@${name} was called as a standard decorator.*experimentalDecorators`));
  });

  it('refuses a reference by a list, several by one value, and a separator for one value', () => {
    @Entity({ ...OPTIONS, actions: ['list'] })
    class Thing {
      @Id() id!: number;
      @Field({ type: ['id'], separator: ',' }) ownerIds!: number[];
      @Field({ type: 'text', separator: ',' }) title!: string;
      @Field({ type: ['id'], none: '0' }) otherIds!: number[];
      @BelongsTo('ownerIds') declare owner: unknown;
      @BelongsTo('id', 'belongsToMany') declare owners: unknown;
      @BelongsTo('ownerIds', 'belongsToMany') declare all: unknown;
    }
    const message = refusal(Thing);
    expect(message).toContain('@BelongsTo owner: ownerIds holds a list');
    expect(message).toContain('@BelongsToMany owners: id holds one value');
    expect(message).toContain('Thing.title: a separator is for lists');
    expect(message).toContain('Thing.otherIds: none is for lists with a separator');
    expect(message).not.toContain('all');
  });

  it('refuses a reference that hangs on a field which is not there', () => {
    @Entity({ ...OPTIONS, actions: ['list'] })
    class Thing {
      @Field({ type: 'id' }) creatorId!: number | null;
      @BelongsTo('creatorId', 'belongsTo', { field: 'creatorType', is: 'staff' }) staff!: object;
    }
    expect(refusal(Thing)).toBe('Thing: @BelongsTo staff: there is no field creatorType.');
  });

  it('give a relation an accessor that no loop over the object sees', () => {
    class Thing {
      @BelongsTo('id') declare owner: unknown;
    }
    const thing = new Thing();
    expect(thing.owner).toBe('the relation');
    expect(Object.keys(thing)).toEqual([]);
    expect(JSON.stringify(thing)).toBe('{}');
  });

  it('record for every copy of this package', () => {
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof DecoratorsModule>('../../src/metadata/decorators.js');
      const { metadataOf: metadataInCopy, entityClasses: classesInCopy } = jest.requireActual<
        typeof MetadataModule
      >('../../src/metadata/metadata-of.js');
      expect(copy.Field).not.toBe(Field);
      @copy.Entity({ ...OPTIONS, actions: ['list', 'get'] })
      class Thing {
        @copy.Id() id!: number;
        @Field() title!: string;
      }
      expect([...metadataOf(Thing).fields.keys()]).toEqual(['id', 'title']);
      expect([...metadataInCopy(Thing).fields.keys()]).toEqual(['id', 'title']);
      expect(entityClasses()).toContain(Thing);
      expect(classesInCopy()).toContain(Thing);
    });
  });

  it('make a class known as an entity where it has @Entity, or adds to one that has', () => {
    abstract class Titled {
      @Field() title!: string;
    }
    @Entity({ ...OPTIONS, actions: ['list', 'get'] })
    class Thing extends Titled {
      @Id() id!: number;
    }
    class LargerThing extends Thing {
      @Field() size!: number;
    }
    class SameThing extends Thing {}
    const known = entityClasses();
    expect(known.filter((type) => type === Thing || type === LargerThing)).toEqual([
      Thing,
      LargerThing,
    ]);
    expect(known).not.toContain(Titled);
    expect(known).not.toContain(SameThing);
  });
});

type StandardDecorator = (value: undefined, context: { kind: string; name: string }) => void;
