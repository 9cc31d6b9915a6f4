import { KeysetCursor } from '../../../src/engine/paging/keyset-cursor.js';
import { type KeysetStep } from '../../../src/plan/select-plan.js';

function step(changes: Partial<KeysetStep> = {}): KeysetStep {
  return {
    kind: 'keyset',
    route: '/Users',
    marker: 1,
    last: null,
    pageSize: 3,
    single: false,
    ...changes,
  };
}

/** Answers each page by its marker; gives the routes asked for and the rows accepted. */
function walk(
  cursor: KeysetCursor,
  answer: (marker: number, asked: number) => readonly number[],
): { markers: number[]; rows: number[] } {
  const markers: number[] = [];
  const rows: number[] = [];
  let page;
  do {
    if (markers.length > 50) throw new Error('it never ends');
    page = cursor.wanted();
    const marker = Number(page.route.split('/')[2]);
    markers.push(marker);
    rows.push(...answer(marker, markers.length).filter((id) => cursor.accept(id)));
  } while (cursor.next(page));
  return { markers, rows };
}

const table = (...ids: number[]) => {
  return (marker: number): number[] => ids.filter((id) => id >= marker).slice(0, 3);
};

it('goes on behind the last id until a page is short', () => {
  expect(walk(new KeysetCursor(step()), table(1, 2, 3, 7, 8, 9, 20))).toEqual({
    markers: [1, 4, 10],
    rows: [1, 2, 3, 7, 8, 9, 20],
  });
});

it('asks once more behind a first page that is short, because the server may send fewer than asked', () => {
  expect(walk(new KeysetCursor(step()), table(1, 2)).markers).toEqual([1, 3]);
  const capped = (marker: number): number[] => [1, 2, 3, 4, 5].filter((id) => id >= marker);
  const two = (marker: number): number[] => capped(marker).slice(0, 2);
  expect(walk(new KeysetCursor(step()), two).rows).toEqual([1, 2, 3, 4, 5]);
});

it('asks twice for a page that is empty behind a full one', () => {
  const answer = (marker: number, asked: number): number[] =>
    asked === 2 ? [] : table(1, 2, 3, 4, 5)(marker);
  expect(walk(new KeysetCursor(step()), answer)).toEqual({
    markers: [1, 4, 4],
    rows: [1, 2, 3, 4, 5],
  });
  expect(walk(new KeysetCursor(step()), table(1, 2, 3)).markers).toEqual([1, 4, 4]);
});

it('gives a row once and ends where the server repeats a page', () => {
  const { rows, markers } = walk(new KeysetCursor(step()), () => [1, 2, 3]);
  expect(rows).toEqual([1, 2, 3]);
  expect(markers.length).toBeLessThan(5);
  expect(walk(new KeysetCursor(step()), () => [1, 1, 2]).rows).toEqual([1, 2]);
});

it('keeps to the bounds of the step', () => {
  const bounded = step({ marker: 2, last: 4, pageSize: 3 });
  expect(walk(new KeysetCursor(bounded), table(1, 2, 3, 7))).toEqual({
    markers: [2],
    rows: [2, 3],
  });
  expect(walk(new KeysetCursor(step({ single: true })), table(1, 2, 3, 4)).rows).toEqual([1, 2, 3]);
});
