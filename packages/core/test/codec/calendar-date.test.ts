import fc from 'fast-check';
import { calendarDate, calendarExpiry } from '../../src/codec/calendar-date.js';
import { CodecError } from '../../src/codec/codec.js';
import { FOREVER } from '../../src/codec/date.js';

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
    expect(calendarDate.parameters?.('start', midnight)).toEqual([['start', '12/31/2030']]);
    expect(calendarExpiry.parameters?.('expiry', new Date('2030-01-05T12:05:00Z'))).toEqual([
      ['expiry', '01/05/2030'],
      ['expiry_hour', '12'],
      ['expiry_minute', '5'],
      ['expiry_meridian', 'pm'],
    ]);
  });

  it('is sent as the first day of 1970 for none', () => {
    expect(calendarDate.parameters?.('start', null)).toEqual([['start', '01/01/1970']]);
    expect(calendarExpiry.parameters?.('expiry', FOREVER)).toEqual([['expiry', '01/01/1970']]);
  });

  it('arrives as the same minute, whichever it is', () => {
    const minutes = fc.integer({ min: 1440, max: Date.UTC(10_000, 0, 1) / 60_000 - 1 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const value = calendarDate.coerce(new Date(minute * 60_000));
        expect(asRead(calendarDate.parameters?.('start', value) ?? [], 'start')).toBe(minute * 60);
      }),
    );
  });

  it.each([
    [new Date('2030-12-31T00:00:01Z')],
    [new Date('1970-01-01T05:00:00Z')],
    [new Date('1969-12-31T00:00:00Z')],
    [new Date(Date.UTC(10_000, 0, 1))],
    ['12/31/2030'],
    [5],
  ])('refuses %p, which would arrive as something else', (input) => {
    expect(() => calendarDate.coerce(input)).toThrow(CodecError);
    expect(() => calendarExpiry.coerce(input)).toThrow(CodecError);
  });
});
