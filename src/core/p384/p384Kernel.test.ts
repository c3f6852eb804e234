import { p384 } from '@noble/curves/nist.js';
import { describe, expect, it } from 'vitest';
import { readJson, vectorFolder } from '../tee/vectors.fixture.ts';
import type { Wycheproof } from '../tee/wycheproof.fixture.ts';
import { fromHex } from '../bytes/hex.ts';
import { basePoint, inverse, modulo, n, p, type Point } from './curve.ts';
import { makeP384Kernel, type P384Kernel } from './p384Kernel.ts';
import { numbers, pointOf, sign, signatureOf, spkiOf, toBytes, toNumber } from './p384.fixture.ts';

const kernel = makeP384Kernel(4) as P384Kernel;
const next = numbers('kernel');

function importKey(point: Point): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', spkiOf(point), { name: 'ECDSA', namedCurve: 'P-384' }, false, ['verify']);
}

function noble(point: Point, digest: Uint8Array, signature: Uint8Array): boolean {
  const key = Uint8Array.of(4, ...toBytes(point.x), ...toBytes(point.y));
  try {
    return p384.verify(signature, digest, key, { prehash: false, lowS: false });
  } catch {
    return false;
  }
}

describe('signatures under a table', () => {
  it('hold where WebCrypto and another library say so, and with one bit changed are left to WebCrypto', async () => {
    const secret = next() % n;
    const point = pointOf(secret);
    const key = await importKey(point);
    expect(kernel.learn(0, point)).toBe(true);
    const algorithm = { name: 'ECDSA', hash: 'SHA-384' };
    for (let index = 0; index < 120; index++) {
      const data = toBytes(next());
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', data));
      const signature = sign(secret, next() % n, digest);
      const damaged = signature.slice();
      const bit = (index * 389) % 768;
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      const outcomes = [signature, damaged].map((each) => kernel.examine(0, digest, each));
      expect(outcomes).toEqual(['holds', 'undecided']);
      expect(await crypto.subtle.verify(algorithm, key, signature, data)).toBe(true);
      if (index < 20) {
        expect(await crypto.subtle.verify(algorithm, key, damaged, data)).toBe(false);
        expect([signature, damaged].map((each) => noble(point, digest, each))).toEqual([true, false]);
      }
      const otherDigest = digest.slice();
      otherDigest[index % 48] = (otherDigest[index % 48] as number) ^ (1 << (index % 8));
      expect(kernel.examine(0, otherDigest, signature)).toBe('undecided');
    }
  });

  it('are nothing under another key, in a place without one, or of another length', () => {
    const [one, other] = [3n, 5n];
    const digest = toBytes(77n);
    const signature = sign(one, next() % n, digest);
    expect([kernel.learn(1, pointOf(one)), kernel.learn(2, pointOf(other))]).toEqual([true, true]);
    expect([1, 2, 3, 4, -1].map((place) => kernel.examine(place, digest, signature))).toEqual([
      'holds',
      ...Array.from({ length: 4 }, () => 'undecided'),
    ]);
    expect(kernel.examine(1, digest.subarray(1), signature)).toBe('undecided');
    expect(kernel.examine(1, digest, signature.subarray(1))).toBe('undecided');
  });

  it('need r and s from 1 to n − 1', () => {
    const digest = toBytes(9n);
    const good = sign(3n, 1234567n, digest);
    const [r, s] = [toNumber(good.subarray(0, 48)), toNumber(good.subarray(48))];
    expect(kernel.learn(1, pointOf(3n))).toBe(true);
    const examine = (first: bigint, second: bigint) => kernel.examine(1, digest, signatureOf(first, second));
    expect(examine(r, s)).toBe('holds');
    // −s is another signature over the same: ECDSA has no low s.
    expect(examine(r, n - s)).toBe('holds');
    const top = (1n << 384n) - 1n;
    for (const [first, second] of [
      [0n, s],
      [r, 0n],
      [0n, 0n],
      [n, s],
      [r, n],
      [top, s],
      [r, top],
    ] as const) {
      expect(examine(first, second)).toBe('undecided');
    }
  });

  it('hold too where x of the point is r + n', () => {
    // A point whose x is between n and p, its r is x − n; the key is made so that it is the result: Q = (s · R − e · G) / r.
    let x = n + 1n;
    let R: InstanceType<typeof p384.Point> | undefined;
    for (; !R; x++) {
      try {
        R = p384.Point.fromBytes(Uint8Array.of(2, ...toBytes(x)));
      } catch {
        continue;
      }
    }
    const r = R.toAffine().x - n;
    expect(r > 0n && r + n < p).toBe(true);
    const digest = toBytes(next());
    const s = next() % n;
    const e = toNumber(digest) % n;
    const Q = R.multiply(s)
      .subtract(p384.Point.BASE.multiply(e))
      .multiply(inverse(r, n) as bigint)
      .toAffine();
    expect(kernel.learn(3, Q)).toBe(true);
    const signature = signatureOf(r, s);
    expect(noble(Q, digest, signature)).toBe(true);
    expect(kernel.examine(3, digest, signature)).toBe('holds');
    for (const other of [r + 1n, r + n]) {
      expect(kernel.examine(3, digest, signatureOf(other, s))).toBe('undecided');
    }
  });
});

