import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../bytes/bytes.ts';
import { type TraceEvent, encodeEvent } from '../event.ts';
import { zeroDigest } from '../metadata.ts';
import { makePolicy } from '../policy.ts';
import { exampleEvents, exampleSaltKey, exampleSelection } from './exampleTrace.fixture.ts';
import { fieldOrder } from './field.ts';
import { arcOf, limitsOf, wordOf } from './range.ts';
import { selectedValues, selectionLeaf, selectionSalt } from './selectedValue.ts';
import { selectedFunctions } from './selectedFunctions.ts';
import { Selection } from './selection.ts';
import { SelectionCollector } from './selectionCollector.ts';
import { SelectionTree, hashFour, maximumSelected, selectionDepth } from './selectionTree.ts';
import { subjectElement } from './subject.ts';

describe('the tree over a selection', () => {
  /** All levels of a tree of two, with every empty place written out. */
  it('is the one that its definition gives', () => {
    const tree = new SelectionTree();
    const empty = [0n];
    for (let level = 0; level < selectionDepth; level += 1) {
      const below = empty[level] as bigint;
      empty.push(hashFour([below, below, below, below]));
    }
    expect(tree.root()).toBe(empty[selectionDepth]);
    for (const leaf of [5n, 6n, 7n, 8n, 9n]) tree.add(leaf);
    let root = hashFour([
      hashFour([5n, 6n, 7n, 8n]),
      hashFour([9n, 0n, 0n, 0n]),
      empty[1] as bigint,
      empty[1] as bigint,
    ]);
    for (let level = 2; level < selectionDepth; level += 1) {
      const other = empty[level] as bigint;
      root = hashFour([root, other, other, other]);
    }
    expect(tree.root()).toBe(root);
  });

  it('gives each leaf the nodes that lead from it to the root', () => {
    const tree = new SelectionTree();
    for (let leaf = 100n; leaf < 118n; leaf += 1n) {
      tree.add(leaf);
      for (const index of [0, tree.size - 1]) {
        let current = 100n + BigInt(index);
        for (const four of tree.nodesAbove(index)) {
          expect(four).toContain(current);
          current = hashFour(four);
        }
        expect(current).toBe(tree.root());
      }
    }
    for (const index of [-1, 18, 0.5]) expect(() => tree.nodesAbove(index)).toThrow(RangeError);
  });
});

describe('a selection', () => {
  it('has the call itself and its integers, each with its place, and nothing of other events', () => {
    const names = exampleSelection().values.map(({ subject, word, event }) => [
      event,
      subject.function,
      subject.part,
      subject.position,
      subject.type,
      word,
    ]);
    expect(names).toEqual([
      [0, 42, 'call', 0, 'none', 0n],
      [0, 42, 'argument', 0, 'i32', 1500n << 32n],
      [0, 42, 'argument', 1, 'i64', 2n ** 64n - 7n],
      [0, 42, 'result', 0, 'i64', 2n ** 63n],
      [2, 43, 'call', 0, 'none', 0n],
      [2, 43, 'argument', 0, 'i32', (2n ** 32n - 20n) << 32n],
      [2, 43, 'result', 0, 'i32', 0n],
      [3, 44, 'call', 0, 'none', 0n],
    ]);
  });

  it('has another root after any change of an event, of its number, of the order or of the salt key', () => {
    const rootOf = (events: readonly (readonly [TraceEvent, number])[], key = exampleSaltKey) => {
      const selection = new Selection(key);
      for (const [event, number] of events) selection.add(event, number);
      return selection.root();
    };
    const [first, , third] = exampleEvents as [TraceEvent, TraceEvent, TraceEvent];
    const roots = [
      rootOf([
        [first, 0],
        [third, 2],
      ]),
      rootOf([
        [third, 0],
        [first, 2],
      ]),
      rootOf([
        [first, 0],
        [third, 3],
      ]),
      rootOf([
        [{ ...first, v: 1n }, 0],
        [third, 2],
      ]),
      rootOf([[first, 0]]),
      rootOf(
        [
          [first, 0],
          [third, 2],
        ],
        new Uint8Array(32),
      ),
    ];
    expect(new Set(roots).size).toBe(roots.length);
    expect(rootOf([])).toBe(zeroDigest);
  });

  it('is salted: the same value at two places has two leaves, and salts are below the order', () => {
    const [value] = selectedValues(exampleEvents[0] as TraceEvent, 0);
    const salts = [0, 1].map((place) => selectionSalt(exampleSaltKey, place)) as [bigint, bigint];
    expect(salts.every((salt) => salt > 0n && salt < fieldOrder)).toBe(true);
    expect(selectionLeaf(value as never, salts[0])).not.toBe(selectionLeaf(value as never, salts[1]));
  });

  it('selects nothing where there would be more than fits', () => {
    const many = { ...(exampleEvents[0] as TraceEvent), results: [], values: [] };
    const selection = new Selection(exampleSaltKey);
    for (let number = 0; number < maximumSelected; number += 1) selection.add(many, number);
    expect([selection.overfull, selection.values.length]).toEqual([false, maximumSelected]);
    selection.add(many, maximumSelected);
    expect([selection.overfull, selection.values.length, selection.root()]).toEqual([true, 0, zeroDigest]);
  });
});

