import { describe, expect, it } from 'vitest';
import { PathCache } from './pathCache.ts';
import { makePath } from './path.fixture.ts';

const rules = { keyAlgorithms: ['P-384'], signatureAlgorithms: ['ecdsa-with-SHA384'], maximumLength: 8 };

describe('the cache of paths', () => {
  it('examines a path once, also when many ask at the same time', async () => {
    const cache = new PathCache(rules);
    const { ders } = await makePath([{}, {}, {}]);
    const results = await Promise.all(Array.from({ length: 20 }, () => cache.examine(ders.map((der) => der.slice()))));
    expect(cache.examined).toBe(1);
    expect(results.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect(new Set(results.map(({ path }) => path)).size).toBe(1);
  });

  it('never gives one path the result of another that differs in a byte, an order or a border', async () => {
    const cache = new PathCache(rules);
    const { ders } = await makePath([{}, {}, {}]);
    const [root, middle, leaf] = ders as [Uint8Array, Uint8Array, Uint8Array];
    const good = await cache.examine(ders);
    const flipped = leaf.slice();
    flipped[flipped.length - 1] = flipped[flipped.length - 1]! ^ 0x80;
    const others = [
      [root, middle, flipped],
      [middle, root, leaf],
      [root, leaf],
      [Uint8Array.of(...root, ...middle), leaf],
      [root.subarray(0, -1), Uint8Array.of(root.at(-1)!, ...middle), leaf],
    ];
    for (const other of others) expect((await cache.examine(other)).path.status).toBe('fail');
    expect(good.path.status).toBe('pass');
    expect(cache.examined).toBe(6);
  });

  it('keeps bytes apart that a text encoding could confuse', async () => {
    const cache = new PathCache(rules);
    for (let byte = 0; byte < 256; byte++) await cache.examine([Uint8Array.of(byte), Uint8Array.of(0)]);
    expect(cache.examined).toBe(256);
  });

  it('keeps its own bytes: a buffer that is used again changes nothing', async () => {
    const cache = new PathCache(rules);
    const { ders } = await makePath([{}, {}, {}]);
    const { path } = await cache.examine(ders);
    const subject = path.certificates[1]?.subject.der.slice();
    const kept = ders.map((der) => der.slice());
    for (const der of ders) der.fill(0);
    expect(path.certificates[1]?.subject.der).toEqual(subject);
    expect((await cache.examine(kept)).fresh).toBe(false);
    expect((await cache.examine(ders)).path.status).toBe('fail');
  });

  it('knows a path again after others, not only the last', async () => {
    const cache = new PathCache(rules);
    const [one, other] = await Promise.all([makePath([{}, {}]), makePath([{}, {}])]);
    for (const { ders } of [one, other, one, other]) expect((await cache.examine(ders)).path.status).toBe('pass');
    expect(cache.examined).toBe(2);
  });

  it('forgets the oldest beyond its capacity, and still judges it right', async () => {
    const cache = new PathCache(rules, 2);
    const paths = await Promise.all([makePath([{}, {}]), makePath([{}, {}]), makePath([{}, { forged: true }])]);
    for (const { ders } of paths) await cache.examine(ders);
    expect((await cache.examine(paths[2]!.ders)).fresh).toBe(false);
    const again = await cache.examine(paths[0]!.ders);
    expect([again.fresh, again.path.status]).toEqual([true, 'pass']);
  });
});
