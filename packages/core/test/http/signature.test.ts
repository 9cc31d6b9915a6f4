import { randomNonce, sign } from '../../src/http/signature.js';

describe('sign', () => {
  it.each([
    ['secretkey', '1234567890', 'VKjt8M54liY6xq1UuhUYH5BFp1RUqHekqytgLPrVEA0='],
    [
      'vkl239vLKMNvlik42fv9IsflkFJlkckfjs',
      '1048576',
      'UkocvPubcl10hW3crUn7aozy4tYVt63ijK5i9+mRjOg=',
    ],
  ])('gives the published signature for the key %j and the salt %j', (secret, salt, signature) => {
    expect(sign(secret, salt)).toBe(signature);
  });
});

describe('randomNonce', () => {
  it('gives 128 bits in hexadecimal, each time others', () => {
    const salts = Array.from({ length: 1000 }, randomNonce);
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(salts).size).toBe(1000);
  });
});
