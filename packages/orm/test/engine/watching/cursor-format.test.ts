import { Entity, Field, Id, metadataOf, words } from '@kayako-orm/core';
import fc from 'fast-check';
import { CursorFormat } from '../../../src/engine/watching/cursor-format.js';
import { KnownRows } from '../../../src/engine/watching/known-rows.js';
import { RowDigests } from '../../../src/engine/watching/row-digests.js';
import { parseCondition } from '../../../src/query/parse-condition.js';
import { selectAll } from '../../../src/query/select-node.js';

const access = [{ kind: 'scoped', operation: 'ListAll', scope: 'parentId' }];

@Entity({ route: '/A/Child', root: 'r', element: 'e', actions: ['list'], access })
class Child {
  @Id() id!: number;
  @Field({ type: 'id' }) parentId!: number | null;
  @Field({ type: 'optionalText' }) text!: string | null;
  @Field({ type: 'date' }) date!: Date | null;
  @Field({ type: 'expiry' }) expiry!: unknown;
  @Field({ type: ['text'] }) list!: string[];
  @Field({ type: words({ 1: 'one' }) }) word!: string | null;
  @Field({ type: 'bytes' }) file!: Buffer;
  @Field({ type: 'text', secret: true }) token!: string;
  @Field({ type: 'text', read: false }) password!: string;
}

const metadata = metadataOf(Child);
const digests = new RowDigests(metadata);
const node = selectAll(metadata);
const row = { id: 7, parentId: 2, text: 'a', date: null, list: [], word: 'one' };

it('reads what it has written, for any rows', () => {
  const rows = fc.uniqueArray(
    fc.tuple(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 2 ** 45 })), fc.string()),
    { selector: ([address]) => address.join(), maxLength: 60 },
  );
  const format = new CursorFormat(node, digests);
  fc.assert(
    fc.property(rows, (given) => {
      const known = KnownRows.of(
        2,
        given.map(([address, text]) => [address, digests.of({ ...row, text })]),
      );
      const text = JSON.parse(JSON.stringify(format.cursor(known))) as string;
      expect([...format.read(text).entries()]).toEqual([...known.entries()]);
    }),
  );
});

it('remembers each field that comes with every row, and no secret', () => {
  expect(digests.fields.map(({ name }) => name)).toEqual([
    'id',
    'parentId',
    'text',
    'date',
    'expiry',
    'list',
    'word',
  ]);
  expect(digests.addressOf(row)).toEqual([2, 7]);
  expect(digests.named([2, 7])).toEqual({ parentId: 2, id: 7 });
});

it.each([
  [{ text: '' }, ['text']],
  [{ text: null }, ['text']],
  [{ text: 'b', date: new Date(5000) }, ['text', 'date']],
  [{ list: ['a,b'] }, ['list']],
  [{ word: null }, ['word']],
  [{ file: Buffer.from('x'), token: 'x', password: 'x' }, []],
  [{ list: [], date: null }, []],
])('%p differs from the row in %p', (values, fields) => {
  expect(digests.differing(digests.of(row), digests.of({ ...row, ...values }))).toEqual(fields);
});

it('tells apart what is easily taken for the same', () => {
  const texts = [
    { text: '' },
    { text: null },
    { list: ['a', 'b'] },
    { list: ['a,b'] },
    { list: ['b', 'a'] },
  ];
  expect(new Set(texts.map((values) => digests.of({ ...row, ...values }))).size).toBe(5);
});

it.each([
  [{ text: 'x', parentId: 1 }, { parentId: 1, text: 'x' }, true],
  [{ parentId: [1, 2] }, { parentId: [2, 1] }, true],
  [{ parentId: 1 }, { parentId: 2 }, false],
  [{ text: 'x' }, { not: { text: 'x' } }, false],
  [{ text: 'x' }, { text: { contains: 'x' } }, false],
  [{ text: { contains: 'x' } }, { text: { startsWith: 'x' } }, false],
  [{ text: 'x' }, { text: { eq: 'x', ignoreCase: true } }, false],
  [{ text: { matches: /x/ } }, { text: { matches: /x/i } }, false],
  [{ date: { lt: new Date(1000) } }, { date: { lt: new Date(2000) } }, false],
  [{ list: 'x' }, { text: 'x' }, false],
  [{ or: [{ text: 'x' }, { list: 'y' }] }, { text: 'x', list: 'y' }, false],
  [{ or: [{ text: 'x' }, { list: 'y' }] }, { or: [{ list: 'y' }, { text: 'x' }] }, true],
  [
    { text: Array.from({ length: 20 }, String) },
    { text: Array.from({ length: 21 }, String) },
    false,
  ],
])('a cursor of %p can be used for %p: %p', (one, other, isSame) => {
  const format = (condition: object): CursorFormat =>
    new CursorFormat({ ...node, condition: parseCondition(metadata, condition) }, digests);
  const text = format(one).textOf(KnownRows.of(2, [[[2, 7], digests.of(row)]]));
  const refused = (): boolean => {
    try {
      format(other).read(text);
      return false;
    } catch (error) {
      return String(error).includes('a cursor of another query');
    }
  };
  expect(refused()).toBe(!isSame);
});
