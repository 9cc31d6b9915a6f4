/** PHP's conversion to an integer: the digits at the beginning, 0 without any. */
export function toInteger(text: string): number {
  const digits = /^\s*[+-]?\d+/.exec(text)?.[0];
  if (digits === undefined) return 0;
  const value = Number(digits);
  return Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER) || 0;
}

/** The number a text consists of, `undefined` for any other text. */
export function wholeNumber(text: string): number | undefined {
  return /^-?\d+$/.test(text) ? toInteger(text) : undefined;
}

/** The numbers of a comma list; other members are dropped (3.3). */
export function idList(text: string): number[] {
  return text
    .split(',')
    .map((member) => wholeNumber(member.trim()))
    .filter((id) => id !== undefined);
}
