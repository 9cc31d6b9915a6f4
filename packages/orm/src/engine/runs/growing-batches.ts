/**
 * Joins batches into larger ones: each holds about twice as many rows as the one before, up to `most`. So the first rows
 * come at once, and what costs the same for a few rows as for many is done seldom.
 */
export async function* growingBatches<Row>(
  batches: AsyncIterable<Row[]>,
  most: number,
): AsyncGenerator<Row[]> {
  let gathered: Row[] = [];
  let wanted = 1;
  for await (const batch of batches) {
    for (const row of batch) gathered.push(row);
    if (gathered.length < wanted) continue;
    wanted = Math.min(most, gathered.length * 2);
    yield gathered;
    gathered = [];
  }
  if (gathered.length > 0) yield gathered;
}
