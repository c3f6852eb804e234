import { describe, expect, it } from 'vitest';
import { keccak256 } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { rootOf } from '../merkle/rootOf.ts';
import { FunctionCounter, numbersPerLeaf } from './functionIndex.ts';
import { Salts } from './salt.ts';
import { hashLeaf, plainHasher } from './treeHasher.ts';

/** The definition, word for word. */
function eventsRoot(numbers: readonly number[], index: number, salts: Salts | undefined): string {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < numbers.length; at += numbersPerLeaf) {
    const part = numbers.slice(at, at + numbersPerLeaf);
    const view = new DataView(new ArrayBuffer(8 * part.length));
    for (const [place, number] of part.entries()) view.setBigUint64(8 * place, BigInt(number));
    leaves.push(hashLeaf(new Uint8Array(view.buffer), salts?.ofNumbers(index, leaves.length)));
  }
  return toHex(rootOf(leaves, keccak256));
}

describe('the index of functions', () => {
  const saltKey = new Uint8Array(32).fill(5);
  it.each([undefined, saltKey])('has the roots that its definition says, however many calls', (key) => {
    for (const hasher of [undefined, plainHasher]) {
      const counter = new FunctionCounter(key, hasher);
      const called = new Map<number, number[]>();
      // Numbers beyond 32 bits too; functions with no full leaf, whole leaves, and more leaves than are hashed at a time.
      for (let step = 0; step < 12_000; step++) {
        const event = step < 6_000 ? step : 2 ** 33 + step;
        const index = step < 64 ? 3 : step % 97 === 0 ? 1 : 2;
        counter.add(index, event);
        const numbers = called.get(index) ?? [];
        numbers.push(event);
        called.set(index, numbers);
      }
      // A function may be called within what is recorded and not every call of it be: then its count is no whole one.
      const entries = counter.entries(5, (index) => index === 4 || index === 2);
      const salts = key && new Salts(key);
      for (const [index, numbers] of called) {
        expect(entries[index]).toMatchObject({ isTraced: index === 2, count: numbers.length });
        expect(toHex(entries[index]!.events)).toBe(eventsRoot(numbers, index, salts));
      }
      expect(entries[0]).toMatchObject({ isTraced: false, count: 0 });
      expect(entries[4]).toMatchObject({ isTraced: true, count: 0 });
    }
  });
});
