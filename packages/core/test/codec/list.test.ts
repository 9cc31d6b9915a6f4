import { CodecError } from '../../src/codec/codec.js';
import { bytes } from '../../src/codec/bytes.js';
import { joinedBy, listOf } from '../../src/codec/list.js';
import { id } from '../../src/codec/number.js';
import { text } from '../../src/codec/text.js';

describe('listOf', () => {
  const ids = listOf(id);

  it('sends each member, leaves out empty ones, and sends null as an empty list', () => {
    expect(ids.encode([3, 1])).toEqual(['3', '1']);
    expect(listOf(text).encode(['a', '', 'b'])).toEqual(['a', 'b']);
    expect(listOf(text).encode([])).toEqual([]);
    expect(ids.encode(null as unknown as number[])).toEqual([]);
  });

  it('takes a list, or one value as a list of one, and converts each', () => {
    expect(ids.coerce(['3', 1])).toEqual([3, 1]);
    expect(ids.coerce(7)).toEqual([7]);
    expect(ids.coerce([])).toEqual([]);
    expect(listOf(text).coerce('a@example.com')).toEqual(['a@example.com']);
  });

  it.each([[[1, 'x']], [[0]], [[null]], [[[1]]], [{}]])('refuses %j', (input) => {
    expect(() => ids.coerce(input)).toThrow(CodecError);
  });

  it('never shares a list between records', () => {
    expect(ids.absent()).toEqual([]);
    expect(ids.absent()).not.toBe(ids.absent());
    expect(ids.isEmpty([])).toBe(true);
    expect(ids.isEmpty([1])).toBe(false);
  });
});

describe('joinedBy', () => {
  const ids = joinedBy(',', listOf(id));

  it('sends the members as one text', () => {
    expect(ids.encode([3, 1])).toBe('3,1');
    expect(ids.encode([])).toBe('');
    expect(ids.encode(null as unknown as number[])).toBe('');
  });

  it('sends what stands for none where a list is empty', () => {
    const parents = joinedBy(',', listOf(id), '0');
    expect(parents.encode([])).toBe('0');
    expect(parents.encode(null as unknown as number[])).toBe('0');
    expect(parents.encode([3, 1])).toBe('3,1');
  });

  it('refuses a member that would be taken for two', () => {
    expect(() => joinedBy(',', listOf(text)).coerce(['a', 'b,c'])).toThrow(CodecError);
    expect(joinedBy(',', listOf(text)).coerce(['a', 'b;c'])).toEqual(['a', 'b;c']);
    expect(ids.coerce(['3', 1])).toEqual([3, 1]);
  });
});

describe('bytes', () => {
  it('reads base64, with line ends too', () => {
    expect(bytes.decode('AP8Q\ngA==')).toEqual(Buffer.from([0x00, 0xff, 0x10, 0x80]));
    expect(bytes.decode('')).toEqual(Buffer.alloc(0));
    expect(bytes.absent()).toBeNull();
  });

  it('is sent as base64 without line ends', () => {
    const value = Buffer.alloc(300, 0xfe);
    expect(bytes.encode(value)).not.toMatch(/\s/);
    expect(bytes.decode(bytes.encode(value) as string)).toEqual(value);
    expect(bytes.encode(null)).toBe('');
    expect(bytes.isEmpty(null)).toBe(true);
    expect(bytes.isEmpty(Buffer.alloc(0))).toBe(false);
  });

  it('takes byte arrays and base64 from plain input, as a copy', () => {
    const given = new Uint8Array([1, 2, 3]);
    const taken = bytes.coerce(given);
    given[0] = 9;
    expect(taken).toEqual(Buffer.from([1, 2, 3]));
    expect(bytes.coerce('AQID')).toEqual(Buffer.from([1, 2, 3]));
    expect(bytes.coerce(null)).toBeNull();
    for (const input of [5, undefined, {}, [1, 2]])
      expect(() => bytes.coerce(input)).toThrow(CodecError);
  });
});
