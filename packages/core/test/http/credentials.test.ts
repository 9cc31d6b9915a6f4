import fc from 'fast-check';
import { Credentials } from '../../src/http/credentials.js';

const print = (salt: string): string =>
  `VARS: Array\n(\n    [apikey] => k\n    [salt] => ${salt}\n)\n`;

describe('the salt in a printed request', () => {
  it('is known whatever it is, and no other is taken for it', () => {
    const salt = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(salt, salt, (own, other) => {
        fc.pre(!print(other).includes(`${own}\n`));
        const { printedSalt } = new Credentials('key', 'secret', () => own).sign([]);
        expect(printedSalt(print(own))).toBe('own');
        expect(printedSalt(print(own).replaceAll('\n', '\r\n'))).toBe('own');
        expect(printedSalt(print(other))).toBe('other');
        expect(printedSalt(print(other) + print(own))).toBe('own');
        expect(printedSalt(own)).toBe('none');
      }),
    );
  });
});
