import { User } from '../../packages/orm/dist/index.js';

/** Users in an array, held and then dropped: the objects of a session, and those of a repository. */
export const session = {
  name: 'session',
  passes: ['peak', 'heap'],
  variants: (smoke) => {
    const rows = smoke ? 50 : 10_000;
    // The users of the scan: the server is shared.
    const server = { users: smoke ? 199 : 99_999, isRecorded: true };
    const plain = { name: 'repository', server, rows, isSession: false };
    const own = { name: 'session', baseline: 'repository', server, rows, isSession: true };
    return smoke ? [own] : [plain, own];
  },
  async measure({ kayako, memory }, { rows, isSession }) {
    const source = isSession ? kayako.session() : kayako;
    const query = source.repository(User).take(rows);
    await query.take(1).all();
    await memory.begin();
    const lists = [await query.all()];
    const [{ length }] = lists;
    if (length !== rows) throw new Error(`${length} users instead of ${rows}`);
    const held = await memory.point('held');
    lists.pop();
    await memory.end();
    // Also what the session itself holds is alive until here.
    const summary = String(source);
    return { heldPerRow: held === null ? undefined : held / rows, summary };
  },
  columns: [
    { title: 'peak', figure: 'peak' },
    { title: 'over repository', figure: 'peak', over: true },
    { title: 'heap while held', figure: 'held', digits: 1 },
    { title: 'bytes a row', figure: 'heldPerRow' },
    { title: 'heap when dropped', figure: 'end', digits: 2 },
  ],
};
