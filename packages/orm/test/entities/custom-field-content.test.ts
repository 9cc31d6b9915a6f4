import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { CodecError } from '@kayako-orm/core';
import { type CustomFieldType } from '../../src/entities/code-tables.js';
import {
  type CustomFieldContent,
  decodeCustomField,
} from '../../src/entities/custom-field-content.js';

function decode(
  type: CustomFieldType | null,
  text: string,
  fileName: string | null = null,
): CustomFieldContent {
  return decodeCustomField(type, text, { dateFormat: 'us', fileName });
}

/** As the server joins option texts (§6.6). */
const joined = (texts: readonly string[]): string =>
  texts.map((text) => text.replaceAll(',', '\\,')).join(', ');

describe('text', () => {
  it.each(['text', 'textArea', 'password', 'radio', 'select', 'custom', 'code:12', null] as const)(
    'of a %s field is the value, and null where there is none',
    (type) => {
      expect(decode(type, 'a, b\\, c > d')).toBe('a, b\\, c > d');
      expect(decode(type, '')).toBeNull();
    },
  );
});

describe.each(['checkbox', 'multiSelect'] as const)('the texts of a %s field', (type) => {
  it.each([
    ['', []],
    ['E-mail', ['E-mail']],
    ['E-mail, Letter\\, registered', ['E-mail', 'Letter, registered']],
    ['a\\,b, c\\\\,d', ['a,b', 'c\\,d']],
    ['1,000', ['1,000']],
  ])('of %j are %j', (text, value) => {
    expect(decode(type, text)).toEqual(value);
  });

  it('come apart as they were joined', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', ',', ' ', '\\'), minLength: 1 });
    fc.assert(
      fc.property(fc.array(texts), (list) => {
        // Before a separator, a backslash at the end of a text cannot be told from an escape.
        fc.pre(list.every((text, index) => index === list.length - 1 || !text.endsWith('\\')));
        expect(decode(type, joined(list))).toEqual(list);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the path of a linked select', () => {
  it.each([
    ['', []],
    ['Europe', ['Europe']],
    ['Europe &gt; Málaga', ['Europe', 'Málaga']],
    ['Europe > Málaga', ['Europe', 'Málaga']],
    ['size > 3 &gt; blue', ['size > 3', 'blue']],
    ['a>b', ['a>b']],
  ])('of %j is %j', (text, path) => {
    expect(decode('linkedSelect', text)).toEqual(path);
  });

  it('comes apart as it was joined, with either separator', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '>', '&', ',', ' '), minLength: 1 });
    fc.assert(
      fc.property(text, text, (parent, child) => {
        expect(decode('linkedSelect', `${parent} &gt; ${child}`)).toEqual([parent, child]);
        const [plainParent, plainChild] = [parent, child].map((each) => each.replaceAll('>', ''));
        expect(decode('linkedSelect', `${plainParent} > ${plainChild}`)).toEqual([
          plainParent,
          plainChild,
        ]);
      }),
    );
  });
});

describe('a date', () => {
  it('is a day in the order of the connection', () => {
    const day = new Date('2011-05-04T00:00:00Z');
    const reading = { fileName: null };
    expect(decodeCustomField('date', '05/04/2011', { ...reading, dateFormat: 'us' })).toEqual(day);
    expect(decodeCustomField('date', '04/05/2011', { ...reading, dateFormat: 'eu' })).toEqual(day);
    expect(decode('date', ' ')).toBeNull();
  });

  it('that cannot be read is refused', () => {
    expect(() => decode('date', '24/05/2011')).toThrow(CodecError);
  });
});

describe('a file', () => {
  const once = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const twice = (bytes: Uint8Array): string => once(Buffer.from(once(bytes)));

  it('is null where none is set, and empty where an empty one is', () => {
    expect(decode('file', '')).toBeNull();
    expect(decode('file', '', '')).toBeNull();
    expect(decode('file', '', 'empty.txt')).toEqual(Buffer.alloc(0));
  });

  it.each<[string, Uint8Array]>([
    ['text', Buffer.from('Grüße, hello\r\nworld\t😀')],
    ['a PNG image', Buffer.from('89504e470d0a1a0a0000000dff00', 'hex')],
    ['a JPEG image', Buffer.from('ffd8ffe000104a46494600010000', 'hex')],
    ['a PDF', Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3', 'latin1')],
    ['a gzip archive', gzipSync('hello')],
    ['a zip archive', Buffer.from('504b03041400000008000000ff00', 'hex')],
  ])('is read the same encoded once and twice: %s', (_name, bytes) => {
    expect(decode('file', once(bytes), 'f')).toEqual(Buffer.from(bytes));
    expect(decode('file', twice(bytes), 'f')).toEqual(Buffer.from(bytes));
  });

  it('of hexadecimal digits is never taken for base64', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'0123456789abcdef'.split('')),
          // So few that some are base64 of printable text.
          minLength: 8,
          maxLength: 8,
        }),
        (digits) => {
          const bytes = Buffer.from(digits);
          expect(decode('file', once(bytes), 'crc')).toEqual(bytes);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a key of random bytes', createHash('sha256').update('seed').digest('base64')],
    ['base64 over several lines', 'SGVsbG8s\nd29ybGQh\n'],
    ['base64 that an encoder would end otherwise', 'SGVsbG8sd29ybGR='],
    ['base64 of a few bytes', 'SGk='],
  ])('that happens to be %s stays as it is', (_name, text) => {
    expect(decode('file', once(Buffer.from(text)), 'key')).toEqual(Buffer.from(text));
  });

  it('comes back whatever its bytes, unless they are base64 themselves', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        fc.pre(!/^[\w+/=]*$/.test(Buffer.from(bytes).toString('latin1')));
        expect(decode('file', once(bytes), 'f')).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