describe('additions that the formula is not for', () => {
  /** For u₁ and u₂ that are wanted: the digest and the s that give them, for any r. */
  const given = (r: bigint, u1: bigint, u2: bigint) => {
    const s = modulo(r * (inverse(u2, n) as bigint), n);
    return { digest: toBytes(modulo(u1 * s, n)), signature: signatureOf(r, s) };
  };
  const rOf = (secret: bigint, u1: bigint, u2: bigint) => pointOf(modulo(u1 + u2 * secret, n)).x % n;

  it('of equal points are left to WebCrypto, which takes the signature', async () => {
    // Q = G and u₁ = u₂: the second point is the sum so far.
    expect(kernel.learn(1, basePoint)).toBe(true);
    for (const factor of [1n, 5n, 128n]) {
      const { digest, signature } = given(rOf(1n, factor, factor), factor, factor);
      expect(noble(basePoint, digest, signature)).toBe(true);
      expect(kernel.examine(1, digest, signature)).toBe('undecided');
    }
    // With other factors the same key is as any.
    const { digest, signature } = given(rOf(1n, 1n, 2n), 1n, 2n);
    expect(kernel.examine(1, digest, signature)).toBe('holds');
  });

  it('of opposite points, and infinity, are nothing', () => {
    const opposite = { x: basePoint.x, y: p - basePoint.y };
    expect(kernel.learn(1, opposite)).toBe(true);
    for (const factor of [1n, 5n, 1n << 200n, n - 1n]) {
      const { digest, signature } = given(basePoint.x % n, factor, factor);
      expect(noble(opposite, digest, signature)).toBe(false);
      expect(kernel.examine(1, digest, signature)).toBe('undecided');
    }
  });

  it('of few entries, of digits at their bounds and of a digest of 0 are as any', () => {
    expect(kernel.learn(1, pointOf(7n))).toBe(true);
    const factors = [1n, 128n, 129n, 256n, 1n << 376n, n - 1n, n - 128n];
    for (const u1 of [0n, ...factors]) {
      for (const u2 of factors) {
        if (modulo(u1 + 7n * u2, n) === 0n) continue;
        const { digest, signature } = given(rOf(7n, u1, u2), u1, u2);
        expect([u1, u2, kernel.examine(1, digest, signature)]).toEqual([u1, u2, 'holds']);
        digest[47] = (digest[47] as number) ^ 1;
        expect(kernel.examine(1, digest, signature)).toBe('undecided');
      }
    }
  });
});

describe('a kernel', () => {
  it('learns no point that is not on the curve', () => {
    const { x, y } = pointOf(11n);
    for (const point of [
      { x, y: y + 1n },
      { x: y, y: x },
      { x: x + p, y },
      { x, y: -y },
      { x: 0n, y: 0n },
    ]) {
      expect(kernel.learn(2, point)).toBe(false);
      expect(kernel.examine(2, toBytes(1n), sign(11n, 5n, toBytes(1n)))).toBe('undecided');
    }
    expect(kernel.learn(4, pointOf(11n))).toBe(false);
  });

  it('is not made where WebAssembly is forbidden, or computes something else', () => {
    const { Module, Instance } = WebAssembly;
    const instances = [
      // A content policy.
      () => {
        throw new WebAssembly.CompileError('forbidden');
      },
      // Everything is a multiple of p; nothing is; products are not carried on.
      (exports: object) => ({ exports: { ...exports, isZero: () => 1 } }),
      (exports: object) => ({ exports: { ...exports, isZero: () => 0 } }),
      (exports: object) => ({ exports: { ...exports, sum: () => undefined } }),
    ];
    try {
      for (const broken of instances) {
        WebAssembly.Instance = function (module: WebAssembly.Module) {
          return broken(new Instance(module).exports);
        } as unknown as typeof WebAssembly.Instance;
        expect(makeP384Kernel(1)).toBeUndefined();
      }
    } finally {
      Object.assign(WebAssembly, { Module, Instance });
    }
  });
});

const folder = vectorFolder('wycheproof');

describe.skipIf(!folder)('Wycheproof', () => {
  it('ECDSA P-384 with SHA-384, r ‖ s: vouches for no invalid one, and leaves few valid ones to WebCrypto', async () => {
    const { testGroups } = readJson<Wycheproof<{ readonly publicKey: { readonly uncompressed: string } }>>(
      folder as string,
      'ecdsa_secp384r1_sha384_p1363_test.json',
    );
    const wrong: string[] = [];
    const left: string[] = [];
    for (const { publicKey, tests } of testGroups) {
      const bytes = fromHex(publicKey.uncompressed);
      const learned = kernel.learn(0, { x: toNumber(bytes.subarray(1, 49)), y: toNumber(bytes.subarray(49)) });
      for (const { tcId, comment, msg, sig, result } of tests) {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', fromHex(msg) as Uint8Array<ArrayBuffer>));
        const holds = learned && kernel.examine(0, digest, fromHex(sig)) === 'holds';
        if (holds && result !== 'valid') wrong.push(`${tcId} ${comment}`);
        if (!holds && result === 'valid') left.push(`${tcId} ${comment}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(left).toEqual([]);
  });
});
