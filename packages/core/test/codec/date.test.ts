import fc from 'fast-check';
import { CodecError } from '../../src/codec/codec.js';
import type * as DateCodec from '../../src/codec/date.js';
import { date, expiry, FOREVER } from '../../src/codec/date.js';

const NEW_YEAR = new Date('2010-01-01T00:00:00Z');

describe('FOREVER', () => {
  it('cannot be changed', () => {
    expect(Object.isFrozen(FOREVER)).toBe(true);
  });

  it('is later than every Date', () => {
    const last = new Date(8.64e15);
    expect(FOREVER > last).toBe(true);
    expect(last < FOREVER).toBe(true);
    expect(FOREVER < last).toBe(false);
    expect(FOREVER.valueOf()).toBe(Infinity);
  });

  it('reads "forever" in JSON and as text', () => {
    expect(JSON.stringify({ expiry: FOREVER })).toBe('{"expiry":"forever"}');
    expect(String(FOREVER)).toBe('forever');
  });

  it('is the same object in a second copy of this package', () => {
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof DateCodec>('../../src/codec/date.js');
      expect(copy.expiry).not.toBe(expiry);
      expect(copy.FOREVER).toBe(FOREVER);
    });
  });
});

describe('date', () => {
  it('reads Unix seconds, and 0 or nothing as null', () => {
    expect(date.decode('1262304000')).toEqual(NEW_YEAR);
    expect(date.decode('-86400')).toEqual(new Date('1969-12-31T00:00:00Z'));
    expect(date.decode('0')).toBeNull();
    expect(date.decode('')).toBeNull();
    expect(date.absent()).toBeNull();
  });

  it.each(['tomorrow', '2010-01-01', '1.5', '8640000000001', '-8640000000001'])(
    'refuses %j',
    (wire) => {
      expect(() => date.decode(wire)).toThrow(CodecError);
    },
  );

  it('gives back every second that it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8_640_000_000 }), (seconds) => {
        const value = new Date(seconds * 1000);
        expect(date.decode(date.encode(value) as string)).toEqual(value);
      }),
    );
  });

  it('is sent in whole seconds, rounded down, and as 0 when null', () => {
    expect(date.encode(new Date(1_262_304_000_999))).toBe('1262304000');
    expect(date.encode(null)).toBe('0');
    expect(date.isEmpty(null)).toBe(true);
    expect(date.isEmpty(NEW_YEAR)).toBe(false);
  });

  it('takes Dates and ISO text from plain input, as objects of their own', () => {
    const copy = date.coerce(NEW_YEAR);
    expect(copy).toEqual(NEW_YEAR);
    expect(copy).not.toBe(NEW_YEAR);
    expect(date.coerce('2010-01-01T00:00:00.000Z')).toEqual(NEW_YEAR);
    expect(date.coerce(null)).toBeNull();
    for (const input of ['soon', new Date(NaN), 1_262_304_000, true, undefined, FOREVER])
      expect(() => date.coerce(input)).toThrow(CodecError);
  });
});

describe('expiry', () => {
  it('reads 0 and nothing as FOREVER', () => {
    expect(expiry.decode('0')).toBe(FOREVER);
    expect(expiry.decode('')).toBe(FOREVER);
    expect(expiry.absent()).toBe(FOREVER);
    expect(expiry.decode('1262304000')).toEqual(NEW_YEAR);
  });

  it('is sent as 0 when it never comes', () => {
    expect(expiry.encode(FOREVER)).toBe('0');
    expect(expiry.encode(NEW_YEAR)).toBe('1262304000');
    expect(expiry.isEmpty(FOREVER)).toBe(true);
    expect(expiry.isEmpty(NEW_YEAR)).toBe(false);
  });

  it('takes its JSON form and null from plain input as FOREVER', () => {
    for (const input of [FOREVER, 'forever', null]) expect(expiry.coerce(input)).toBe(FOREVER);
    expect(expiry.coerce('2010-01-01T00:00:00Z')).toEqual(NEW_YEAR);
    for (const input of ['never', 0, undefined, {}])
      expect(() => expiry.coerce(input)).toThrow('Date or FOREVER');
  });
});
