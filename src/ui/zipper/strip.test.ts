import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTrouble, packMark, standings, storages, unpackMark, worseMark } from '../../audit/remote/numberMark.ts';
import { countKinds, gatherMarks, kindsOf, nextTrouble, numberAt, numbersOf, slotOf, stripRuns } from './strip.ts';

const verified = packMark({ standing: 'verified', aside: false, storage: 'good' });
const marks = fc
  .record({
    standing: fc.constantFrom(...standings),
    aside: fc.boolean(),
    storage: fc.constantFrom(...storages),
  })
  .map(packMark);
const trouble = marks.filter(isTrouble);

describe('the strip of a whole chain', () => {
  it('shows any single irregular number, in a strip of any length', () => {
    const chain = fc
      .integer({ min: 1, max: 100_000 })
      .chain((length) => fc.record({ length: fc.constant(length), k: fc.nat({ max: length - 1 }) }));
    fc.assert(
      fc.property(chain, fc.integer({ min: 1, max: 900 }), trouble, ({ length, k }, slots, mark) => {
        const bytes = new Uint8Array(length).fill(verified);
        bytes[k] = mark;
        const places = gatherMarks(bytes, length, slots);
        const runs = stripRuns(places);
        for (const kind of kindsOf(mark)) {
          if (kind === 'verified') continue;
          const drawn = runs.get(kind) ?? [];
          expect(drawn.length).toBeGreaterThan(0);
          const slot = slotOf(k, length, slots);
          expect(drawn.some(({ from, to }) => from <= slot && slot < to)).toBe(true);
          // It is tall enough to be seen, and to be hit: a click on it goes to the number itself.
          if (kind === 'unread' || kind === 'behind') continue;
          expect((drawn[0]?.to ?? 0) - (drawn[0]?.from ?? 0)).toBeGreaterThanOrEqual(Math.min(4, slots));
        }
        expect(numberAt(bytes, length, slotOf(k, length, slots), slots)).toBe(k);
      }),
      { numRuns: 60 },
    );
  });

  it('hides no kind of trouble behind another one, nor what was not read behind what was', () => {
    fc.assert(
      fc.property(fc.array(marks, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (list, slots) => {
        const bytes = Uint8Array.from(list);
        const places = gatherMarks(bytes, bytes.length, slots);
        for (let slot = 0; slot < slots; slot += 1) {
          const { from, to } = numbersOf(slot, bytes.length, slots);
          const place = unpackMark(places[slot] as number);
          const own = list.slice(from, to).map(unpackMark);
          expect(place.aside).toBe(own.some(({ aside }) => aside));
          expect(place.storage).toBe(storages[Math.max(...own.map(({ storage }) => storages.indexOf(storage)))]);
          if (place.standing === 'verified') expect(own.every(({ standing }) => standing === 'verified')).toBe(true);
          else expect(own.some(({ standing }) => standing === place.standing)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has a place for every number, and every place a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 900 }), (length, slots) => {
        const seen = new Set<number>();
        for (let slot = 0; slot < slots; slot += 1) {
          const { from, to } = numbersOf(slot, length, slots);
          expect(to).toBeGreaterThan(from);
          for (let k = from; k < to; k += 1) seen.add(k);
        }
        expect(seen.size).toBe(length);
        for (let k = 0; k < length; k += Math.ceil(length / 50)) {
          const { from, to } = numbersOf(slotOf(k, length, slots), length, slots);
          expect(from <= k && k < to).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gathers marks in any order to the same', () => {
    fc.assert(
      fc.property(marks, marks, marks, (a, b, c) => {
        expect(worseMark(a, b)).toBe(worseMark(b, a));
        expect(worseMark(worseMark(a, b), c)).toBe(worseMark(a, worseMark(b, c)));
        expect(worseMark(a, a)).toBe(a);
        expect(packMark(unpackMark(a))).toBe(a);
      }),
    );
  });

  it('counts what it shows', () => {
    const lying = packMark({ standing: 'verified', aside: true, storage: 'lying' });
    const gap = packMark({ standing: 'gap', aside: false, storage: 'good' });
    const counts = countKinds(Uint8Array.from([verified, lying, lying, gap, 0, 99]), 5);
    expect(Object.fromEntries(counts)).toEqual({ verified: 3, fork: 2, lying: 2, missing: 1, unread: 1 });
  });
});

describe('going from trouble to trouble', () => {
  const gap = packMark({ standing: 'gap', aside: false, storage: 'good' });
  const fork = packMark({ standing: 'verified', aside: true, storage: 'good' });
  const bytes = Uint8Array.from([verified, gap, gap, verified, fork, verified]);

  it('takes numbers in a row for one, and goes on at the other end', () => {
    expect(nextTrouble(bytes, 6, 5, -1)).toBe(4);
    expect(nextTrouble(bytes, 6, 4, -1)).toBe(1);
    expect(nextTrouble(bytes, 6, 1, -1)).toBe(4);
    expect(nextTrouble(bytes, 6, 0, 1)).toBe(1);
    expect(nextTrouble(bytes, 6, 1, 1)).toBe(4);
    expect(nextTrouble(bytes, 6, 4, 1)).toBe(1);
  });

  it('finds a single one from itself, and none where there is none', () => {
    expect(nextTrouble(Uint8Array.from([verified, gap]), 2, 1, 1)).toBe(1);
    expect(nextTrouble(Uint8Array.from([verified, 0]), 2, 1, 1)).toBeUndefined();
    expect(nextTrouble(new Uint8Array(4), 0, 0, 1)).toBeUndefined();
  });
});
