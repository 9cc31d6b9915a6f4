/** Rows in arrays of one size, the last one shorter. */
export async function* inPages<Row>(
  batches: AsyncIterable<Row[]>,
  size: number,
): AsyncGenerator<Row[]> {
  let page: Row[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      page.push(row);
      if (page.length < size) continue;
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}
