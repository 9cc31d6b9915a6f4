import fc from 'fast-check';
import { CodecError } from '../../src/codec/codec.js';
import {
  blankSeparated,
  detach,
  escapedText,
  keyword,
  optionalText,
  text,
} from '../../src/codec/text.js';

describe('detach', () => {
  it('changes no text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (value) => {
        expect(detach(value)).toBe(value);
      }),
    );
  });
});

describe('text', () => {
  it('reads and writes text as it is; null is sent as nothing', () => {
    expect(text.decode(' a\n ')).toBe(' a\n ');
    expect(text.absent()).toBe('');
    expect(text.encode(' a ')).toBe(' a ');
    expect(optionalText.encode(null)).toBe('');
  });

  it('counts blanks as empty, as the server does', () => {
    expect(text.isEmpty(' \n')).toBe(true);
    expect(text.isEmpty('0')).toBe(false);
  });

  it('takes numbers from plain input, and refuses what has no obvious text', () => {
    expect(text.coerce(5)).toBe('5');
    expect(text.coerce(12345678901234567890n)).toBe('12345678901234567890');
    for (const input of [true, undefined, {}, [], new Date()])
      expect(() => text.coerce(input)).toThrow(CodecError);
  });
});

describe('escapedText', () => {
  const escape = (value: string): string =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#039;');

  it('undoes what the server does to a text, once', () => {
    const texts = fc.string({
      unit: fc.oneof(
        fc.constantFrom('&', '<', '>', '"', "'", ';', '&amp;', '&lt;', '#39'),
        fc.string(),
      ),
    });
    fc.assert(
      fc.property(texts, (value) => {
        expect(escapedText.decode(escape(value))).toBe(value);
      }),
    );
  });

  it('leaves alone what is no escape of the server', () => {
    expect(escapedText.decode('a & b &eacute; &#40; &amp')).toBe('a & b &eacute; &#40; &amp');
    expect(escapedText.decode('&#39;&#039;')).toBe("''");
  });
});

describe('optionalText', () => {
  it('tells a missing element from an empty one', () => {
    expect(optionalText.absent()).toBeNull();
    expect(optionalText.decode('')).toBe('');
    expect(optionalText.isEmpty(null)).toBe(true);
    expect(optionalText.isEmpty(' ')).toBe(true);
    expect(optionalText.isEmpty('x')).toBe(false);
  });
});

describe('keyword', () => {
  const visibility = keyword('public', 'private');

  it('keeps words of newer builds when reading', () => {
    expect(visibility.decode('public')).toBe('public');
    expect(visibility.decode('restricted-to-partners')).toBe('restricted-to-partners');
    expect(visibility.encode('private')).toBe('private');
  });

  it('takes only its words from plain input, and names them', () => {
    expect(visibility.coerce('private')).toBe('private');
    for (const input of ['Public', '', 1, undefined])
      expect(() => visibility.coerce(input)).toThrow("'public' | 'private'");
  });
});

describe('blankSeparated', () => {
  it('reads words between any number of blanks', () => {
    expect(blankSeparated.decode(' printer  smoke ')).toEqual(['printer', 'smoke']);
    expect(blankSeparated.decode('')).toEqual([]);
    expect(blankSeparated.encode(['printer', 'smoke'])).toBe('printer smoke');
    expect(blankSeparated.isEmpty([])).toBe(true);
    expect(blankSeparated.isEmpty(['x'])).toBe(false);
  });

  it('never shares a list between records', () => {
    expect(blankSeparated.absent()).not.toBe(blankSeparated.absent());
  });

  it('takes a list or a text from plain input, and copies the list', () => {
    const given = ['a', 'b'];
    expect(blankSeparated.coerce(given)).toEqual(given);
    expect(blankSeparated.coerce(given)).not.toBe(given);
    expect(blankSeparated.coerce('a b')).toEqual(['a', 'b']);
    for (const input of [[1], 5, undefined, {}])
      expect(() => blankSeparated.coerce(input)).toThrow(CodecError);
  });
});