describe('selected calls in a stream of records', () => {
  it('are found however the stream is cut, with the numbers of their events', () => {
    const stream = concatBytes(...exampleEvents.map(encodeEvent));
    const expected = exampleSelection().values.filter(({ subject }) => subject.function !== 44);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length / 16), { maxLength: 5 }), (cuts) => {
        const collector = new SelectionCollector(new Set([42, 43]), exampleSaltKey);
        const places = [...new Set([0, ...cuts.map((cut) => 16 * cut), stream.length])].sort((a, b) => a - b);
        for (const [index, from] of places.entries()) collector.add(stream.slice(from, places[index + 1] ?? from));
        expect(collector.finish().values).toEqual(expected);
      }),
    );
  });

  it('are those of the functions that the policy selects', () => {
    const symbols = { functions: ['a', 'b'].map((name, index) => ({ index, name, exports: [], imported: null })) };
    const policy = (names: readonly string[]) => makePolicy({ kinds: ['call'], select: { names } });
    expect(selectedFunctions(policy(['b']), symbols as never)).toEqual(new Set([1]));
    expect(selectedFunctions(policy(['c']), symbols as never)).toBeUndefined();
    expect(selectedFunctions(makePolicy({ kinds: ['call'] }), symbols as never)).toBeUndefined();
  });
});

describe('a range', () => {
  const types = fc.constantFrom('i32' as const, 'i64' as const);
  const three = (type: 'i32' | 'i64', signed: boolean) => {
    const { least, greatest } = limitsOf(type, signed);
    const number = fc.bigInt({ min: least, max: greatest });
    return fc.tuple(fc.constant(type), fc.constant(signed), number, number, number);
  };

  it('as an arc holds exactly the numbers between its bounds, under either reading of either width', () => {
    fc.assert(
      fc.property(
        fc.tuple(types, fc.boolean()).chain(([type, signed]) => three(type, signed)),
        ([type, signed, a, b, value]) => {
          const [lo, hi] = a <= b ? [a, b] : [b, a];
          const { from, span } = arcOf(type, { signed, lo, hi });
          expect(from < 2n ** 64n && span < 2n ** 64n).toBe(true);
          for (const number of [value, lo, hi]) {
            const inside = BigInt.asUintN(64, wordOf(type, number) - from) <= span;
            expect(inside).toBe(lo <= number && number <= hi);
          }
        },
      ),
    );
  });

  it('names every subject by a number of its own', () => {
    const subject = fc.record({
      function: fc.nat(0xffffff),
      part: fc.constantFrom('argument' as const, 'result' as const),
      position: fc.nat(4095),
      type: types,
    });
    fc.assert(
      fc.property(subject, subject, (a, b) => {
        expect(subjectElement(a) === subjectElement(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
