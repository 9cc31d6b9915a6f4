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

describe('the pages that will probably follow', () => {
  /** A cursor that has read these pages. */
  function after(...pages: readonly (readonly number[])[]): KeysetCursor {
    const cursor = new KeysetCursor(step({ pageSize: 8 }));
    for (const page of pages) {
      const wanted = cursor.wanted();
      for (const id of page) cursor.accept(id);
      cursor.next(wanted);
    }
    return cursor;
  }
  const ids = (from: number, every: number): number[] =>
    Array.from({ length: 8 }, (_, index) => from + index * every);

  it('are not known before a page was full, or there were two', () => {
    expect(after().following(1)).toBeNull();
    expect(after([1, 2, 3]).following(4)).toBeNull();
    expect(after([1, 2, 3], [4, 5, 6]).following(7)?.route).toBe('/Users/10/8');
    expect(after(ids(1, 1)).following(9)?.route).toBe('/Users/17/8');
  });

  it('are a little nearer than the ids of the page before suggest', () => {
    expect(after(ids(1, 10)).following(80)?.position).toBe(80 + 75);
  });

  it('are guessed from the dense half of a page that has a large hole', () => {
    const page = [1, 2, 3, 4, 5, 6, 5_000_000, 5_000_001];
    expect(after(page).following(5_000_002)?.position).toBe(5_000_002 + 8);
  });

  it('end with the last id that is wanted', () => {
    const cursor = new KeysetCursor(step({ pageSize: 3, last: 9 }));
    const wanted = cursor.wanted();
    for (const id of [1, 2, 3]) cursor.accept(id);
    expect(cursor.next(wanted)).toBe(true);
    expect([cursor.following(4)?.position, cursor.following(7)]).toEqual([7, null]);
  });

  it('are of use unless they are far away or most of their rows are known', () => {
    const cursor = after([1, 2, 3, 4, 5, 20, 21, 22]);
    expect([23, 31, 39, 40].map((position) => cursor.keeps(position, 2))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(cursor.keeps(5, 2)).toBe(true);
    expect(cursor.keeps(4, 2)).toBe(false);
    expect([22, 23, 24].map((position) => cursor.serves(position))).toEqual([true, true, false]);
  });

  it('leave little to ask for before one that is there already', () => {
    const cursor = after(ids(1, 1));
    expect(cursor.wanted(12)).toEqual({ route: '/Users/9/3', position: 9, rows: 3 });
    expect(cursor.wanted(900).rows).toBe(8);
  });

  it('are gone through where they begin before what is wanted, and asked for anew where they end there', () => {
    const cursor = after([1, 2, 3, 4, 5, 6, 7, 8]);
    const early = { route: '', position: 5, rows: 8 };
    expect([5, 6, 7, 8, 9, 10, 11, 12].filter((id) => cursor.accept(id))).toEqual([9, 10, 11, 12]);
    expect(cursor.next(early)).toBe(true);
    // However many there are: they say nothing about the end.
    for (let page = 0; page < 3; page += 1) {
      for (const id of [5, 6, 7, 8, 9, 10, 11, 12]) expect(cursor.accept(id)).toBe(false);
      expect(cursor.next(early)).toBe(true);
      expect(cursor.wanted().position).toBe(13);
    }
  });
});
