import { User } from '../../packages/orm/dist/index.js';
import { ByteReader } from '../harness/read-bytes.js';
import { readRows } from '../harness/read-rows.js';

const PAGE = 1000;

/** Reads the pages of all users and drops their bytes, several at a time. */
async function readPages(connection, users, concurrency, memory) {
  const reader = new ByteReader(connection);
  await reader.read('/Base/User/Filter/1/1');
  const markers = Array.from({ length: Math.ceil(users / PAGE) }, (_, page) => page * PAGE + 1);
  const waiting = markers.values();
  await memory.begin();
  let bytes = 0;
  async function readSome() {
    for (const marker of waiting) {
      const read = await reader.read(`/Base/User/Filter/${marker}/${PAGE}`);
      bytes += read;
    }
  }
  await Promise.all(Array.from({ length: concurrency }, readSome));
  await memory.end();
  await reader.close();
  return { requests: markers.length, bytes: bytes / 1e6 };
}

/** All users, streamed and dropped. */
export const scan = {
  name: 'scan',
  passes: ['peak', 'heap'],
  variants: (smoke) => {
    // The default data has one user.
    const users = smoke ? 200 : 100_000;
    const server = { users: users - 1, isRecorded: true };
    const bytes = (concurrency) => ({
      name: concurrency === 1 ? 'bytes' : `bytes, ${concurrency} pages at a time`,
      bytes: concurrency,
    });
    const scanning = (concurrency, ordered) => ({
      name: `scan ${concurrency}${ordered ? '' : ', unordered'}`,
      baseline: bytes(concurrency).name,
      pace: { concurrency, ordered },
    });
    const loop = { name: 'for await', baseline: bytes(1).name };
    const variants = smoke
      ? [bytes(2), scanning(2, false)]
      : [
          ...[1, 2, 4].map(bytes),
          loop,
          ...[1, 2, 4].flatMap((concurrency) => [
            scanning(concurrency, true),
            scanning(concurrency, false),
          ]),
        ];
    return variants.map((variant) => ({ ...variant, server, users }));
  },
  async measure({ kayako, connection, memory }, { users, bytes: concurrency, pace }) {
    if (concurrency !== undefined) return readPages(connection, users, concurrency, memory);
    const query = kayako.repository(User);
    await query.first();
    await memory.begin();
    const { requests, bytes } = kayako.usage;
    await readRows(pace === undefined ? query : query.scan(pace), users, memory);
    await memory.end();
    const { usage } = kayako;
    return { requests: usage.requests - requests, bytes: (usage.bytes - bytes) / 1e6 };
  },
  columns: [
    { title: 'requests', figure: 'requests' },
    { title: 'MB read', figure: 'bytes', digits: 1 },
    { title: 'peak', figure: 'peak' },
    { title: 'over bytes', figure: 'peak', over: true },
    { title: 'heap at ¼', figure: 'quarter', digits: 1 },
    { title: '½', figure: 'half', digits: 1 },
    { title: '¾', figure: 'threeQuarters', digits: 1 },
    { title: 'end', figure: 'end', digits: 1 },
  ],
};
