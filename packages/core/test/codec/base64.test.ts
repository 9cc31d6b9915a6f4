import fc from 'fast-check';
import { Base64Decoder, base64Length, encodeBase64 } from '../../src/codec/base64.js';
import { bytes as codec } from '../../src/codec/bytes.js';
import { inChunks } from '../support/chunks.js';

async function* given(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function encoded(chunks: readonly Uint8Array[]): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of encodeBase64(given(chunks))) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
}

function decoded(pieces: readonly string[]): Buffer {
  const decoder = new Base64Decoder();
  return Buffer.concat([...pieces.map((piece) => decoder.write(piece)), decoder.end()]);
}

const chunks = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 8 });

/** Base64 as it may come: wrapped, in the alphabet of URLs, with foreign characters, with and without padding. */
const lenient = fc
  .tuple(
    fc.array(fc.constantFrom('A', 'z', '0', '9', '+', '/', '-', '_', '\n', '\r\n', ' ', '!', 'ä'), {
      maxLength: 40,
    }),
    fc.constantFrom('', '=', '==', '=\n', '==\n '),
  )
  .map(([parts, padding]) => parts.join('') + padding);

function cut(text: string, places: readonly number[]): string[] {
  const edges = [0, ...places.map((place) => place % (text.length + 1)), text.length];
  edges.sort((first, second) => first - second);
  return edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
}

describe('base64 in pieces', () => {
  it('is the text of the whole, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, async (parts) => {
        const text = Buffer.concat(parts).toString('base64');
        expect(await encoded(parts)).toBe(text);
        expect(base64Length(Buffer.concat(parts).byteLength)).toBe(text.length);
      }),
    );
  });

  it('comes in pieces of moderate size from a chunk of any size', async () => {
    const whole = Buffer.alloc(1_000_000, 'contents');
    const sizes: number[] = [];
    for await (const piece of encodeBase64(given([whole]))) sizes.push(piece.byteLength);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
    expect(await encoded([whole])).toBe(whole.toString('base64'));
    expect(await encoded(inChunks(whole, 65_537))).toBe(whole.toString('base64'));
  });

  it('is read as the whole is, however it is cut and written', () => {
    fc.assert(
      fc.property(lenient, fc.array(fc.nat(100), { maxLength: 6 }), (text, places) => {
        expect(decoded(cut(text, places))).toEqual(codec.decode(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('ends where its padding stands, in whichever piece', () => {
    expect(decoded(['YWI', '=', 'YWJj']).toString()).toBe('ab');
    expect(decoded(['YWI=YWJj']).toString()).toBe('ab');
    expect(codec.decode('YWI=YWJj')?.toString()).toBe('ab');
  });
});
