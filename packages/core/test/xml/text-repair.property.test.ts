import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { TextRepair } from '../../src/xml/text-repair.js';

/** A stretch of a document as a help desk may send it, and the text that it stands for. */
interface Stretch {
  readonly sent: string;
  readonly meant: string;
}

function isLegal(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

function withoutIllegal(text: string): string {
  return Array.from(text).filter(isLegal).join('');
}

const character = fc.oneof(
  fc.constantFrom(']', '[', '&', ';', '#', 'x', 'a', 'm', 'p', ' ', '!', '-', '?'),
  fc.constantFrom('\u0000', '\u0001', '\u001f', '\ufffe', '\uffff', '\u007f', '\u0085', '\ufffd'),
  fc.constantFrom('ä', '€', '💶', '\u{10ffff}', '\n', '\t'),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
    .filter((each) => !/[<>\r&]/.test(each)),
);

/** Ampersands that start nothing, references to legal and to illegal characters. */
const reference: fc.Arbitrary<Stretch> = fc.oneof(
  fc.constantFrom(
    { sent: '&amp;', meant: '&' },
    { sent: '&lt;', meant: '<' },
    { sent: '&gt;', meant: '>' },
    { sent: '&quot;', meant: '"' },
    { sent: '&apos;', meant: "'" },
    ...['& ', '&nbsp;', '&amp', '&#;', '&#x;', '&#xg;', '&;', '&&', '&AMP;', '&#12345678;'].map(
      // What follows must not complete the reference.
      (sent) => ({ sent: `${sent} `, meant: `${sent} ` }),
    ),
  ),
  fc.oneof(fc.integer({ min: 0, max: 0x110fff }), fc.integer({ min: 0, max: 0x40 })).chain((code) =>
    fc
      .constantFrom(
        `&#${code};`,
        `&#x${code.toString(16)};`,
        `&#x${code.toString(16).toUpperCase()};`,
      )
      .map((sent) => {
        const meant = code > 0x10ffff ? '' : String.fromCodePoint(code);
        return { sent, meant: isLegal(meant) ? meant : '' };
      }),
  ),
);

const plain: fc.Arbitrary<Stretch> = fc
  .array(character, { maxLength: 20 })
  .map((characters) => characters.join('').replaceAll('&', ''))
  .map((sent) => ({ sent, meant: withoutIllegal(sent) }));

const cdata: fc.Arbitrary<Stretch> = fc
  .array(fc.oneof(character, fc.constantFrom('<', '>', '<![CDATA[', '&amp;')), { maxLength: 20 })
  .map((characters) => characters.join(''))
  .map((text) => ({
    // As the server writes it: an end inside the text is split over two sections (§3.2).
    sent: `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`,
    meant: withoutIllegal(text),
  }));

const document: fc.Arbitrary<Stretch> = fc
  .array(fc.oneof(plain, reference, cdata, fc.constant({ sent: '<b/>', meant: '' })), {
    maxLength: 12,
  })
  .map((stretches) => ({
    sent: `<a>${stretches.map(({ sent }) => sent).join('')}</a>`,
    meant: stretches.map(({ meant }) => meant).join(''),
  }));

function repairedIn(chunks: readonly string[]): string {
  const repair = new TextRepair();
  return chunks.map((chunk) => repair.write(chunk)).join('');
}

function cut(text: string, places: readonly number[]): string[] {
  const edges = [0, ...places.map((place) => place % (text.length + 1)), text.length];
  edges.sort((first, second) => first - second);
  return edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
}

/** What a parser that tolerates nothing reads. */
function parsed(document: string): { text: string; errors: string[] } {
  let text = '';
  const errors: string[] = [];
  const parser = new SaxesParser();
  parser.on('text', (piece) => (text += piece));
  parser.on('cdata', (piece) => (text += piece));
  parser.on('error', (error) => errors.push(error.message));
  parser.write(document).close();
  return { text, errors };
}

describe('TextRepair on random documents', () => {
  it('makes every document acceptable to the parser and keeps its text', () => {
    fc.assert(
      fc.property(document, ({ sent, meant }) => {
        expect(parsed(repairedIn([sent]))).toEqual({ text: meant, errors: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same text however the document is cut', () => {
    fc.assert(
      fc.property(document, fc.array(fc.nat(10_000), { maxLength: 8 }), ({ sent }, places) => {
        expect(repairedIn(cut(sent, places))).toBe(repairedIn([sent]));
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing in a document that a parser accepts', () => {
    fc.assert(
      fc.property(document, ({ sent }) => {
        const sound = repairedIn([sent]);
        expect(repairedIn([sound])).toBe(sound);
      }),
      { numRuns: 1000 },
    );
  });
});
