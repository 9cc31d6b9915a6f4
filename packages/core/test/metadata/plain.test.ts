import { instanceToPlain, plainToInstance as fromPlain } from 'class-transformer';
import { FOREVER } from '../../src/codec/date.js';
import { InvalidValueError } from '../../src/errors/request-errors.js';
import { Entity, Field } from '../../src/metadata/decorators.js';
import { metadataOf } from '../../src/metadata/metadata-of.js';
import { coerceField, toPlain } from '../../src/metadata/plain.js';
import { bytesOf } from '../support/chunks.js';
import { Decoding } from '../support/decoding.js';
import { Attachment, Department, Ticket, User } from '../support/desk.js';
import { fixture } from '../support/documents.js';

async function decoded<Row extends object>(type: new () => Row, bytes: Uint8Array): Promise<Row[]> {
  const { batches, error } = await new Decoding().read(type, [bytes]);
  expect(error).toBeUndefined();
  return batches.flat();
}

describe.each([
  ['toPlain', toPlain],
  ['instanceToPlain of class-transformer', (row: object) => instanceToPlain(row)],
])('%s', (_, convert) => {
  it('prints dates as ISO text, FOREVER as "forever" and no secret', async () => {
    const [user] = await decoded(User, fixture('users.live.xml'));
    const full = Object.assign(user ?? new User(), { password: 'corr3ct horse' });
    expect(convert(full)).toEqual({
      id: 112359,
      fullName: 'José Ñandú',
      email: ['jose@example.com', 'second@example.com'],
      userOrganizationId: null,
      salutation: '',
      dateline: '2010-01-01T00:00:00.000Z',
      userExpiry: 'forever',
      isEnabled: true,
    });
  });

  it('prints nested rows in their own plain form, and no relation', async () => {
    const [ticket] = await decoded(Ticket, fixture('tickets.live.xml'));
    const plain = convert(ticket ?? {});
    expect(plain).toMatchObject({
      lastActivity: '2012-04-30T13:40:05.000Z',
      watchers: [{ staffId: 1, name: 'John & Mary "O"' }, { staffId: 2 }],
    });
    expect(plain).not.toHaveProperty('posts');
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
  });

  it('prints dates and secrets of nested rows like those of the record', async () => {
    class Visit {
      @Field({ type: 'date', attribute: true }) at!: Date | null;
      @Field({ attribute: true, secret: true }) token!: string;
    }
    @Entity({ route: '/x', root: 'visitors', element: 'visitor', actions: ['list'] })
    class Visitor {
      @Field({ type: [Visit], wire: 'visit' }) visits!: Visit[];
    }
    const [visitor] = await decoded(
      Visitor,
      bytesOf('<visitors><visitor><visit at="86400" token="t"/></visitor></visitors>'),
    );
    expect(visitor?.visits[0]).toMatchObject({ token: 't' });
    expect(convert(visitor ?? {})).toEqual({ visits: [{ at: '1970-01-02T00:00:00.000Z' }] });
  });

  it('prints file contents as base64', async () => {
    const [attachment] = await decoded(Attachment, fixture('attachments.live.xml'));
    expect(convert(attachment ?? {})).toMatchObject({ contents: 'AP8QgA==' });
  });
});

describe('plainToInstance', () => {
  it('makes an instance whose values have the types of their fields', () => {
    metadataOf(User);
    const user = fromPlain(User, {
      fullName: 5,
      email: 'one@example.com',
      userOrganizationId: '7',
      dateline: '2010-01-01T00:00:00Z',
      userExpiry: 'forever',
      isEnabled: '1',
      password: 'corr3ct horse',
    });
    expect(user).toBeInstanceOf(User);
    expect(user).toEqual(
      Object.assign(new User(), {
        fullName: '5',
        email: ['one@example.com'],
        userOrganizationId: 7,
        dateline: new Date('2010-01-01T00:00:00Z'),
        userExpiry: FOREVER,
        isEnabled: true,
        password: 'corr3ct horse',
      }),
    );
    expect(user.userExpiry).toBe(FOREVER);
  });

  it('keeps null, and copies lists, dates and bytes', () => {
    metadataOf(Attachment);
    const given = { email: ['a'], dateline: new Date(1000) };
    const user = fromPlain(User, { ...given, userOrganizationId: null });
    expect(user.userOrganizationId).toBeNull();
    given.email.push('b');
    given.dateline.setTime(0);
    expect(user).toMatchObject({ email: ['a'], dateline: new Date(1000) });
    const contents = Buffer.from('abc');
    expect(fromPlain(Attachment, { contents }).contents).toEqual(contents);
  });

  it('gives back what toPlain printed', async () => {
    for (const user of await decoded(User, fixture('users.live.xml')))
      expect(fromPlain(User, toPlain(user))).toEqual(user);
  });
});

describe('a value that does not fit', () => {
  function refusalOf(type: new () => object, name: string, value: unknown): string {
    const metadata = metadataOf(type);
    const field = metadata.fields.get(name);
    if (field === undefined) throw new Error(`${name} is no field`);
    try {
      coerceField(metadata.name, field, value);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidValueError);
      return (error as Error).message;
    }
    throw new Error('the value was accepted');
  }

  it.each([
    ['displayOrder', 'last', 'Department.displayOrder: "last" is not of type whole number.'],
    ['parentDepartmentId', 0, 'Department.parentDepartmentId: 0 is not of type id'],
    [
      'userVisibilityCustom',
      'maybe',
      'Department.userVisibilityCustom: "maybe" is not of type boolean',
    ],
    ['title', undefined, 'Department.title: undefined is not of type text'],
    ['userGroupIds', [1, 'x'], "Department.userGroupIds: [ 1, 'x' ] is not of type list of id"],
    ['displayOrder', 10n, 'Department.displayOrder: 10n is not of type whole number'],
  ])('of %s is named with its field and type: %p', (name, value, message) => {
    expect(refusalOf(Department, name, value)).toContain(message);
  });

  it('is named even if it refers to itself, and not at any length', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(refusalOf(Department, 'displayOrder', circle)).toContain('Department.displayOrder');
    expect(refusalOf(Department, 'displayOrder', 'x'.repeat(100_000)).length).toBeLessThan(300);
  });

  it('is never shown when the field is a secret', () => {
    const message = refusalOf(User, 'password', { value: 'corr3ct horse' });
    expect(message).toContain('User.password: the value given is not of type text');
    expect(message).not.toContain('corr3ct');
  });

  it('is refused by plainToInstance with the same message', () => {
    expect(() => fromPlain(Department, { displayOrder: 'last' })).toThrow(
      'Department.displayOrder: "last" is not of type whole number.',
    );
  });
});
