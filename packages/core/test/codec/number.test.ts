import fc from 'fast-check';
import { CodecError } from '../../src/codec/codec.js';
import { boolean, decimal, id, integer, optionalInteger } from '../../src/codec/number.js';

describe('decimal', () => {
  it('reads averages and counts, and an empty element as 0', () => {
    expect(['3.50', '4', '', '0.0', '-1.25'].map((wire) => decimal.decode(wire))).toEqual([
      3.5, 4, 0, 0, -1.25,
    ]);
  });

  it('gives back every number that it wrote', () => {
    const finite = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => !Object.is(value, -0));
    fc.assert(
      fc.property(finite, (value) => {
        expect(decimal.decode(decimal.encode(value) as string)).toBe(value);
      }),
    );
  });

  it('takes numbers from plain input, also written out, and refuses all else', () => {
    expect([decimal.coerce(2.5), decimal.coerce('2.5')]).toEqual([2.5, 2.5]);
    for (const input of ['', ' ', 'abc', NaN, Infinity, true, undefined, {}])
      expect(() => decimal.coerce(input)).toThrow(CodecError);
    for (const wire of ['abc', 'Infinity', '3,5'])
      expect(() => decimal.decode(wire)).toThrow(CodecError);
  });
});

describe('integer', () => {
  it('reads an empty element as 0', () => {
    expect(integer.decode('')).toBe(0);
    expect(integer.absent()).toBe(0);
  });

  it('gives back every whole number that it wrote', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(integer.decode(integer.encode(value) as string)).toBe(value);
      }),
    );
  });

  it.each(['abc', '1.5', '9007199254740993', 'Infinity', 'NaN', '12a', '1,000'])(
    'refuses %j',
    (wire) => {
      expect(() => integer.decode(wire)).toThrow(CodecError);
    },
  );

  it('takes numbers and digits from plain input, and nothing else', () => {
    expect(integer.coerce(-5)).toBe(-5);
    expect(integer.coerce(' 42 ')).toBe(42);
    for (const input of ['', '4.5', '0x10', 'abc', 1.5, NaN, 2 ** 53, true, undefined, {}, [1]])
      expect(() => integer.coerce(input)).toThrow(CodecError);
  });

  it('is never empty: 0 is a value', () => {
    expect(integer.isEmpty(0)).toBe(false);
  });
});

describe('optionalInteger', () => {
  it('reads a missing or empty element as null and keeps 0', () => {
    expect(optionalInteger.absent()).toBeNull();
    expect(optionalInteger.decode('')).toBeNull();
    expect(optionalInteger.decode('0')).toBe(0);
  });

  it('is sent as 0 when null, and counts as empty then', () => {
    expect(optionalInteger.encode(null)).toBe('0');
    expect(optionalInteger.isEmpty(null)).toBe(true);
    expect(optionalInteger.isEmpty(0)).toBe(false);
  });
});

describe('id', () => {
  it.each(['0', '', ' '])('reads %j as null', (wire) => {
    expect(id.decode(wire)).toBeNull();
    expect(id.absent()).toBeNull();
  });

  it('is sent as 0 when null', () => {
    expect(id.encode(null)).toBe('0');
    expect(id.encode(7)).toBe('7');
    expect(id.isEmpty(null)).toBe(true);
    expect(id.isEmpty(7)).toBe(false);
  });

  it.each([0, -1, '0', '-3', 1.5, 'abc', undefined, false])(
    'refuses %p from plain input',
    (input) => {
      expect(() => id.coerce(input)).toThrow('id (a positive whole number)');
    },
  );

  it('takes a number, digits and null from plain input', () => {
    expect(id.coerce(3)).toBe(3);
    expect(id.coerce('3')).toBe(3);
    expect(id.coerce(null)).toBeNull();
  });
});

describe('boolean', () => {
  it('reads the forms of the server and of old documentation', () => {
    expect(['1', 'true', ' 1\n'].map((wire) => boolean.decode(wire))).toEqual([true, true, true]);
    expect(['0', 'false', '', ' '].map((wire) => boolean.decode(wire))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(boolean.absent()).toBe(false);
    expect(() => boolean.decode('yes')).toThrow(CodecError);
  });

  it('is sent as 1 or 0', () => {
    expect(boolean.encode(true)).toBe('1');
    expect(boolean.encode(false)).toBe('0');
    expect(boolean.isEmpty(false)).toBe(false);
  });

  it('takes the usual forms from plain input, and nothing else', () => {
    for (const input of [true, 1, '1', 'true']) expect(boolean.coerce(input)).toBe(true);
    for (const input of [false, 0, '0', 'false']) expect(boolean.coerce(input)).toBe(false);
    for (const input of ['yes', '', 2, undefined, {}])
      expect(() => boolean.coerce(input)).toThrow(CodecError);
  });
});
