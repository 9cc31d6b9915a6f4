import { Buffer } from 'node:buffer';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Ticket } from '../../packages/orm/dist/index.js';

const block = Buffer.from(Uint8Array.from({ length: 65_536 }, (_, at) => at * 7919 + (at >> 8)));

function* bytesOf(size) {
  for (let left = size; left > 0; left -= block.length) {
    yield left < block.length ? block.subarray(0, left) : block;
  }
}

async function addTicket(kayako) {
  const ticket = kayako.create(Ticket, {
    subject: 'A large file',
    contents: 'Attached.',
    fullName: 'Test User',
    email: 'test@example.com',
    departmentId: 1,
    statusId: 1,
    priorityId: 1,
    typeId: 1,
    userId: 1,
  });
  return ticket.add();
}

async function newAttachment(ticket) {
  const post = await ticket.posts.first();
  return post.attachments.create({ fileName: 'large.bin' });
}

async function receivedBytes(attachment) {
  let bytes = 0;
  for await (const chunk of attachment.download()) bytes += chunk.length;
  return bytes;
}

/** Files that are streamed to and from the help desk. */
export const attachments = {
  name: 'attachments',
  passes: ['peak', 'heap'],
  variants: (smoke) => {
    const sizes = smoke
      ? [['1 KB', 1e3]]
      : [
          ['1 KB', 1e3],
          ['1 MB', 1e6],
          ['200 MB', 200e6],
        ];
    const ways = [
      ['upload of a file', 'file'],
      ['upload of a stream', 'stream'],
      ['download', 'download'],
    ];
    return (smoke ? ways.slice(1) : ways).flatMap(([title, way]) =>
      sizes.map(([shown, size]) => ({
        name: `${title}, ${shown}`,
        ...(size > 1e3 && { baseline: `${title}, 1 KB` }),
        server: { users: 0, isRecorded: false },
        way,
        size,
      })),
    );
  },
  async prepare({ kayako, folder }, { way, size }) {
    const ticket = await addTicket(kayako);
    const prepared = { ticketId: ticket.id };
    if (way === 'stream') return prepared;
    if (way === 'file') {
      const path = join(folder, `${ticket.id}.bin`);
      await writeFile(path, bytesOf(size));
      return { ...prepared, path };
    }
    const attachment = await newAttachment(ticket);
    await attachment.upload(Readable.from(bytesOf(size)), { size });
    return prepared;
  },
  async measure({ kayako, memory, prepared }, { way, size }) {
    const { ticketId, path } = prepared;
    const ticket = await kayako.repository(Ticket).where({ id: ticketId }).firstOrFail();
    // From the list: a record that is read by its id comes with its contents.
    const [listed] = await ticket.attachments.all();
    const attachment = way === 'download' ? listed : await newAttachment(ticket);
    await memory.begin();
    if (way === 'file') await attachment.upload(path);
    else if (way === 'stream') await attachment.upload(Readable.from(bytesOf(size)));
    const moved = way === 'download' ? await receivedBytes(attachment) : attachment.fileSize;
    await memory.end();
    if (moved !== size) throw new Error(`${moved} bytes were moved instead of ${size}`);
    await ticket.delete();
    if (path !== undefined) await rm(path);
    return {};
  },
  columns: [
    { title: 'peak', figure: 'peak' },
    { title: 'over 1 KB', figure: 'peak', over: true },
    { title: 'heap afterwards', figure: 'end', digits: 2 },
  ],
};
