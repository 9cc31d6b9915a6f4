// A CDATA section that is handed out in pieces says what it says whole, wherever the document is cut.
import fc from 'fast-check';
import { SaxReader } from '../../src/xml/sax-reader.js';
import { TextRepair } from '../../src/xml/text-repair.js';
import { type XmlConsumer } from '../../src/xml/xml-consumer.js';
import { bytesOf, cutAt, inChunks } from '../support/chunks.js';

class Recorder implements XmlConsumer {
  readonly events: string[] = [];
  /** The texts as they came. */
  readonly texts: string[] = [];

  open(name: string): void {
    this.events.push(`<${name}`);
  }

  text(text: string): void {
    this.texts.push(text);
    const last = this.events.length - 1;
    if (this.events[last]?.startsWith('"') === true) this.events[last] += text;
    else if (text !== '') this.events.push(`"${text}`);
  }

  close(): void {
    this.events.push('>');
  }
}

/** @param cuts whether sections are handed out in pieces. */
function read(chunks: readonly Uint8Array[], cuts = true): Recorder {
  const recorder = new Recorder();
  const sax = new SaxReader(recorder);
  const repair = new TextRepair();
  const decoder = new TextDecoder();
  try {
    for (const chunk of chunks) {
      const text = repair.write(decoder.decode(chunk, { stream: true }));
      sax.write(text, cuts && repair.isWithinSection);
    }
  } catch (error) {
    recorder.events.push(String(error));
  } finally {
    sax.close();
  }
  return recorder;
}

const character = fc.oneof(
  fc.constantFrom(']', '[', '>', '<', '&', '\r', '\n', '\r\n', '-', '?', '!', 'a', ' ', 'ä', '💶'),
  fc.constantFrom('\u0000', '\ufffe', ']]', '<![CDATA[', '-->', '?>', '&amp;', '<b>'),
);
const text = fc.array(character, { maxLength: 25 }).map((parts) => parts.join(''));

const value = fc.oneof(
  { arbitrary: text.map(asCdata), weight: 3 },
  text.map((each) => each.replace(/[<>&]/g, '').replaceAll(']]', '')),
  fc.constant('<b/>'),
);
/** A comment or an instruction that mentions a section begins none. */
const aside = fc.oneof(
  text.map((each) => `<!--${each.replace(/-/g, '')} -->`),
  text.map((each) => `<?note ${each.replaceAll('?>', '')} ?>`),
);

function asCdata(value: string): string {
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

const documentOf = (stretch: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> =>
  fc
    .array(
      fc.array(stretch, { maxLength: 4 }).map((parts) => `<a>${parts.join('')}</a>`),
      { maxLength: 5 },
    )
    .map((elements) => bytesOf(`<?xml version="1.0"?><list>${elements.join('\n')}</list>`));

describe('a document with sections that are handed out in pieces', () => {
  it('says what it says whole', () => {
    fc.assert(
      fc.property(documentOf(value), fc.integer({ min: 1, max: 9 }), (bytes, size) => {
        expect(read(inChunks(bytes, size)).events).toEqual(read([bytes]).events);
      }),
      { numRuns: 1000 },
    );
  });

  it('says the same as with sections that are handed out at their ends, comments or not', () => {
    const places = fc.array(fc.nat(10_000), { maxLength: 30 });
    fc.assert(
      fc.property(documentOf(fc.oneof(value, aside)), places, (bytes, anywhere) => {
        const edges = anywhere.map((place) => place % bytes.length);
        const chunks = cutAt(
          bytes,
          edges.sort((one, other) => one - other),
        );
        expect(read(chunks).events).toEqual(read(chunks, false).events);
      }),
      { numRuns: 3000 },
    );
  });

  it('hands a long section out in pieces', () => {
    const value = 'QUJD'.repeat(10_000);
    const { events, texts } = read(inChunks(bytesOf(`<a>${asCdata(value)}</a>`), 1000));
    expect(events).toEqual(['<a', `"${value}`, '>']);
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(2000);
  });
});
