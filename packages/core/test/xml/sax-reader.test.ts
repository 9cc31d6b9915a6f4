import fc from 'fast-check';
import { SaxReader } from '../../src/xml/sax-reader.js';
import { XmlError, type XmlConsumer } from '../../src/xml/xml-consumer.js';

class Recorder implements XmlConsumer {
  readonly events: string[] = [];

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.events.push(`<${name} ${JSON.stringify(attributes)}`);
  }

  text(text: string): void {
    const last = this.events.length - 1;
    if (this.events[last]?.startsWith('"') === true) this.events[last] += text;
    else this.events.push(`"${text}`);
  }

  close(): void {
    this.events.push('>');
  }
}

const DOCUMENT =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE list [<!ENTITY a "b">]><list x=\'1\' y="a&amp;b">\r\n' +
  '<!-- comment > --><?target data?><item a="&#9;"><![CDATA[one ]] two]]>&lt;&#x1F4B6;💶</item><empty/></list >\n';

function read(...chunks: string[]): string[] {
  const recorder = new Recorder();
  const reader = new SaxReader(recorder);
  for (const chunk of chunks) reader.write(chunk);
  reader.close();
  return recorder.events;
}

const EVENTS = [
  '"\n',
  '<list {"x":"1","y":"a&b"}',
  '"\n',
  '<item {"a":"\\t"}',
  '"one ]] two<💶💶',
  '>',
  '<empty {}',
  '>',
  '>',
];

describe('SaxReader', () => {
  it('reports elements, attributes and joined text, whatever the chunks', () => {
    expect(read(DOCUMENT)).toEqual(EVENTS);
    expect(read(...DOCUMENT.split(/(?:)/))).toEqual(EVENTS);
  });

  it('reads a document right after one was abandoned at any place', () => {
    for (let place = 0; place <= DOCUMENT.length; place += 1) {
      read(DOCUMENT.slice(0, place));
      expect(read(DOCUMENT)).toEqual(EVENTS);
    }
  });

  it('reads a document right after a thousand were abandoned in random places', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(DOCUMENT.length), { minLength: 1000, maxLength: 1000 }),
        (places) => {
          const open = places.map((place) => {
            const reader = new SaxReader(new Recorder());
            reader.write(DOCUMENT.slice(0, place));
            return reader;
          });
          // Both while others are still open, and after all were closed.
          for (const reader of open.slice(0, 500)) reader.close();
          expect(read(DOCUMENT)).toEqual(EVENTS);
          for (const reader of open.slice(500)) reader.close();
          for (let time = 0; time < 20; time += 1) expect(read(DOCUMENT)).toEqual(EVENTS);
        },
      ),
      { numRuns: 3 },
    );
  });

  it.each([
    ['a wrong end tag', '<a><b></c>'],
    ['two roots', '<a/><b/>'],
    ['a bare <', '<a> < </a>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an unknown entity', '<a>&unknown;</a>'],
    ['a forbidden character', '<a>\u0001</a>'],
    ['text before the root', 'text <a/>'],
  ])('refuses %s, and reads the next document right', (_, damaged) => {
    const reader = new SaxReader(new Recorder());
    expect(() => {
      reader.write(damaged);
    }).toThrow(XmlError);
    reader.close();
    expect(read(DOCUMENT)).toEqual(EVENTS);
  });

  it('tells the consumer nothing of what follows an error', () => {
    const recorder = new Recorder();
    const reader = new SaxReader(recorder);
    expect(() => {
      reader.write('<a><b>1</c><d>2</d></a>');
    }).toThrow('unexpected close tag');
    reader.close();
    expect(recorder.events).toEqual(['<a {}', '<b {}', '"1']);
  });

  it('reports an element that closed right before an error in its parent', () => {
    const recorder = new Recorder();
    const reader = new SaxReader(recorder);
    expect(() => {
      reader.write('<a><b>1</b><');
      reader.write(' ');
    }).toThrow(XmlError);
    reader.close();
    expect(recorder.events).toEqual(['<a {}', '<b {}', '"1', '>']);
  });

  it.each(['open', 'text', 'close'] as const)(
    'passes on what the consumer throws in %s(), and reads the next document right',
    (method) => {
      for (let time = 0; time < 20; time += 1) {
        const refusal = new Error('refused');
        const consumer = new Recorder();
        consumer[method] = () => {
          throw refusal;
        };
        const reader = new SaxReader(consumer);
        expect(() => {
          reader.write(DOCUMENT);
        }).toThrow(refusal);
        reader.close();
        expect(read(DOCUMENT)).toEqual(EVENTS);
      }
    },
  );

  it('tells a closed document nothing more', () => {
    const recorder = new Recorder();
    const reader = new SaxReader(recorder);
    reader.write('<a>text');
    reader.close();
    reader.write('</a>');
    reader.close();
    expect(recorder.events).toEqual(['<a {}']);
  });

  it('keeps documents apart that are read at the same time', () => {
    const recorders = Array.from({ length: 30 }, () => new Recorder());
    const readers = recorders.map((recorder) => new SaxReader(recorder));
    for (const part of [DOCUMENT.slice(0, 140), DOCUMENT.slice(140)])
      for (const reader of readers) reader.write(part);
    for (const reader of readers) reader.close();
    for (const recorder of recorders) expect(recorder.events).toEqual(EVENTS);
  });
});
