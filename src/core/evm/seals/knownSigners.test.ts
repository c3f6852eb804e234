import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import { KnownSigners } from './knownSigners.ts';
import { recoverSigner } from './recoverSigner.ts';

const order = secp256k1.Point.Fn.ORDER;
const keys = ['a', 'b'].map((name) => keccak256(utf8(name)));
const seal = (hash: Uint8Array, key: Uint8Array): Uint8Array => {
  const signed = secp256k1.sign(hash, key, { prehash: false, format: 'recovered' });
  return concatBytes(signed.subarray(1), signed.subarray(0, 1));
};

it('says what recovery says, of right and of altered signatures, expected or not', () => {
  const known = new KnownSigners();
  const [a, b] = keys.map((key) => recoverSigner(keccak256(utf8('x')), seal(keccak256(utf8('x')), key)));
  const mirrored = (given: Uint8Array): Uint8Array => {
    const s = order - BigInt(`0x${Buffer.from(given.subarray(32, 64)).toString('hex')}`);
    const bytes = Uint8Array.from(Buffer.from(s.toString(16).padStart(64, '0'), 'hex'));
    return concatBytes(given.subarray(0, 32), bytes, Uint8Array.of((given[64] ?? 0) ^ 1));
  };
  // Often enough that both keys are known, with multiples kept.
  for (let name = 0; name < 10; name += 1) {
    const hash = keccak256(utf8(String(name)));
    for (const [by, signer] of [a, b].entries()) {
      expect(known.signerOf(hash, seal(hash, keys[by] as Uint8Array), signer)).toBe(signer);
    }
  }
  fc.assert(
    fc.property(
      fc.nat(20),
      fc.constantFrom(0, 1),
      fc.constantFrom(a, b, undefined),
      fc.nat(64),
      fc.constantFrom(0, 0, 0, 1, 128),
      fc.boolean(),
      (name, by, expected, at, flip, mirror) => {
        const hash = keccak256(utf8(String(name)));
        const right = seal(hash, keys[by] as Uint8Array);
        const given = mirror ? mirrored(right) : right;
        given[at] = (given[at] ?? 0) ^ flip;
        expect(known.signerOf(hash, given, expected)).toBe(recoverSigner(hash, given));
      },
    ),
    { numRuns: 150 },
  );
  expect(known.signerOf(keccak256(utf8('x')), new Uint8Array(65), a)).toBeUndefined();
  expect(known.signerOf(keccak256(utf8('x')), new Uint8Array(3), a)).toBeUndefined();
});
