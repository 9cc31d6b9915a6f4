import { OffsetCursor } from '../../../src/engine/paging/offset-cursor.js';
import { type OffsetStep } from '../../../src/plan/select-plan.js';

function step(changes: Partial<OffsetStep> = {}): OffsetStep {
  return {
    kind: 'offset',
    route: '/Tickets',
    count: { route: '/Count', element: 'totalcount' },
    filters: [],
    parameters: [],
    pageSize: 100,
    maxPageSize: 100,
    start: 0,
    sort: ['ticketid', 'ASC'],
    ...changes,
  };
}

interface Asked {
  readonly count: number;
  readonly start: number;
}

function walk(
  given: OffsetStep,
  answer: (page: Asked, asked: number) => readonly number[],
): { pages: Asked[]; rows: number[] } {
  const cursor = new OffsetCursor(given, ['1', '2']);
  const pages: Asked[] = [];
  const rows: number[] = [];
  let wanted;
  do {
    if (pages.length > 50) throw new Error('it never ends');
    wanted = cursor.wanted();
    const [, , one, two, count, start] = wanted.route.split('/');
    expect([one, two]).toEqual(['1', '2']);
    const page = { count: Number(count), start: Number(start) };
    pages.push(page);
    for (const id of answer(page, pages.length)) {
      const isNew = cursor.accept(id);
      if (cursor.hasGap) break;
      if (isNew) rows.push(id);
    }
  } while (cursor.next(wanted));
  return { pages, rows };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
const honest = (ids: readonly number[]) => {
  return ({ count, start }: Asked): readonly number[] => ids.slice(start, start + count);
};
const starts = (pages: readonly Asked[]): number[] => pages.map(({ start }) => start);

describe('pages by id', () => {
  it('begins each page with the last row of the one before, until one is short', () => {
    const { pages, rows } = walk(step(), honest(range(1, 250)));
    expect(rows).toEqual(range(1, 250));
    expect(starts(pages)).toEqual([0, 99, 198]);
  });

  it('is one request for a list that is shorter than a page', () => {
    expect(walk(step(), honest(range(1, 7))).pages).toHaveLength(1);
    expect(walk(step(), honest([])).pages).toHaveLength(1);
  });

  it('ends a list that fills its pages exactly with one request more', () => {
    const { pages, rows } = walk(step(), honest(range(1, 100)));
    expect(rows).toEqual(range(1, 100));
    expect(pages).toHaveLength(2);
  });

  it('reads the page before again where rows have left it', () => {
    const answer = (page: Asked, asked: number): readonly number[] =>
      honest(asked === 1 ? range(1, 300) : range(41, 300))(page);
    const { pages, rows } = walk(step(), answer);
    expect(rows).toEqual(range(1, 300));
    expect(starts(pages).slice(0, 3)).toEqual([0, 99, 0]);
  });

  it('reads a page again that was empty once, and one that is always empty not for ever', () => {
    const once = (page: Asked, asked: number): readonly number[] =>
      asked === 2 ? [] : honest(range(1, 250))(page);
    expect(walk(step(), once).rows).toEqual(range(1, 250));
    const always = (page: Asked): readonly number[] => (page.start === 0 ? range(1, 100) : []);
    expect(walk(step(), always).rows).toEqual(range(1, 100));
    const repeating = walk(step(), () => range(1, 100));
    expect(repeating.rows).toEqual(range(1, 100));
    expect(repeating.pages.length).toBeLessThan(4);
  });

  it('reads it once more where rows that joined meanwhile have left again', () => {
    const lists = [range(1, 300), range(1, 298), [...range(1, 298), 301, 302], range(1, 298)];
    const answer = (page: Asked, asked: number): readonly number[] =>
      honest((lists[asked - 1] ?? range(1, 298)).toReversed())(page);
    const { pages, rows } = walk(step({ sort: ['ticketid', 'DESC'] }), answer);
    expect(rows).toEqual(range(1, 300).reverse());
    expect(starts(pages)).toEqual([0, 99, 0, 99, 0, 99, 198, 297]);
  });

  it('goes on where two pages never meet, without asking for ever', () => {
    const apart = ({ count, start }: Asked): readonly number[] =>
      honest(start === 0 ? range(1, 250) : range(6, 250))({ count, start });
    const { pages, rows } = walk(step(), apart);
    expect(rows).toEqual([...range(1, 100), ...range(105, 250)]);
    expect(starts(pages)).toEqual([0, 99, 0, 99, 0, 99, 198]);
  });

  it('passes over rows that joined before the border of a page', () => {
    const answer = (page: Asked, asked: number): readonly number[] =>
      honest(asked === 1 ? range(2, 201) : range(1, 201))(page);
    expect(walk(step(), answer).rows).toEqual(range(2, 201));
  });

  it('walks down as well', () => {
    const down = range(1, 250).reverse();
    const { rows } = walk(step({ sort: ['ticketid', 'DESC'] }), honest(down));
    expect(rows).toEqual(down);
  });
});

describe('a server that cuts pages silently', () => {
  it.each([50, 60, 80])('loses no row at a limit of %i', (limit) => {
    const answer = ({ start }: Asked): readonly number[] =>
      range(1, 400).slice(start, start + limit);
    expect(walk(step(), answer).rows).toEqual(range(1, 400));
  });

  it('is asked once more where the list just happens to have a round length', () => {
    const { pages, rows } = walk(step(), honest(range(1, 60)));
    expect(rows).toEqual(range(1, 60));
    expect(pages).toHaveLength(2);
  });
});

it('lets pages grow where few rows were wanted first', () => {
  const { pages } = walk(step({ pageSize: 2, maxPageSize: 100 }), honest(range(1, 150)));
  expect(pages.map(({ count }) => count)).toEqual([2, 20, 100, 100]);
});

describe('the pages that will probably follow', () => {
  /** A cursor that has read pages of so many rows. */
  function after(changes: Partial<OffsetStep>, ...lengths: readonly number[]): OffsetCursor {
    const cursor = new OffsetCursor(step(changes), []);
    let last = 0;
    for (const length of lengths) {
      const wanted = cursor.wanted();
      // Each page begins with the last row of the one before.
      const first = Math.max(1, last);
      for (let row = 0; row < length; row += 1) cursor.accept(first + row);
      last = first + length - 1;
      cursor.next(wanted);
    }
    return cursor;
  }

  it('begin with the last row of the one before, once one was full', () => {
    expect(after({}).following(0)).toBeNull();
    expect(after({}, 100).following(99)).toEqual({
      route: '/Tickets/100/198/ticketid/ASC',
      position: 198,
      rows: 100,
    });
  });

  it('are as long as the server makes them, once it has cut two', () => {
    expect(after({}, 60).following(59)).toBeNull();
    expect(after({}, 60, 60).following(118)?.position).toBe(118 + 59);
  });

  it('are not known while pages grow', () => {
    const growing = { pageSize: 2, maxPageSize: 100 };
    expect(after(growing, 2).following(1)).toBeNull();
    expect(after(growing, 2, 20).following(20)?.rows).toBe(100);
  });

  it('are of use where they join the one that is wanted', () => {
    const cursor = after({}, 100);
    expect([0, 99, 100, 198, 297, 396].map((position) => cursor.keeps(position, 2))).toEqual([
      false,
      true,
      false,
      true,
      true,
      false,
    ]);
    expect([cursor.serves(99), cursor.serves(198)]).toEqual([true, false]);
  });
});

it('goes on behind a page that is the same as the one before, but not behind two', () => {
  // As many rows join before the border as a page is long: that is chance, not a server that knows no offsets.
  const all = range(1, 300).reverse();
  const joined = range(301, 399).reverse();
  const answer = (page: Asked, asked: number): readonly number[] =>
    honest(asked === 1 ? all : [...joined, ...all])(page);
  expect(walk(step({ sort: ['ticketid', 'DESC'] }), answer).rows).toEqual(all);
  expect(walk(step(), () => range(1, 100)).pages).toHaveLength(3);
});

describe('pages in an order of the help desk', () => {
  const ids = [7, 3, 9, 1, 250, 12, 8, 40, 2, 5];
  const unsorted = step({ sort: null, pageSize: 4, maxPageSize: 4 });

  it('asks for no order, and begins each page with the last row of the one before', () => {
    const { pages, rows } = walk(unsorted, honest(ids));
    expect(rows).toEqual(ids);
    expect(starts(pages)).toEqual([0, 3, 6, 9]);
    expect(new OffsetCursor(unsorted, ['5']).wanted().route).toBe('/Tickets/5/4/0');
  });

  it('gives a row once that another one pushed into the next page', () => {
    const later = [100, ...ids];
    const { rows } = walk(unsorted, (page, asked) => honest(asked === 1 ? ids : later)(page));
    expect(rows).toEqual(ids);
  });

  it('goes back where rows have left, so that none is passed over', () => {
    const later = ids.slice(2);
    const { rows } = walk(unsorted, (page, asked) => honest(asked === 1 ? ids : later)(page));
    expect(rows).toEqual(ids);
  });
});
