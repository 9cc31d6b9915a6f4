// Attachments: whole, and as streams that never hold a file in memory. docs/attachments.md shows the parts between the rulers.
import assert from 'node:assert/strict';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Kayako, SizeMismatchError, Ticket, type TicketAttachment } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({ tickets: 1, seed: 5 });
const kayako = new Kayako(sandbox);
const folder = await mkdtemp(join(tmpdir(), 'attachments-'));
const path = join(folder, 'report.csv');
const target = join(folder, 'copy.csv');
await writeFile(path, 'id;subject\n'.repeat(100_000));
const ticket = await kayako.repository(Ticket).firstOrFail();
const post = await ticket.posts.create({ contents: 'Here are the files.', staffId: 1 }).add();

// ----- whole
const note = post.attachments.create({ fileName: 'note.txt' });
note.setContents('Grüße'); // or a Buffer
await note.add();
const [listed] = await ticket.attachments.all(); // lists come without contents
const contents = await listed?.loadContents(); // a Buffer, with one request
// -----
assert(contents !== undefined && contents.length > 0);

// ----- upload
const report = await post.attachments.create({ fileName: 'report.csv' }).upload(path);
const zipped = createReadStream(path).pipe(createGzip());
const archive = await post.attachments.create({ fileName: 'report.csv.gz' }).upload(zipped);
console.log(report.fileSize, archive.fileSize);
// -----

// ----- download
await pipeline(report.download(), createWriteStream(target));
for await (const chunk of archive.download()) console.log((chunk as Buffer).length);
// -----
assert((await readFile(path)).equals(await readFile(target)));

// ----- copy
const copy = post.attachments.create({ fileName: 'again.csv' });
await copy.upload(report.download(), { size: report.fileSize });
// -----

// ----- checked
async function save(attachment: TicketAttachment, file: string): Promise<void> {
  try {
    const signal = AbortSignal.timeout(60_000);
    await pipeline(attachment.download({ signal }), createWriteStream(file));
  } catch (error) {
    await rm(file, { force: true }); // what came is incomplete
    if (!(error instanceof SizeMismatchError)) throw error;
    console.error(`${error.size} bytes came, ${error.fileSize} were due`);
  }
}
// -----
await save(copy, target);
assert.equal((await readFile(target)).length, report.fileSize);

await rm(folder, { recursive: true });
await kayako.close();
await sandbox.close();
