import { Entity, Field, Id } from '../../src/metadata/decorators.js';
import { bytesOf } from '../support/chunks.js';
import { Decoding } from '../support/decoding.js';

@Entity({ route: '/Base/Thing', root: 'things', element: 'thing', actions: ['list', 'get'] })
class Thing {
  @Id() id!: number;
  @Field({ type: 'text', wire: { read: ['module', 'app'] } }) module!: string;
  @Field({ type: 'integer', attribute: true, wire: { read: ['size', 'length'] } }) size!: number;
}

const decoding = new Decoding();

async function read(attributes: string, elements: string): Promise<object | undefined> {
  const document = `<things><thing ${attributes}><id>1</id>${elements}</thing></things>`;
  const [thing] = await decoding.contents(Thing, [bytesOf(document)]);
  return thing;
}

it.each([
  ['size="1" length="2"', '<module>a</module><app>b</app>'],
  ['length="2" size="1"', '<app>b</app><module>a</module>'],
])('of several names for one field the first wins, wherever it stands: %s', async (...record) => {
  expect(await read(...record)).toEqual({ id: 1, module: 'a', size: 1 });
});

it.each([
  ['length="2"', '<app>b</app>'],
  ['length="2" size="0"', '<module /><app>b</app>'],
])('a later name counts where the first brings nothing: %s', async (...record) => {
  expect(await read(...record)).toMatchObject({ module: 'b' });
});
