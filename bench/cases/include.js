import { Ticket } from '../../packages/orm/dist/index.js';
import { readRows } from '../harness/read-rows.js';

/** Some more than an include remembers (10,000), so that this is reached. */
const USERS = 12_000;

/** Tickets with three relations, streamed and dropped. */
async function measure({ kayako, memory }, { tickets, times }) {
  const query = kayako.repository(Ticket).include('department', 'user', 'posts').take(tickets);
  async function* rows() {
    for (let time = 0; time < times; time += 1) yield* query;
  }
  await query.take(1).all();
  await memory.begin();
  const { requests } = kayako.usage;
  await readRows(rows(), tickets * times, memory);
  await memory.end();
  return { requests: kayako.usage.requests - requests };
}

function variantsOf(sizes, server) {
  const baseline = sizes[0];
  return sizes.map(([tickets, times]) => {
    const name = ([rows, repeated]) =>
      `${rows.toLocaleString('en-US')} tickets${repeated === 1 ? '' : `, ${repeated} times`}`;
    return {
      name: name([tickets, times]),
      ...(tickets > baseline[0] && { baseline: name(baseline) }),
      server: { ...server, isRecorded: false },
      tickets,
      times,
    };
  });
}

const columns = [
  { title: 'requests', figure: 'requests' },
  { title: 'peak', figure: 'peak' },
  { title: 'over the first', figure: 'peak', over: true },
  { title: 'heap at ¼', figure: 'quarter', digits: 1 },
  { title: '½', figure: 'half', digits: 1 },
  { title: '¾', figure: 'threeQuarters', digits: 1 },
  { title: 'end', figure: 'end', digits: 1 },
];

export const include = {
  name: 'include',
  passes: ['peak', 'heap'],
  variants: (smoke) =>
    smoke
      ? variantsOf([[10, 2]], { users: 20, tickets: 20 })
      : variantsOf(
          [
            [100, 100],
            [100, 1],
            [1000, 1],
            [10_000, 1],
          ],
          { users: USERS, tickets: 10_000 },
        ),
  measure,
  columns,
};

/** More of them; minutes long. */
export const includeLarge = {
  name: 'include-large',
  isLong: true,
  passes: ['peak', 'heap'],
  variants: () =>
    variantsOf(
      [
        [100, 100],
        [100_000, 1],
      ],
      { users: USERS, tickets: 100_000 },
    ),
  measure,
  columns,
};
