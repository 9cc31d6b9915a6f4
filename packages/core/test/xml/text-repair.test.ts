import { SaxesParser } from 'saxes';
import { TextRepair } from '../../src/xml/text-repair.js';

function repaired(...chunks: string[]): string {
  const repair = new TextRepair();
  // Nothing is held back of what a space follows.
  return [...chunks, ' ']
    .map((chunk) => repair.write(chunk))
    .join('')
    .slice(0, -1);
}

/** The text of a document, joined; throws what the parser complains about. */
function textOf(document: string): string {
  let text = '';
  const parser = new SaxesParser();
  const add = (piece: string): void => {
    text += piece;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(document).close();
  return text;
}

describe('TextRepair', () => {
  it.each([
    ['plain text', '<a>plain</a>'],
    ['references', '<a b="&amp;&quot;">&lt;&gt;&apos;&#10;&#x1F4B6;</a>'],
    ['CDATA with brackets', '<a><![CDATA[ ]] ]> & &amp; <![CDATA[ ]]></a>'],
    ['tabs, line ends and characters of every plane', '<a>\t\r\n\u0085\ud7ff\ue000\ufffd💶</a>'],
    ['delete and C1 controls, which XML 1.0 allows', '<a>\u007f\u009f</a>'],
  ])('leaves %s as they are', (_, document) => {
    expect(repaired(document)).toBe(document);
    expect(repaired(...Array.from(document))).toBe(document);
  });

  it('knows after an untouched chunk whether the next begins inside CDATA', () => {
    expect(repaired('<a><![CDATA[x', ' & ', ']]>', ' & ', '<![CDATA[', '&]]></a>')).toBe(
      '<a><![CDATA[x & ]]> &amp; <![CDATA[&]]></a>',
    );
    expect(repaired('<![CDATA[x]]><![CDATA[', '&')).toBe('<![CDATA[x]]><![CDATA[&');
    expect(repaired('<![CDATA[<![CDATA[]]>', '&')).toBe('<![CDATA[<![CDATA[]]>&amp;');
    expect(repaired('<![CDATA[x]]', ']]', '>&')).toBe('<![CDATA[x]]]]>&amp;');
  });

  it('does not hold back more than a delimiter or a reference needs', () => {
    const repair = new TextRepair();
    expect(repair.write('text & a lot more text')).toBe('text &amp; a lot more text');
    expect(repair.write('x &am')).toBe('x ');
    expect(repair.write('p; ]]')).toBe('&amp; ');
    expect(repair.write('] <![CDATA')).toBe(']]] ');
    expect(repair.write(' ')).toBe('<![CDATA ');
  });

  it.each(['\ufffe', '\uffff', '\u0000', '\u0001\ufffe'])(
    'never ends a CDATA section that the server did not end, by dropping %j from its text',
    (illegal) => {
      const hostile = `]${illegal}]></a><a>]${illegal}${illegal}]${illegal}>]]${illegal}>`;
      const document = `<r><![CDATA[${hostile}]]></r>`;
      const clean = Array.from(hostile)
        .filter((character) => !illegal.includes(character))
        .join('');
      expect(textOf(repaired(document))).toBe(clean);
      expect(textOf(repaired(...Array.from(document)))).toBe(clean);
    },
  );
});
