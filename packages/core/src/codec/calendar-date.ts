import { type Codec, CodecError } from './codec.js';
import { date, expiry, type Forever } from './date.js';

/** What clients send for no date (§7.1). */
const NO_DATE = '01/01/1970';
/** A day up to the first of 1970 means none, and years have four digits. */
const EARLIEST = Date.UTC(1970, 0, 2);
const LATEST = Date.UTC(10_000, 0, 1);

/** The day, month first, and the time of day in parameters of its own; both are GMT. Without a time it is midnight. */
function dayParameters(name: string, value: Date): (readonly [string, string])[] {
  const [year = '', month = '', day = ''] = value.toISOString().slice(0, 10).split('-');
  const [hours, minutes] = [value.getUTCHours(), value.getUTCMinutes()];
  const parameters: (readonly [string, string])[] = [[name, `${month}/${day}/${year}`]];
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
    parameters: (name, value) =>
      value instanceof Date ? dayParameters(name, value) : [[name, NO_DATE]],
    coerce(input) {
      const value = codec.coerce(input);
      if (!(value instanceof Date)) return value;
      if (value.getTime() % 60_000 !== 0) throw new CodecError(`${codec.name} in whole minutes`);
      if (value.getTime() >= EARLIEST && value.getTime() < LATEST) return value;
      throw new CodecError(`${codec.name} from 1970-01-02 to 9999-12-31`);
    },
  };
}

/** A date that is sent as a day of the calendar; null for none. */
export const calendarDate: Codec<Date | null> = sentAsDay(date);

/** An expiry that is sent as a day of the calendar. */
export const calendarExpiry: Codec<Date | Forever> = sentAsDay(expiry);
