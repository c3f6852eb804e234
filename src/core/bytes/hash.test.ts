import { createHash } from 'node:crypto';
import { keccak_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keccak256, sha3, sha3Each, sha3Hex } from './hash.ts';
import { toHex } from './hex.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

describe('hash', () => {
  it('is SHA3-256 with the values of FIPS 202', () => {
    expect(sha3Hex(new Uint8Array(0))).toBe('a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a');
    expect(sha3Hex(ascii('abc'))).toBe('3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532');
  });

  it('is the Keccak-256 of Ethereum, which is not SHA3-256', () => {
    expect(toHex(keccak256(new Uint8Array(0)))).toBe(
      'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    );
    expect(toHex(keccak256(ascii('abc')))).toBe('4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45');
  });

  it('agrees with OpenSSL on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        return toHex(sha3(bytes)) === createHash('sha3-256').update(bytes).digest('hex');
      }),
    );
  });

  it('agrees with OpenSSL and with another implementation where blocks end and where memory is filled again', () => {
    for (const length of [135, 136, 137, 271, 272, 273, 129_880, 130_016, 130_048, 131_072, 400_001]) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) & 255);
      expect(sha3Hex(bytes)).toBe(createHash('sha3-256').update(bytes).digest('hex'));
      expect(keccak256(bytes)).toEqual(keccak_256(bytes));
    }
  });

  it('of several messages is that of each, whatever stands beside it and however long', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 700 }));
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 7 }), (messages) => {
        expect(sha3Each(messages)).toEqual(messages.map(sha3));
      }),
    );
    for (const length of [135, 136, 137, 272, 32_631, 32_632, 32_633, 40_000]) {
      const [long, short] = [Uint8Array.from({ length }, (_, index) => (index * 7) & 255), Uint8Array.of(9)];
      expect(sha3Each([long, short])).toEqual([sha3(long), sha3(short)]);
      expect(sha3Each([short, long])).toEqual([sha3(short), sha3(long)]);
    }
  });

  it('does not change what it hashes, and reads a view as its own bytes', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index & 255);
    const copy = bytes.slice();
    expect(sha3Hex(bytes.subarray(7, 200))).toBe(sha3Hex(bytes.slice(7, 200)));
    expect(bytes).toEqual(copy);
  });
});
