/** Rows by display order, and by id where that is equal. */
export function byDisplayOrder<Row extends { readonly displayOrder: number }>(
  rows: Iterable<Row>,
): Row[] {
  return sortedBy(rows, (row) => row.displayOrder, 'ASC');
}

/** Sorts rows that come by id, downwards for `DESC` in any case; rows with equal keys stay by ascending id. */
export function sortedBy<Row>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => number | string,
  sortOrder: string,
): Row[] {
  const direction = sortOrder.toUpperCase() === 'DESC' ? -1 : 1;
  return Array.from(rows, (row) => ({ row, key: keyOf(row) }))
    .sort((one, other) => direction * compare(one.key, other.key))
    .map(({ row }) => row);
}

/** So many rows from the offset on; everything without a count above 0. */
export function pageOf<Row>(rows: readonly Row[], count: number, start: number): readonly Row[] {
  if (count <= 0) return rows;
  const offset = Math.max(start, 0);
  return rows.slice(offset, offset + count);
}

function compare(one: number | string, other: number | string): number {
  return one < other ? -1 : Number(one > other);
}
