import { describe, expect, it } from 'vitest';
import { AuditorError } from '../verdict/auditorError.ts';
import { importEcdsaKey, verifyEcdsa } from '../x509/ecdsa.ts';
import { n } from './curve.ts';
import type { P384Kernel, P384Outcome } from './p384Kernel.ts';
import { everyOfBoth, firstOfBoth, places, RepeatedKeys, usesBeforeTable, type P384Key } from './repeatedKeys.ts';
import { numbers, pointOf, sign, spkiOf, toBytes } from './p384.fixture.ts';

const point = { x: 1n, y: 2n };
const key = (name: string): P384Key => ({ name, point });
const signature = new Uint8Array(96);
const data = new Uint8Array(8);

/** A kernel that says what it is told to, and what it was asked. */
function fakeKernel(says: () => P384Outcome, learns: (place: number) => boolean = () => true) {
  const learned: number[] = [];
  let asked = 0;
  let made = 0;
  const kernel: P384Kernel = {
    learn(place) {
      learned.push(place);
      return learns(place);
    },
    examine() {
      asked++;
      return says();
    },
  };
  const make = () => {
    made++;
    return kernel;
  };
  return { make, learned, asked: () => asked, made: () => made };
}

/** Signatures that the platform says are good or not, and how many it was given. */
function fakePlatform(answer = true) {
  let calls = 0;
  return {
    answer: () => {
      calls++;
      return Promise.resolve(answer);
    },
    calls: () => calls,
  };
}

async function verifyMany(keys: RepeatedKeys, name: string, count: number, platform: () => Promise<boolean>) {
  const answers: boolean[] = [];
  for (let index = 0; index < count; index++) answers.push(await keys.verify(key(name), signature, data, platform));
  return answers;
}

const watched = (count: number) =>
  Array.from({ length: count }, (_, index) => index).filter((index) => index < firstOfBoth || index % everyOfBoth === 0)
    .length;

