import { metadataOf } from '@kayako-orm/core';
import fc from 'fast-check';
import { User } from '../../src/entities/user.js';
import { compileCondition } from '../../src/query/evaluate-condition.js';
import { parseCondition } from '../../src/query/parse-condition.js';

const metadata = metadataOf(User);
const holds = (condition: object, row: object): boolean =>
  compileCondition(parseCondition(metadata, condition))(row);

const dates = fc.option(fc.integer({ min: 1, max: 5 }).map((seconds) => new Date(seconds * 1000)));
const rows = fc.record({
  fullName: fc.constantFrom('a', 'A', 'ä', ''),
  userGroupId: fc.option(fc.integer({ min: 1, max: 3 })),
  isEnabled: fc.boolean(),
  dateline: dates,
  email: fc.array(fc.constantFrom('x@y.z', 'X@y.z', 'w@y.z'), { maxLength: 2 }),
});

const sameScalar = (left: unknown, right: unknown): boolean =>
  left instanceof Date && right instanceof Date
    ? left.getTime() === right.getTime()
    : left === right;

it('agrees with a naive reading of equality and lists', () => {
  fc.assert(
    fc.property(rows, rows, fc.array(rows, { maxLength: 3 }), (row, one, several) => {
      for (const field of ['fullName', 'userGroupId', 'isEnabled', 'dateline'] as const) {
        expect(holds({ [field]: one[field] }, row)).toBe(sameScalar(row[field], one[field]));
        const values = several.map((each) => each[field]);
        expect(holds({ [field]: values }, row)).toBe(
          values.some((value) => sameScalar(value, row[field])),
        );
      }
      const wanted = several.flatMap((each) => each.email);
      expect(holds({ email: wanted }, row)).toBe(wanted.some((mail) => row.email.includes(mail)));
    }),
    { numRuns: 500 },
  );
});

it('ANDs all keys, and holds for every row without any', () => {
  fc.assert(
    fc.property(rows, rows, (row, one) => {
      const { fullName, isEnabled } = one;
      expect(holds({ fullName, isEnabled }, row)).toBe(
        row.fullName === fullName && row.isEnabled === isEnabled,
      );
      expect(holds({}, row)).toBe(true);
    }),
  );
});
