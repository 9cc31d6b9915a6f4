// What an attachment may be uploaded from, and what it is downloaded as.
import { type Readable } from 'node:stream';
import { type TicketAttachment, type TicketPost, type UploadSource } from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

export async function streams(
  attachment: TicketAttachment,
  post: TicketPost,
  readable: Readable,
  web: ReadableStream<Uint8Array>,
  texts: AsyncIterable<string>,
  numbers: AsyncIterable<number>,
  { signal }: AbortController,
): Promise<void> {
  expectTypeOf(await attachment.upload('/tmp/a')).toEqualTypeOf<TicketAttachment>();
  await attachment.upload(new URL('file:///tmp/a'), { signal });
  await attachment.upload(readable, { size: 5 });
  await attachment.upload(texts, { size: undefined });
  await attachment.upload(attachment.download());
  expectTypeOf(attachment.download({ signal })).toEqualTypeOf<Readable>();
  expectTypeOf(web).toExtend<UploadSource>();

  // @ts-expect-error bytes that are here are set, not uploaded
  await attachment.upload(Buffer.from('a'));
  // @ts-expect-error neither bytes nor text
  await attachment.upload(numbers);
  // @ts-expect-error nothing to read from
  await attachment.upload(null);
  // @ts-expect-error a size is a number
  await attachment.upload(readable, { size: '5' });
  // @ts-expect-error a download has no size to be told
  attachment.download({ size: 5 });
  // @ts-expect-error posts are no files
  await post.upload('/tmp/a');
}
