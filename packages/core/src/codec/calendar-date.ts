import { type Codec, CodecError } from './codec.js';
import { date, expiry, type Forever } from './date.js';
import { type DateFormat } from './date-format.js';
import { encodeDay } from './day.js';

/** What clients send for no date, the same in both orders (§7.1). */
const NO_DATE = '01/01/1970';
/** A day up to the first of 1970 means none, and years have four digits. */
const EARLIEST = Date.UTC(1970, 0, 2);
const LATEST = Date.UTC(10_000, 0, 1);

/** The day, and the time of day in parameters of its own; both are GMT. Without a time it is midnight. */
function dayParameters(
  name: string,
  value: Date,
  dateFormat: DateFormat,
): (readonly [string, string])[] {
  const [hours, minutes] = [value.getUTCHours(), value.getUTCMinutes()];
  const parameters: (readonly [string, string])[] = [[name, encodeDay(value, dateFormat)]];
  if (hours === 0 && minutes === 0) return parameters;
  return [
    ...parameters,
    [`${name}_hour`, String(hours % 12 === 0 ? 12 : hours % 12)],
    [`${name}_minute`, String(minutes)],
    [`${name}_meridian`, hours < 12 ? 'am' : 'pm'],
  ];
}

/** Dates that are read as Unix seconds and sent as a day of the calendar (§7.1). */
function sentAsDay<Value extends Date | Forever | null>(codec: Codec<Value>): Codec<Value> {
  return {
    ...codec,
    parameters: (name, value, { dateFormat }) =>
      value instanceof Date ? dayParameters(name, value, dateFormat) : [[name, NO_DATE]],
    checkSent(value) {
      if (!(value instanceof Date)) return;
      if (value.getTime() % 60_000 !== 0)
        throw new CodecError('the help desk keeps whole minutes; give it without seconds');
      if (value.getTime() < EARLIEST || value.getTime() >= LATEST)
        throw new CodecError('the help desk keeps days from 1970-01-02 to 9999-12-31');
    },
  };
}

/** A date that is sent as a day of the calendar; null for none. */
export const calendarDate: Codec<Date | null> = sentAsDay(date);

/** An expiry that is sent as a day of the calendar. */
export const calendarExpiry: Codec<Date | Forever> = sentAsDay(expiry);
