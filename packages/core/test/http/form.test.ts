import fc from 'fast-check';
import { type FormValue } from '../../src/codec/codec.js';
import { encodeForm } from '../../src/http/form.js';
import { parsePhpForm, type PhpValue } from '../support/php-form.js';

describe('encodeForm', () => {
  it('writes pairs in order, and lists and maps in the notation of PHP', () => {
    expect(
      encodeForm([
        ['title', 'a b'],
        ['email', ['x@example.com', 'y']],
        ['field', { 7: 'seven', key: 'k' }],
        ['title', 'again'],
      ]),
    ).toBe('title=a%20b&email[]=x%40example.com&email[]=y&field[7]=seven&field[key]=k&title=again');
  });

  it('sends an empty list as one empty member, which the server takes as no members', () => {
    expect(encodeForm([['usergroupid', []]])).toBe('usergroupid[]=');
  });

  it('keeps the members of a list apart that are lists or maps themselves', () => {
    const rules: FormValue = [{ field: 'a', value: ['1', '2'] }, { field: 'b' }, ['x', 'y'], []];
    expect(parsePhpForm(encodeForm([['rules', rules]]))).toEqual({
      rules: {
        0: { field: 'a', value: { 0: '1', 1: '2' } },
        1: { field: 'b' },
        2: { 0: 'x', 1: 'y' },
        3: { 0: '' },
      },
    });
  });

  it.each(['+', '&', '=', '%', '%41', ' ', '\r\n', 'ä€💶', '"\'()*!~', '#?/', '\u0000'])(
    'carries %j through names and values',
    (text) => {
      expect(parsePhpForm(encodeForm([[`n${text}`, text]]))).toEqual({ [`n${text}`]: text });
    },
  );

  it('sends a lone surrogate as the replacement character', () => {
    expect(encodeForm([['a', 'x\ud800y\udc00']])).toBe('a=x%EF%BF%BDy%EF%BF%BD');
  });

  it('uses only characters that need no further encoding in a URL', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(anything, anything, (name, value) => {
        expect(encodeForm([[name, [value]]])).toMatch(/^[\w.~!*'()%-]*\[\]=[\w.~!*'()%-]*$/);
      }),
    );
  });

  it('gives back every value to an independent reader', () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/);
    const value = fc.letrec<{ value: FormValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (values) => {
        const meant = Object.fromEntries(
          Object.entries(values).map(([name, each]) => [name, asPhp(each)]),
        );
        expect(parsePhpForm(encodeForm(Object.entries(values)))).toEqual(meant);
      }),
      { numRuns: 1000 },
    );
  });
});

function asPhp(value: FormValue): PhpValue {
  if (typeof value === 'string') return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, FormValue>).map(([key, each]) => [key, asPhp(each)]),
  );
}
