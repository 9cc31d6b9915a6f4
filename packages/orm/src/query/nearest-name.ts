/** How many letters must be added, dropped, replaced or swapped with their neighbour to make one name of the other. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/** The name that was probably meant: at most two slips of the keyboard away, case aside. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  // A long text is no slip of the keyboard, and would cost time.
  if (given.length > 40) return undefined;
  const rated = names
    .map((name) => ({ name, slips: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, slips }) => slips <= Math.min(2, Math.floor(name.length / 3)));
  return rated.sort((left, right) => left.slips - right.slips)[0]?.name;
}
