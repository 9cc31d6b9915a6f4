import { type Codec, CodecError } from './codec.js';

/** File contents: base64 on the wire, decoded leniently (§3.3). null when the reply has none. */
export const bytes: Codec<Buffer | null> = {
  name: 'Buffer or base64 text',
  comparison: 'none',
  nullable: true,
  absent: () => null,
  decode: (wire) => Buffer.from(wire, 'base64'),
  encode: (value) => (value === null ? '' : value.toString('base64')),
  coerce(input) {
    if (input === null) return null;
    if (input instanceof Uint8Array) return Buffer.from(input);
    if (typeof input === 'string') return Buffer.from(input, 'base64');
    throw new CodecError(bytes.name);
  },
  isEmpty: (value) => value === null,
};
