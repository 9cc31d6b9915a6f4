import fc from 'fast-check';
import { type Address, KnownRows } from '../../../src/engine/watching/known-rows.js';

const address = fc.tuple(fc.nat(3), fc.oneof(fc.nat(300), fc.integer({ min: 1, max: 2 ** 40 })));
const digest = fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 8 });

function sorted(rows: ReadonlyMap<string, string>): [Address, string][] {
  return [...rows]
    .map(([key, value]): [Address, string] => [JSON.parse(key) as Address, value])
    .sort(([[a1 = 0, b1 = 0]], [[a2 = 0, b2 = 0]]) => a1 - a2 || b1 - b2);
}

it('are a map from addresses, whose versions stay as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(address, digest), { minLength: 150, maxLength: 200 }),
      (writes) => {
        const model = new Map<string, string>();
        let known = KnownRows.of(2, []);
        const versions: [KnownRows, [Address, string][]][] = [];
        for (const [where, what] of writes) {
          known = known.with(where, what);
          if (what === undefined) model.delete(JSON.stringify(where));
          else model.set(JSON.stringify(where), what);
          if (versions.length < 5 || known.size % 40 === 0) versions.push([known, sorted(model)]);
          expect(known.digestOf(where)).toBe(what);
        }
        versions.push([known, sorted(model)]);
        for (const [version, rows] of versions) {
          expect([...version.entries()]).toEqual(rows);
          expect(version.size).toBe(rows.length);
          expect([...KnownRows.of(2, rows).entries()]).toEqual(rows);
        }
      },
    ),
  );
});

it('keep the last of rows with the same address', () => {
  const rows = KnownRows.of(1, [
    [[2], 'a'],
    [[1], 'b'],
    [[2], 'c'],
  ]);
  expect([...rows.entries()]).toEqual([
    [[1], 'b'],
    [[2], 'c'],
  ]);
});

it('tell which of them nobody has seen', () => {
  const addresses = fc.uniqueArray(address, { selector: (each) => each.join(), maxLength: 200 });
  fc.assert(
    fc.property(addresses, addresses, (all, others) => {
      const known = KnownRows.of(
        2,
        all.map((each) => [each, 'a']),
      );
      const seen = [...all.filter((_each, index) => index % 3 === 0), ...others];
      const unseen = known.unseen();
      for (const each of seen) unseen.see(each);
      const keys = new Set(seen.map((each) => each.join()));
      const expected = [...known.entries()].filter(([each]) => !keys.has(each.join()));
      expect(unseen.addresses()).toEqual(expected.map(([each]) => each));
    }),
  );
});
