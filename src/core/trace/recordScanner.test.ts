import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { recordScanner } from './fastScanner.ts';
import { recordKinds, recordLength, writeRecord, type TraceRecord } from './record.ts';
import { PlainScanner, type FullRule, type RecordScanner, type ScanRules } from './recordScanner.ts';

interface Way {
  readonly full: FullRule;
  /** Records that are filled in at a time. */
  readonly piece: number;
}

/** All that a scanner tells of these records: what it hands over and when, what it refuses, what each function did. */
function told(scanner: RecordScanner, records: Uint8Array, { full, piece }: Way): unknown[] {
  const lines: unknown[] = [];
  const look = () => [scanner.leaves, scanner.events, scanner.records, scanner.scanned, scanner.isStarted];
  const handOver = () => {
    const { leaves } = scanner;
    lines.push([...look(), [...scanner.offsets.subarray(0, leaves + 1)]]);
    const hashes = scanner.hasher.leaves(
      scanner.buffer.subarray(0, scanner.offsets[leaves]),
      scanner.offsets,
      leaves,
      undefined,
    );
    lines.push([...hashes]);
    scanner.drop(leaves);
  };
  try {
    for (let at = 0; at < records.length; at += piece * recordLength) {
      const part = records.subarray(at, at + piece * recordLength);
      scanner.buffer.set(part, scanner.filled);
      scanner.filled += part.length;
      while (scanner.scan(full)) handOver();
      lines.push(look());
    }
    scanner.end();
    handOver();
    lines.push(scanner.entries((index) => index % 2 === 0));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    lines.push([error.message, error.offset]);
  }
  scanner.release();
  return lines;
}

function bytesOf(records: readonly TraceRecord[]): Uint8Array {
  const bytes = new Uint8Array(records.length * recordLength);
  for (const [index, record] of records.entries()) writeRecord(bytes, index * recordLength, record);
  return bytes;
}

const record = (kind: number, site = 0): TraceRecord => ({ kind, site, a: 0, v: 0n });
const values = (count: number) => Array.from({ length: count }, () => record(recordKinds.value));
const both = (rules: ScanRules, records: Uint8Array, way: Way) =>
  [recordScanner(rules), new PlainScanner(rules)].map((scanner) => told(scanner, records, way));
const seldom: FullRule = { bytes: 1 << 20, few: 0, tiles: true };

describe('records looked at in WebAssembly', () => {
  it('are what they are without it: leaves, functions and what is refused, however they come', () => {
    const kind = fc.constantFrom(0x01, 0x02, 0x03, 0x10, 0x41, 0x80, 0x80, 0x80, 0x80);
    const site = fc.oneof({ weight: 60, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.constant(4) });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(kind, site), { maxLength: 120 }),
        fc.record({
          eventsPerLeaf: fc.constantFrom(1, 2, 3, 64),
          saltKey: fc.constantFrom(undefined, new Uint8Array(32).fill(3)),
        }),
        fc.record({
          piece: fc.integer({ min: 1, max: 50 }),
          full: fc.record({ bytes: fc.nat(900), few: fc.constantFrom(0, 2), tiles: fc.boolean() }),
        }),
        (records, rules, way) => {
          const bytes = bytesOf([record(0x01), ...records.map(([each, of]) => record(each, of))]);
          const [fast, plain] = both({ ...rules, functions: 4 }, bytes, way);
          expect(fast).toEqual(plain);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('count many functions and more of their leaves than wait at a time', () => {
    const records = Array.from({ length: 14_000 }, (_, index) =>
      record(recordKinds.call, index < 4_000 ? index : index % 3),
    );
    const rules = { eventsPerLeaf: 64, functions: 4_000, saltKey: undefined };
    const [fast, plain] = both(rules, bytesOf(records), { full: { bytes: 4096, few: 2, tiles: true }, piece: 2048 });
    expect(fast).toEqual(plain);
    expect(fast?.at(-1)).toHaveLength(4_000);
  });

  it.each([
    ['a value without an event', values(1), recordLength],
    ['too many values', [record(0x10), record(0x01), ...values(4096)], (1 + 4096) * recordLength],
    ['a function that there is not', [record(0x10), record(0x02, 9)], recordLength],
  ])('are refused for %s, at the same place', (_, records, offset) => {
    const rules = { eventsPerLeaf: 1, functions: 9, saltKey: undefined };
    for (const piece of [7, 10_000]) {
      const [fast, plain] = both(rules, bytesOf(records), { full: seldom, piece });
      expect(fast).toEqual(plain);
      expect(fast?.at(-1)).toMatchObject([expect.any(String), offset]);
    }
    const [most] = both(rules, bytesOf([record(0x01), ...values(4095)]), { full: seldom, piece: 1000 });
    expect(most?.at(-1)).toHaveLength(9);
  });

  it('do not remain of a trace that is over for the next one', () => {
    const rules = { eventsPerLeaf: 1, functions: 2, saltKey: undefined };
    const way = { full: seldom, piece: 5 };
    const [first] = both(rules, bytesOf(Array.from({ length: 70 }, () => record(0x01, 1))), way);
    const [second, plain] = both(rules, bytesOf([record(0x03, 0)]), way);
    expect(second).toEqual(plain);
    expect(second).not.toEqual(first);
  });
});
