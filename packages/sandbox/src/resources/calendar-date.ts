import { type Fields } from './fields.js';
import { wholeNumber } from './numbers.js';

/** Month, day, year: the order of a desk that is not set to European dates. */
const CALENDAR_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/**
 * A date parameter in Unix seconds: a calendar date at midnight GMT or at the time of `<name>_hour`, `<name>_minute` and
 * `<name>_meridian`, or plain Unix seconds. What is no date, and whatever is not after the first day of 1970, is 0;
 * `undefined` if the parameter was not sent (7.1).
 */
export function dateSent(fields: Fields, name: string): number | undefined {
  const text = fields.text(name)?.trim();
  if (text === undefined) return undefined;
  const [, month, day, year] = CALENDAR_DATE.exec(text)?.map(Number) ?? [];
  if (month === undefined || day === undefined || year === undefined) {
    return Math.max(wholeNumber(text) ?? 0, 0);
  }
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && date.getTime() > 0 ? date.getTime() / 1000 + timeOfDay(fields, name) : 0;
}

/** Seconds after midnight; an hour without meridian is one of 24. */
function timeOfDay(fields: Fields, name: string): number {
  const hour = fields.integer(`${name}_hour`);
  const meridian = fields.text(`${name}_meridian`)?.trim().toLowerCase();
  const hours = meridian === 'am' || meridian === 'pm' ? hour % 12 : hour;
  return ((meridian === 'pm' ? hours + 12 : hours) * 60 + fields.integer(`${name}_minute`)) * 60;
}
