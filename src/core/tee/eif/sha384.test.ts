import fc from 'fast-check';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import { crc32 } from './crc32.ts';
import { createSha384 } from './sha384.ts';

const reference = (bytes: Uint8Array): string => createHash('sha384').update(bytes).digest('hex');

describe('SHA-384 piece by piece', () => {
  it('has the digests of FIPS 180-4', () => {
    const abc = createSha384();
    abc.update(new TextEncoder().encode('abc'));
    expect(toHex(abc.digest())).toBe(
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    );
    expect(toHex(createSha384().digest())).toBe(reference(new Uint8Array()));
  });

  it('is the same for every length around a block, and for any cut', () => {
    for (let length = 0; length < 400; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
      const hash = createSha384();
      hash.update(bytes.subarray(0, length >> 1));
      hash.update(bytes.subarray(length >> 1));
      expect(toHex(hash.digest())).toBe(reference(bytes));
    }
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 8 }), (parts) => {
        const hash = createSha384();
        for (const part of parts) hash.update(part);
        expect(toHex(hash.digest())).toBe(reference(Buffer.concat(parts)));
      }),
      { numRuns: 200 },
    );
  });

  it('takes more at once than its memory holds', () => {
    const bytes = Uint8Array.from({ length: 2_500_013 }, (_, index) => (index * 7 + (index >> 9)) & 255);
    const hash = createSha384();
    hash.update(bytes.subarray(0, 77));
    hash.update(bytes.subarray(77));
    expect(toHex(hash.digest())).toBe(reference(bytes));
  });

  it('forks in the midst of a block', () => {
    const hash = createSha384();
    hash.update(new Uint8Array(300).fill(1));
    const fork = hash.fork();
    hash.update(Uint8Array.of(2));
    fork.update(Uint8Array.of(3));
    expect(toHex(hash.digest())).toBe(reference(Uint8Array.from([...new Uint8Array(300).fill(1), 2])));
    expect(toHex(fork.digest())).toBe(reference(Uint8Array.from([...new Uint8Array(300).fill(1), 3])));
  });
});

describe('SHA-384 where no module can be compiled', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('is the same in JavaScript', async () => {
    vi.stubGlobal('WebAssembly', {});
    vi.resetModules();
    const { createSha384: createSlow } = await import('./sha384.ts');
    const hash = createSlow();
    hash.update(new Uint8Array(200).fill(9));
    const fork = hash.fork();
    expect(toHex(hash.digest())).toBe(reference(new Uint8Array(200).fill(9)));
    expect(toHex(fork.digest())).toBe(reference(new Uint8Array(200).fill(9)));
  });
});

describe('CRC-32', () => {
  it('is that of zlib, whole or in pieces', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
        expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(zlibCrc32(bytes));
      }),
    );
  });
});
