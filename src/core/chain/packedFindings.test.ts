import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { packAttestations, packTuples, unpackAttestations, unpackTuples } from './packedFindings.ts';
import type { AttestationFinding, Junk, ShardState, TupleFinding } from './types.ts';

const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('hex'));
const shards: fc.Arbitrary<readonly ShardState[]> = fc.constantFrom(
  ['good', 'good', 'good'] as const,
  ['good', 'down', 'missing'] as const,
  [],
);
const junk: fc.Arbitrary<readonly Junk[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constant([{ name: 'seq/1', code: 'TEE_FORM' as const, reason: 'x', buckets: [1] }]) },
);
const number = fc.oneof({ weight: 9, arbitrary: fc.constant(7) }, { weight: 1, arbitrary: fc.constant(8) });

const sequence = fc.record({
  k: number,
  y: fc.oneof({ weight: 9, arbitrary: hex(48) }, { weight: 1, arbitrary: fc.constant('short') }),
  object: hex(32),
  length: fc.nat(),
  storedAt: number,
  documentTime: fc.nat(),
  pcrs: fc.constantFrom({ 0: 'aa' }, { 0: 'bb', 1: 'cc' }),
});
const attestation: fc.Arbitrary<AttestationFinding> = fc.record({
  k: fc.constant(7),
  sequences: fc.oneof(
    { weight: 5, arbitrary: sequence.map((each) => [each]) },
    { weight: 1, arbitrary: fc.array(sequence, { maxLength: 3 }) },
  ),
  strays: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(sequence) }),
  junk,
  shards,
  signatures: fc.nat(),
});

const hash = hex(32);
const tuple: fc.Arbitrary<TupleFinding> = fc
  .record(
    {
      timestampHash: hash,
      tuple: fc.option(
        fc.record(
          {
            u: hex(16),
            merkle: hash,
            parent: hash,
            block: hash,
            timestampHash: hash,
            time: fc.nat(),
            kid: fc.string(),
            transactions: fc.option(fc.uint8Array({ maxLength: 96 })),
            firstLeaf: hash,
          },
          { requiredKeys: ['u', 'merkle', 'parent', 'block', 'timestampHash', 'time', 'kid', 'transactions'] },
        ),
        { freq: 9 },
      ),
      object: hash,
      junk,
      shards,
      signatures: fc.nat(),
    },
    { requiredKeys: ['timestampHash', 'tuple', 'junk', 'shards', 'signatures'] },
  )
  .chain((finding) =>
    fc
      .boolean()
      .map((same) => (same && finding.tuple ? { ...finding, timestampHash: finding.tuple.timestampHash } : finding)),
  );

describe('packed findings', () => {
  it('of attestations come out of a transfer as they went in, ordinary or not, in their order', () => {
    fc.assert(
      fc.property(fc.array(attestation, { maxLength: 12 }), (findings) => {
        const packed = packAttestations(findings);
        const arrived = structuredClone(packed, { transfer: [packed.numbers.buffer] });
        expect(unpackAttestations(arrived)).toEqual(findings);
      }),
    );
  });

  it('of tuples come out of a transfer as they went in, missing trees and missing tuples included', () => {
    fc.assert(
      fc.property(fc.array(tuple, { maxLength: 12 }), (findings) => {
        const packed = packTuples(findings);
        const arrived = structuredClone(packed, { transfer: [packed.numbers.buffer, packed.transactions.buffer] });
        expect(unpackTuples(arrived)).toEqual(findings);
      }),
    );
  });

  it('that are ordinary take no objects', () => {
    const y = 'ab'.repeat(48);
    const object = 'cd'.repeat(32);
    const common = { strays: [], junk: [], shards: ['good'] as const, signatures: 2 };
    const finding = (k: number): AttestationFinding => ({
      k,
      sequences: [{ k, y, object, length: 5, storedAt: k, documentTime: 9, pcrs: { 0: 'ee' } }],
      ...common,
    });
    expect(packAttestations([finding(1), finding(2)])).toMatchObject({
      others: [],
      text: `${y}${object}${y}${object}`,
    });
  });

  it('are refused where their columns do not fit', () => {
    const tuples = packTuples([]);
    expect(() => unpackTuples({ ...tuples, numbers: new Float64Array(5) })).toThrow(FormatError);
    expect(() => unpackTuples({ ...tuples, transactions: new Uint8Array(32) })).toThrow(FormatError);
    const one = { text: 'a'.repeat(192), passing: 'b'.repeat(160), numbers: Float64Array.of(1, 1, 32, 0, 0) };
    const tables = { shards: [[]], kids: ['kid'] };
    expect(() => unpackTuples({ ...tuples, ...one, ...tables })).toThrow(FormatError);
    expect(unpackTuples({ ...tuples, ...one, ...tables, transactions: new Uint8Array(32) })).toHaveLength(1);
    expect(() => unpackTuples({ ...tuples, ...one, transactions: new Uint8Array(32) })).toThrow(FormatError);
    const attestations = packAttestations([]);
    expect(() => unpackAttestations({ ...attestations, text: 'a' })).toThrow(FormatError);
  });
});
