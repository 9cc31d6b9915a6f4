/** A code unit's rank so that surrogates, which stand for code points above all others, come last. */
function rank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** Orders text by code point. JavaScript's own `<` orders by UTF-16 unit, which differs beyond U+FFFF. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const one = left.charCodeAt(index);
    const other = right.charCodeAt(index);
    if (one !== other) return rank(one) - rank(other);
  }
  return left.length - right.length;
}

/** Orders two values of one field: null first, dates by instant, FOREVER after every date, text by code point. */
export function compareValues(left: unknown, right: unknown): number {
  if (left === null || left === undefined) return right === null || right === undefined ? 0 : -1;
  if (right === null || right === undefined) return 1;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  const one = Number(left);
  const other = Number(right);
  // FOREVER is infinite, and the difference of two infinities is no number.
  return one === other ? 0 : one - other;
}

/** Text with its case taken away; both directions, because some letters have several lower or upper forms. */
export function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase();
}

/** What stands for a value where equality is asked: dates are equal when their instants are. */
export function identityOf(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : (value ?? null);
}
