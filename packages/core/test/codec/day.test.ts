import fc from 'fast-check';
import { CodecError } from '../../src/codec/codec.js';
import { decodeDay, encodeDay } from '../../src/codec/day.js';

describe('a day', () => {
  it.each([
    ['05/24/2011', 'us', '2011-05-24'],
    ['5/4/2011', 'us', '2011-05-04'],
    ['24/05/2011', 'eu', '2011-05-24'],
    [' 24/05/2011 ', 'eu', '2011-05-24'],
    ['2011-05-24', 'eu', '2011-05-24'],
    ['2011-05-24 23:59', 'us', '2011-05-24'],
    ['2011-05-24T23:59:59-11:00', 'us', '2011-05-24'],
    ['02/29/2012', 'us', '2012-02-29'],
  ] as const)('%j, %s, is midnight UTC of %s', (text, format, day) => {
    expect(decodeDay(text, format)).toEqual(new Date(`${day}T00:00:00Z`));
  });

  it.each([
    ['24/05/2011', 'us'],
    ['05/24/2011', 'eu'],
    ['02/29/2011', 'us'],
    ['2011-02-29', 'us'],
    ['05/24/11', 'us'],
    ['05-24-2011', 'us'],
    ['1306195200', 'us'],
    ['soon', 'eu'],
    ['', 'us'],
  ] as const)('%j, %s, is none', (text, format) => {
    expect(() => decodeDay(text, format)).toThrow(CodecError);
  });

  it('comes back as it was written, in either order', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0000-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59Z'),
          noInvalidDate: true,
        }),
        fc.constantFrom('us' as const, 'eu' as const),
        (date, format) => {
          const day = new Date(date);
          day.setUTCHours(0, 0, 0, 0);
          expect(decodeDay(encodeDay(date, format), format)).toEqual(day);
        },
      ),
    );
  });

  it.each(['+012345-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', 'never'])(
    'of %s is not written',
    (text) => {
      expect(() => encodeDay(new Date(text), 'us')).toThrow(CodecError);
    },
  );
});
