// A tag ends before the next one begins, so no text makes this slow.
const TAG = /<[!/?a-z][^<>]*>/gi;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#039;', "'"],
  ['&#39;', "'"],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
]);

/** HTML without its tags, the common entities resolved. */
export function plainTextOf(html: string): string {
  return html
    .replace(TAG, '')
    .replace(/&(?:lt|gt|quot|#0?39|nbsp|amp);/g, (entity) => ENTITIES.get(entity) ?? entity)
    .trim();
}
