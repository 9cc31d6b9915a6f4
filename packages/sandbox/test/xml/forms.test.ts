import { docsForm } from '../../src/xml/docs-form.js';
import { type DocumentForm } from '../../src/xml/document-form.js';
import { liveForm } from '../../src/xml/live-form.js';
import { comment, container, leaf, leaves, onlyIn, type XmlNode } from '../../src/xml/node.js';
import { polluted } from '../../src/xml/polluted-form.js';
import { renderDocument } from '../../src/xml/render-document.js';

function render(form: DocumentForm, ...items: readonly XmlNode[]): Buffer {
  return Buffer.concat([...renderDocument({ root: 'things', items }, form)]);
}

/** What stands between the root tags. */
function inside(form: DocumentForm, ...items: readonly XmlNode[]): string {
  return render(form, ...items)
    .toString('utf8')
    .replace(/^.*?<things>\n/s, '')
    .replace(/<\/things>$/, '');
}

describe('the live form', () => {
  test('is a declaration, a line for each element, and no line after the last', () => {
    expect(
      render(
        liveForm,
        container('thing', [
          leaf('id', 7),
          leaf('title', 'A'),
          leaf('flag', false),
          leaf('none', ''),
          comment('A Comment'),
          container('groups', []),
          ...leaves('email', ['a', 'b']),
        ]),
      ).toString('utf8'),
    ).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<things>',
        '<thing>',
        '<id><![CDATA[7]]></id>',
        '<title><![CDATA[A]]></title>',
        '<flag><![CDATA[0]]></flag>',
        '<none />',
        '<!-- A Comment -->',
        '<groups>',
        '</groups>',
        '<email><![CDATA[a]]></email>',
        '<email><![CDATA[b]]></email>',
        '</thing>',
        '</things>',
      ].join('\n'),
    );
  });

  test('keeps the root of an empty list', () => {
    expect(render(liveForm).toString('utf8')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<things>\n</things>',
    );
  });

  test('writes attributes with four escapes, control characters and empty values', () => {
    const attributes = { id: 0, title: `<&">'\u0001\u000b`, none: '', on: true };
    expect(inside(liveForm, leaf('thing', '', attributes))).toBe(
      `<thing id="0" title="&lt;&amp;&quot;&gt;'\u0001\u000b" none="" on="1" />\n`,
    );
  });

  test('removes control characters from element text, and no others', () => {
    const controls = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');
    const kept = '\u0085\u009f\u00ad\u200d\ufeff\ufffe\u{1f600}';
    expect(inside(liveForm, leaf('a', `x${controls}\u007f${kept}`))).toBe(
      `<a><![CDATA[x\t\n\r${kept}]]></a>\n`,
    );
  });

  test('writes nothing but an empty element for text of control characters', () => {
    expect(inside(liveForm, leaf('a', '\u0001'))).toBe('<a />\n');
  });

  test.each([
    [']]>', ']]]]><![CDATA[>'],
    [']]]>', ']]]]]><![CDATA[>'],
    [']]>]]>', ']]]]><![CDATA[>]]]]><![CDATA[>'],
    [']\u0001]>', ']]]]><![CDATA[>'],
    [']]', ']]'],
  ])('splits %s over two sections', (text, written) => {
    expect(inside(liveForm, leaf('a', text))).toBe(`<a><![CDATA[${written}]]></a>\n`);
  });

  test('leaves out what only the pages show', () => {
    expect(inside(liveForm, onlyIn('docs', leaf('a', 1)), onlyIn('live', leaf('b', 2)))).toBe(
      '<b><![CDATA[2]]></b>\n',
    );
  });
});

describe('bytes', () => {
  test.each([0, 1, 2, 3, 12_287, 12_288, 12_289, 50_000])(
    'writes %i of them as base64',
    (length) => {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
      const base64 = Buffer.from(bytes).toString('base64');
      const expected = length === 0 ? '<a />' : `<a><![CDATA[${base64}]]></a>`;
      expect(inside(liveForm, container('t', [leaf('a', bytes), leaf('b', 1)]))).toBe(
        `<t>\n${expected}\n<b><![CDATA[1]]></b>\n</t>\n`,
      );
    },
  );

  test('writes them as text in the documentation form', () => {
    expect(inside(docsForm, leaf('a', Buffer.from('hello'), { n: 'x' }))).toBe(
      '    <a n="x">aGVsbG8=</a>\n',
    );
  });

  test('never come in one piece when they are many', () => {
    const bytes = new Uint8Array(1024 * 1024);
    const pieces = [...renderDocument({ root: 'r', items: [leaf('a', bytes)] }, liveForm)];
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(64 * 1024);
  });
});

test('takes items one at a time', () => {
  let taken = 0;
  function* items(): Generator<XmlNode> {
    for (;;) {
      taken += 1;
      yield leaf('a', 'x'.repeat(1000));
    }
  }
  const pieces = renderDocument({ root: 'r', items: items() }, liveForm);
  pieces.next();
  expect(taken).toBeLessThan(20);
});

describe('the documentation form', () => {
  test('escapes instead of CDATA, indents, and omits what is empty', () => {
    expect(
      render(
        docsForm,
        container('thing', [
          leaf('id', 7),
          leaf('title', `a<b>&"c"'\u0001]]>`),
          leaf('none', ''),
          container('groups', []),
          container('nested', [container('empty', []), leaf('none', '')]),
          leaf('kept', '', { id: 1 }),
          onlyIn('live', leaf('module', 'x')),
          onlyIn('docs', leaf('icon', 'y')),
        ]),
      ).toString('utf8'),
    ).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<things>',
        '    <thing>',
        '        <id>7</id>',
        `        <title>a&lt;b&gt;&amp;&quot;c&quot;']]&gt;</title>`,
        '        <kept id="1" />',
        '        <icon>y</icon>',
        '    </thing>',
        '</things>',
      ].join('\n'),
    );
  });
});

describe('pollution', () => {
  const form = polluted(liveForm);

  test('prints a notice before the declaration', () => {
    expect(render(form).toString('utf8')).toMatch(
      /^\n<br \/>\n<b>Notice<\/b>: .*<br \/>\n<\?xml version="1.0" encoding="UTF-8"\?>\n<things>\n<\/things>$/,
    );
  });

  test.each([
    ['length 4', 'abcd', [0x0b]],
    ['length 5', 'abcde', [0xc2, 0x85]],
    ['length 6', 'abcdef', [0xef, 0xbf, 0xbe]],
    ['length 7', 'abcdefg', [0xe9]],
  ])('puts the dirt of %s after a name', (_length, name, dirt) => {
    const document = render(form, leaf('fullname', name));
    const expected = Buffer.concat([
      Buffer.from(`<fullname><![CDATA[${name}`),
      Buffer.from(dirt),
      Buffer.from(']]></fullname>\n</things>'),
    ]);
    expect(document.subarray(-expected.length).toString('latin1')).toBe(
      expected.toString('latin1'),
    );
  });

  test('puts a control character into titles in attributes', () => {
    expect(inside(form, leaf('field', '', { id: 1, title: 'T' }))).toBe(
      '<field id="1" title="T\u0001" />\n',
    );
  });

  test('leaves numbers, empty texts and files alone', () => {
    const node = container('x', [
      leaf('id', 1),
      leaf('subject', ''),
      leaf('contents', Buffer.from('a')),
    ]);
    expect(inside(form, node)).toBe(
      '<x>\n<id><![CDATA[1]]></id>\n<subject />\n<contents><![CDATA[YQ==]]></contents>\n</x>\n',
    );
  });
});
