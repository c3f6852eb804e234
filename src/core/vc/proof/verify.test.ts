import { p256, p384 } from '@noble/curves/nist.js';
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { expect, test } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { keyOf } from './key.ts';
import { verify, verifyHere } from './verify.ts';

const message = utf8('what is signed');
const curves = [
  { name: 'P-256', curve: p256, digest: sha256 },
  { name: 'P-384', curve: p384, digest: sha384 },
] as const;

test.each(curves)(
  '$name: WebCrypto and the library say the same, s in either half',
  async ({ name, curve, digest }) => {
    const secret = new Uint8Array(curve.lengths.secretKey as number).fill(7);
    const key = keyOf(name, curve.getPublicKey(secret, true));
    const signature = curve.sign(digest(message), secret, { prehash: false, lowS: true });
    const size = signature.length / 2;
    const order = curve.Point.Fn.ORDER;
    const s = BigInt(`0x${Buffer.from(signature.subarray(size)).toString('hex')}`);
    const half = (value: bigint) => Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex');
    const r = signature.subarray(0, size);
    const cases: readonly (readonly [Uint8Array, Uint8Array, boolean])[] = [
      [message, signature, true],
      [message, Buffer.concat([r, half(order - s)]), true],
      [utf8('something else'), signature, false],
      [message, Buffer.concat([r, half(s ^ 1n)]), false],
      [message, Buffer.concat([r, half(0n)]), false],
      [message, Buffer.concat([half(0n), half(s)]), false],
      [message, Buffer.concat([half(order), half(s)]), false],
      [message, Buffer.concat([r, half(order + (s % 2n ** 64n))]), false],
    ];
    for (const [said, by, holds] of cases) {
      expect(await verify(key, said, Uint8Array.from(by))).toBe(holds);
      expect(verifyHere(key, said, Uint8Array.from(by))).toBe(holds);
    }
    await expect(verify(key, message, signature.subarray(1))).rejects.toThrow('expected a signature of');
    // Without the point that WebCrypto reads.
    expect(await verify({ curve: key.curve, bytes: key.bytes, thumbprint: '' }, message, signature)).toBe(true);
  },
);
