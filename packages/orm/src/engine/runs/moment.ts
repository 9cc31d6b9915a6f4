let last = 0;

/** Ascending numbers, to tell what began before what. */
export function nextMoment(): number {
  last += 1;
  return last;
}
