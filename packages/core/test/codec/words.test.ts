import fc from 'fast-check';
import { CodecError } from '../../src/codec/codec.js';
import { words, writtenAsWord } from '../../src/codec/words.js';

const flag = words({ 0: 'none', 1: 'purple', 5: 'red' });
const status = words({ 1: 'pending', 2: 'approved' });

describe('words', () => {
  it('reads a code as its word and writes it back', () => {
    expect(flag.decode('5')).toBe('red');
    expect(flag.decode(' 05 ')).toBe('red');
    expect(flag.encode('red')).toBe('5');
    expect(flag.encode('none')).toBe('0');
  });

  it('reads an unknown code as code:n and writes back n', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (code) => {
        const word = status.decode(String(code));
        expect(status.encode(word)).toBe(word === null ? '0' : String(code));
      }),
    );
    expect(flag.decode('42')).toBe('code:42');
    expect(flag.decode('-1')).toBe('code:-1');
    expect(flag.encode('code:42')).toBe('42');
  });

  it.each(['', ' '])('reads %j as the word of 0, or null where 0 has none', (wire) => {
    expect(flag.decode(wire)).toBe('none');
    expect(flag.absent()).toBe('none');
    expect(status.decode(wire)).toBeNull();
    expect(status.absent()).toBeNull();
  });

  it.each(['red', '1.5', 'x5'])('refuses the text %j', (wire) => {
    expect(() => flag.decode(wire)).toThrow(CodecError);
  });

  it('takes its words and unknown codes from plain input, and names its words', () => {
    expect(flag.coerce('purple')).toBe('purple');
    expect(flag.coerce('code:42')).toBe('code:42');
    expect(flag.coerce(null)).toBeNull();
    for (const input of ['Purple', 'code:x', 'code:1;2', 5, undefined, '', 'toString'])
      expect(() => flag.coerce(input)).toThrow("'none' | 'purple' | 'red'");
  });

  it('is empty only when null', () => {
    expect(flag.isEmpty(null)).toBe(true);
    expect(flag.isEmpty('none')).toBe(false);
    expect(flag.encode(null)).toBe('0');
  });

  it('is sent as the word where the API wants words', () => {
    const kind = writtenAsWord(flag);
    expect(kind.decode('5')).toBe('red');
    expect(kind.encode('red')).toBe('red');
    expect(kind.encode(null)).toBe('');
  });
});
