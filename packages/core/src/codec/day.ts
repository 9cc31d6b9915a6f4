import { CodecError } from './codec.js';
import { type DateFormat } from './date-format.js';

export const DATE_FORMATS: Readonly<Record<DateFormat, string>> = {
  us: 'month/day/year',
  eu: 'day/month/year',
};

const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
/** Means the same everywhere. A time that follows says nothing about the day. */
const YEAR_FIRST = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/;

/** Midnight UTC of a day written as `2011-05-24`, or null where the calendar has no such day. */
export function calendarDay(text: string): Date | null {
  const day = new Date(text);
  // 31 February would silently become a day in March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : null;
}

function isoText(text: string, format: DateFormat): string | undefined {
  const [, first, second, year] = SLASHED.exec(text) ?? [];
  if (first === undefined || second === undefined || year === undefined) {
    return YEAR_FIRST.exec(text)?.[1];
  }
  const [month, day] = format === 'us' ? [first, second] : [second, first];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * Midnight UTC of a day as the help desk writes it; `2011-05-24` is read whatever the format.
 * @throws {CodecError}
 */
export function decodeDay(text: string, format: DateFormat): Date {
  const iso = isoText(text.trim(), format);
  const day = iso === undefined ? null : calendarDay(iso);
  if (day === null) throw new CodecError(`date (${DATE_FORMATS[format]})`);
  return day;
}

/** The day that it is in UTC, as the help desk writes it. @throws {CodecError} for a year that has not four digits. */
export function encodeDay(date: Date, format: DateFormat): string {
  const iso = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})T/.exec(iso) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    throw new CodecError('Date of a year from 0 to 9999');
  }
  return (format === 'us' ? [month, day, year] : [day, month, year]).join('/');
}
