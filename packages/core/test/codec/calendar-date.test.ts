import fc from 'fast-check';
import { calendarDate, calendarExpiry } from '../../src/codec/calendar-date.js';
import { CodecError } from '../../src/codec/codec.js';
import { FOREVER } from '../../src/codec/date.js';

const US = { dateFormat: 'us' } as const;

/** What a server makes of the parameters (§7.1): a day, month first, and a time on a clock of twelve hours. */
function asRead(parameters: readonly (readonly [string, unknown])[], name: string): number {
  const sent = new Map(parameters);
  const [month = 0, day = 0, year = 0] = String(sent.get(name)).split('/').map(Number);
  const hour = Number(sent.get(`${name}_hour`) ?? 12) % 12;
  const isAfternoon = sent.get(`${name}_meridian`) === 'pm';
  const minute = Number(sent.get(`${name}_minute`) ?? 0);
  return Date.UTC(year, month - 1, day, hour + (isAfternoon ? 12 : 0), minute) / 1000;
}

describe('calendarDate', () => {
  it('is read as Unix seconds, 0 as none', () => {
    expect(calendarDate.decode('1924905600')).toEqual(new Date('2030-12-31T00:00:00Z'));
    expect(calendarDate.decode('0')).toBeNull();
    expect(calendarExpiry.decode('0')).toBe(FOREVER);
  });

  it('is sent as a day, with the time beside it unless it is midnight', () => {
    const midnight = new Date('2030-12-31T00:00:00Z');
    expect(calendarDate.parameters?.('start', midnight, US)).toEqual([['start', '12/31/2030']]);
    expect(calendarExpiry.parameters?.('expiry', new Date('2030-01-05T12:05:00Z'), US)).toEqual([
      ['expiry', '01/05/2030'],
      ['expiry_hour', '12'],
      ['expiry_minute', '5'],
      ['expiry_meridian', 'pm'],
    ]);
  });

  it('is sent as the first day of 1970 for none', () => {
    expect(calendarDate.parameters?.('start', null, US)).toEqual([['start', '01/01/1970']]);
    expect(calendarExpiry.parameters?.('expiry', FOREVER, US)).toEqual([['expiry', '01/01/1970']]);
  });

  it('has the day first on a help desk that writes it so', () => {
    const day = new Date('2030-01-05T00:00:00Z');
    const sent = calendarDate.parameters?.('start', day, { dateFormat: 'eu' });
    expect(sent).toEqual([['start', '05/01/2030']]);
  });

  it('arrives as the same minute, whichever it is', () => {
    const minutes = fc.integer({ min: 1440, max: Date.UTC(10_000, 0, 1) / 60_000 - 1 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const value = calendarDate.coerce(new Date(minute * 60_000));
        expect(asRead(calendarDate.parameters?.('start', value, US) ?? [], 'start')).toBe(
          minute * 60,
        );
      }),
    );
  });

  it.each([
    [new Date('2030-12-31T00:00:01Z')],
    [new Date('1970-01-01T05:00:00Z')],
    [new Date('1969-12-31T00:00:00Z')],
    [new Date(Date.UTC(10_000, 0, 1))],
  ])('compares with %p, but does not send it: it would arrive as something else', (date) => {
    expect(calendarDate.coerce(date)).toEqual(date);
    expect(() => calendarDate.checkSent?.(date)).toThrow(CodecError);
    expect(() => calendarExpiry.checkSent?.(date)).toThrow(CodecError);
  });

  it('takes what a date is', () => {
    for (const input of ['12/31/2030', 5]) {
      expect(() => calendarDate.coerce(input)).toThrow(CodecError);
      expect(() => calendarExpiry.coerce(input)).toThrow(CodecError);
    }
    calendarExpiry.checkSent?.(FOREVER);
    calendarDate.checkSent?.(null);
  });
});
