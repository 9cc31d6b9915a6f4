import { cutAt, inChunks } from '../support/chunks.js';
import { Decoding } from '../support/decoding.js';
import { DAMAGED_DOCUMENTS, REGULAR_DOCUMENTS } from '../support/documents.js';
import { contentsOf } from '../support/rows.js';

/** The same values with their names in one order, so that texts can be compared. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([first], [second]) => (first < second ? -1 : 1))
      .map(([name, each]) => [name, canonical(each)]),
  );
}

describe.each([...REGULAR_DOCUMENTS, ...DAMAGED_DOCUMENTS])(
  'a reply with $name',
  ({ type, bytes, contents }) => {
    const decoding = new Decoding();

    it('decodes to the values it holds', async () => {
      expect(await decoding.contents(type, [bytes])).toEqual(contents);
    });

    it('decodes to the same values wherever it is cut in two', async () => {
      const whole = JSON.stringify(canonical(contents));
      const different: unknown[] = [];
      for (let place = 1; place < bytes.length; place += 1) {
        const { batches, error } = await decoding.read(type, cutAt(bytes, [place]));
        const decoded = JSON.stringify(canonical(batches.flat().map(contentsOf)));
        if (error !== undefined || decoded !== whole) different.push({ place, error, decoded });
      }
      expect(different.slice(0, 3)).toEqual([]);
    });

    it.each([1, 2, 3, 7])('decodes to the same values in chunks of %i bytes', async (size) => {
      expect(await decoding.contents(type, inChunks(bytes, size))).toEqual(contents);
    });
  },
);
