import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { limits } from './limits.ts';
import { encodeSegment, parseSegment, type SegmentEntry } from './segment.ts';

const tuple = fc.uint8Array({ maxLength: 40 }).map((d) => encodeCbor([1, [1, [d]], [1, d, d, d], 'a.b.c']));
const entriesOf = (n: number) =>
  fc.uniqueArray(fc.nat(255), { maxLength: 5 }).chain((numbers) =>
    fc.tuple(
      ...numbers
        .sort((a, b) => a - b)
        .map((number) =>
          fc.record({
            k: fc.constant(256 * n + number),
            attestations: fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 3 }),
            tuples: fc.array(tuple, { maxLength: 3 }),
          }),
        ),
    ),
  );
const segments = fc.nat(2 ** 40).chain((n) => fc.record({ n: fc.constant(n), entries: entriesOf(n) }));

const refused = (bytes: Uint8Array, n: number): FormatError => {
  try {
    parseSegment(bytes, n);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('It was read.');
};

describe('segment', () => {
  it('comes out as it went in, and is deterministic CBOR', () => {
    fc.assert(
      fc.property(segments, ({ n, entries }) => {
        const bytes = encodeSegment(n, entries);
        expect(parseSegment(bytes, n)).toEqual(entries);
        expect(encodeCbor(decodeCbor(bytes))).toEqual(bytes);
      }),
    );
  });

  it('cut short, with a byte more, or read as another one is refused', () => {
    fc.assert(
      fc.property(segments, fc.nat(), ({ n, entries }, at) => {
        const bytes = encodeSegment(n, entries);
        refused(bytes.subarray(0, at % bytes.length), n);
        expect(refused(concatBytes(bytes, Uint8Array.of(0)), n).offset).toBe(bytes.length);
        refused(bytes, n + 1);
      }),
    );
  });

  it('any byte changed gives a FormatError or another segment, never anything else', () => {
    const bytes = encodeSegment(1, [{ k: 256, attestations: [new Uint8Array(3)], tuples: [encodeCbor([1, 'x'])] }]);
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = bytes.slice();
        changed[at] = (changed[at] as number) ^ (1 << bit);
        try {
          expect(encodeSegment(1, parseSegment(changed, 1))).toEqual(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }
    }
  });

  const entry = (k: number, more: Partial<SegmentEntry> = {}) => [k, more.attestations ?? [new Uint8Array(1)], []];
  it.each([
    ['numbers that do not rise', [entry(5), entry(5)], /above 5/],
    ['a number of another segment', [entry(256)], /segment 0/],
    ['a number without a document', [entry(5, { attestations: [] })], /1 to 16/],
    [
      'seventeen documents',
      [entry(5, { attestations: Array.from({ length: 17 }, () => new Uint8Array(1)) })],
      /1 to 16/,
    ],
    ['257 numbers', Array.from({ length: 257 }, (_, k) => entry(k)), /0 to 256/],
    [
      'a document too long',
      [entry(5, { attestations: [new Uint8Array(limits.enclaveDocument + 1)] })],
      /at most 32768/,
    ],
  ])('%s: refused', (_, entries, words) => {
    expect(refused(encodeCbor([1, 0, entries]), 0).message).toMatch(words);
  });

  it('a hundred thousand levels, or a length of 4 GiB, are refused before anything is made of them', () => {
    const head = Uint8Array.of(0x83, 1, 0, 0x81, 0x83, 0, 0x81, 0x41, 0, 0x81);
    expect(refused(concatBytes(head, new Uint8Array(100_000).fill(0x81)), 0).message).toMatch(/at most 4 levels/);
    expect(refused(concatBytes(head.subarray(0, 7), Uint8Array.of(0x5a, 255, 255, 255, 255)), 0).offset).toBe(7);
  });
});