describe('keys that sign again and again', () => {
  it('get a table after so many signatures; the first that it vouches for and one in so many are still the platform’s', async () => {
    const kernel = fakeKernel(() => 'holds');
    const keys = new RepeatedKeys(kernel.make);
    const platform = fakePlatform();
    await verifyMany(keys, 'a', usesBeforeTable, platform.answer);
    expect([platform.calls(), kernel.made(), kernel.asked()]).toEqual([usesBeforeTable, 0, 0]);
    const answers = await verifyMany(keys, 'a', 600, platform.answer);
    expect(answers.every(Boolean)).toBe(true);
    expect([kernel.made(), kernel.asked(), kernel.learned]).toEqual([1, 600, [0]]);
    expect(platform.calls()).toBe(usesBeforeTable + watched(600));
  });

  it('are the platform’s where the kernel is undecided, whatever it says', async () => {
    for (const good of [true, false]) {
      const kernel = fakeKernel(() => 'undecided');
      const keys = new RepeatedKeys(kernel.make);
      const platform = fakePlatform(good);
      expect(new Set(await verifyMany(keys, 'a', 100, platform.answer))).toEqual(new Set([good]));
      expect([platform.calls(), kernel.asked()]).toEqual([100, 100 - usesBeforeTable]);
    }
  });

  it('that a broken kernel vouches for stop everything, and it is never asked again, under no key', async () => {
    for (const breaksAt of [0, firstOfBoth - 1, everyOfBoth]) {
      const kernel = fakeKernel(() => 'holds');
      const keys = new RepeatedKeys(kernel.make);
      const [good, bad] = [fakePlatform(true), fakePlatform(false)];
      await verifyMany(keys, 'a', usesBeforeTable + breaksAt, good.answer);
      const failure = await keys.verify(key('a'), signature, data, bad.answer).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(AuditorError);
      expect(failure).toMatchObject({ kind: 'internal', code: 'P384_DISAGREES' });
      const asked = kernel.asked();
      for (const name of ['a', 'b']) {
        expect(new Set(await verifyMany(keys, name, 2 * usesBeforeTable, bad.answer))).toEqual(new Set([false]));
      }
      expect([kernel.asked(), kernel.made()]).toEqual([asked, 1]);
    }
  });

  it('are the platform’s without a kernel, where one cannot learn, and where one comes to no end', async () => {
    const trap = fakeKernel(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    const dull = fakeKernel(
      () => 'holds',
      () => false,
    );
    for (const make of [() => undefined, dull.make, trap.make]) {
      const keys = new RepeatedKeys(make);
      const platform = fakePlatform(false);
      expect(new Set(await verifyMany(keys, 'a', 3 * usesBeforeTable, platform.answer))).toEqual(new Set([false]));
      expect(platform.calls()).toBe(3 * usesBeforeTable);
    }
    expect([dull.learned.length, dull.asked(), trap.asked()]).toEqual([1, 0, 1]);
  });

  it('have few tables: the one not used for longest goes, and comes back after as many signatures as before', async () => {
    const kernel = fakeKernel(() => 'holds');
    const keys = new RepeatedKeys(kernel.make);
    const platform = fakePlatform();
    const names = Array.from({ length: places }, (_, index) => `${index}`);
    for (const name of names) await verifyMany(keys, name, usesBeforeTable + 1, platform.answer);
    await verifyMany(keys, '0', 1, platform.answer);
    await verifyMany(keys, 'other', usesBeforeTable + 1, platform.answer);
    expect(kernel.learned).toEqual([0, 1, 2, 3, 1]);
    const asked = kernel.asked();
    await verifyMany(keys, '1', usesBeforeTable, platform.answer);
    expect(kernel.asked()).toBe(asked);
    await verifyMany(keys, '1', 1, platform.answer);
    expect(kernel.learned).toEqual([0, 1, 2, 3, 1, 2]);
  });

  it('count as one where they are asked for at the same time', async () => {
    const kernel = fakeKernel(() => 'holds');
    const keys = new RepeatedKeys(kernel.make);
    const platform = fakePlatform();
    await Promise.all(Array.from({ length: 400 }, () => keys.verify(key('a'), signature, data, platform.answer)));
    expect([kernel.learned, kernel.asked()]).toEqual([[0], 400 - usesBeforeTable]);
  });
});

describe('the answers of `verifyEcdsa`', () => {
  it('are those of WebCrypto before and after the key has a table', async () => {
    const next = numbers('repeated');
    const secret = next() % n;
    const spki = spkiOf(pointOf(secret));
    const known = (await importEcdsaKey(spki, 'P-384')) as CryptoKey;
    const plain = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-384' }, false, [
      'verify',
    ]);
    const verify = crypto.subtle.verify.bind(crypto.subtle);
    const message = toBytes(next());
    const good = sign(secret, next() % n, new Uint8Array(await crypto.subtle.digest('SHA-384', message)));
    const bad = good.slice();
    bad[95] = (bad[95] as number) ^ 1;
    let calls = 0;
    crypto.subtle.verify = (...given) => {
      calls++;
      return verify(...given);
    };
    try {
      for (let index = 0; index < usesBeforeTable + firstOfBoth + 20; index++) {
        const wanted = index % 3 > 0 || index < usesBeforeTable;
        expect(await verifyEcdsa(known, 'SHA-384', wanted ? good : bad, message)).toBe(wanted);
      }
    } finally {
      crypto.subtle.verify = verify;
    }
    expect(calls).toBeLessThan(usesBeforeTable + firstOfBoth + 20);
    expect(calls).toBeGreaterThanOrEqual(usesBeforeTable + firstOfBoth);
    for (const digest of ['SHA-256', 'SHA-512']) {
      expect(await verifyEcdsa(known, digest, good, message)).toBe(false);
    }
    expect(await verifyEcdsa(plain, 'SHA-384', good, message)).toBe(true);
    expect(await verifyEcdsa(known, 'SHA-384', good.subarray(1), message)).toBe(false);
    expect(await verifyEcdsa(known, 'SHA-384', new Uint8Array(96), message)).toBe(false);
  });
});
