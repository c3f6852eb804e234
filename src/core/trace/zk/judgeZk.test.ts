import { bn254 } from '@noble/curves/bn254.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { type TraceMetadata, zeroDigest } from '../metadata.ts';
import { sentence } from '../../verdict/messages.ts';
import { combine } from '../../verdict/status.ts';
import { eventKey } from './eventKey.ts';
import { exampleProof } from './exampleProof.fixture.ts';
import { exampleMetadata, exampleNonce, exampleSelection, exampleStatement } from './exampleTrace.fixture.ts';
import { coordinateOrder, fieldOrder, wordBytes, wordHex } from './field.ts';
import { type ZkExpectation, developmentLabel, judgeZk, zkPlan } from './judgeZk.ts';
import { zkMessages } from './messages.en.ts';
import { statementToJson } from './statement.ts';

const metadata = exampleMetadata(exampleSelection());
const part: JsonObject = {
  circuit: 'event/1',
  statement: statementToJson(exampleStatement),
  nonce: toHex(exampleNonce),
  proof: exampleProof,
};
const pinned: ZkExpectation = { keys: [eventKey.digest], nonce: exampleNonce, statement: exampleStatement };

/** Codes of the checks that do not pass, with how they turned out. */
function faults(value: JsonValue, about: TraceMetadata = metadata, expected = pinned): string[] {
  const { checks } = judgeZk(value, about, expected);
  expect(checks.map(({ code }) => code)).toEqual(zkPlan.map(({ code }) => code));
  return checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
}

const withStatement = (change: JsonObject): JsonObject => ({
  ...part,
  statement: { ...(part['statement'] as JsonObject), ...change },
});
const unread = ['ZK_FORM fail', 'ZK_STATEMENT unknown', 'ZK_SETUP unknown', 'ZK_PROOF unknown'];

/** The proof's points, to make others from. */
const { G1, G2, fields } = bn254;
const proofBytes = fromHex(exampleProof);
const word = (at: number) => BigInt(`0x${toHex(proofBytes.subarray(32 * at, 32 * at + 32))}`);
const a = G1.Point.fromAffine({ x: word(0), y: word(1) });
const b = G2.Point.fromAffine({
  x: fields.Fp2.fromBigTuple([word(3), word(2)]),
  y: fields.Fp2.fromBigTuple([word(5), word(4)]),
});
const c = G1.Point.fromAffine({ x: word(6), y: word(7) });

function proofOf(first: typeof a, second: typeof b, third: typeof c): string {
  const g1 = (point: typeof a) => [point.toAffine().x, point.toAffine().y];
  const { x, y } = second.toAffine();
  const words = [...g1(first), x.c1, x.c0, y.c1, y.c0, ...g1(third)];
  return toHex(concatBytes(...words.map(wordBytes)));
}

describe('a zero-knowledge proof of an event', () => {
  it('passes under a pinned key, labelled as from a development setup', () => {
    const { checks, labels } = judgeZk(part, metadata, pinned);
    expect(faults(part)).toEqual([]);
    expect(labels).toEqual([developmentLabel]);
    expect(checks[2]?.notes).toEqual([{ code: 'ZK_DEVELOPMENT_SETUP' }]);
    expect(sentence(checks[1] as never, zkMessages)).toBe(
      'It states: argument 0 (counted from 0, signed i32) of a call of function 42, from 1000 to 2000, is among the values that the signed selection commits to.',
    );
    expect(sentence(checks[3] as never, zkMessages)).toContain('nothing of whether the run was right');
  });

  it('is undetermined under a key that nobody pinned, and says that it may be another asker’s', () => {
    const { checks } = judgeZk(part, metadata);
    expect(combine(checks.map(({ status }) => status))).toBe('unknown');
    expect(faults(part, metadata, {})).toEqual(['ZK_SETUP unknown']);
    expect(sentence(checks[2] as never, zkMessages)).toContain('whoever ran it can forge');
    expect(checks[1]?.notes).toEqual([{ code: 'ZK_NONCE_NOT_ASKED', params: { nonce: '5a'.repeat(32) } }]);
  });

  it('holds for no other statement', () => {
    const about = { keys: [eventKey.digest] };
    for (const change of [
      { lo: '999' },
      { hi: '2001' },
      { function: 43 },
      { position: 1 },
      { part: 'result' },
      { type: 'i64' },
      { lo: '-1' },
    ]) {
      expect(faults(withStatement(change), metadata, about)).toEqual(['ZK_PROOF fail']);
    }
    // The same bits in the same order, so the very same statement in other words.
    expect(faults(withStatement({ signed: false }), metadata, about)).toEqual([]);
    expect(faults(withStatement({ signed: false }))).toEqual(['ZK_STATEMENT fail']);
  });

  it('holds for no other anchor and no other nonce', () => {
    expect(faults({ ...part, nonce: '5b'.repeat(32) }, metadata, { keys: [eventKey.digest] })).toEqual([
      'ZK_PROOF fail',
    ]);
    expect(faults(part, { ...metadata, time: metadata.time + 1 })).toEqual(['ZK_PROOF fail']);
    const other = wordHex(BigInt(`0x${metadata.selection}`) + 1n);
    expect(faults(part, { ...metadata, selection: other })).toEqual(['ZK_PROOF fail']);
    expect(faults(part, { ...metadata, selection: 'ff'.repeat(32) })).toEqual(['ZK_PROOF fail']);
    expect(faults(part, { ...metadata, selection: zeroDigest })).toEqual(['ZK_STATEMENT fail', 'ZK_PROOF fail']);
  });

  it('is refused where something else was asked for', () => {
    const nonce = new Uint8Array(32);
    expect(faults(part, metadata, { ...pinned, nonce })).toEqual(['ZK_STATEMENT fail']);
    const statement = { ...exampleStatement, hi: 1999n };
    expect(faults(part, metadata, { ...pinned, statement })).toEqual(['ZK_STATEMENT fail']);
  });

  it('brings a key of its own at its own risk', () => {
    const own = fromHex(eventKey.hex);
    expect(faults({ ...part, key: eventKey.hex })).toEqual([]);
    // Alpha negated: a key in all its form, and not the one that the proof was made with.
    own.set(wordBytes(coordinateOrder - BigInt(`0x${eventKey.hex.slice(64, 128)}`)), 32);
    const key = toHex(own);
    expect(faults({ ...part, key })).toEqual(['ZK_SETUP unknown', 'ZK_PROOF fail']);
    expect(judgeZk({ ...part, key }, metadata).labels).toEqual([]);
    expect(faults({ ...part, key }, metadata, { ...pinned, keys: [sha3Hex(own)] })).toEqual(['ZK_PROOF fail']);
    expect(faults({ ...part, key: `${'0'.repeat(128)}${eventKey.hex.slice(128)}` })).toEqual(unread);
  });

  it('re-randomised by a stranger proves the same; with one sign changed, or points exchanged, nothing', () => {
    const r = 123456789n;
    const inverse = bn254.fields.Fr.inv(r);
    expect(faults({ ...part, proof: proofOf(a.multiply(r), b.multiply(inverse), c) })).toEqual([]);
    expect(faults({ ...part, proof: proofOf(a.negate(), b.negate(), c) })).toEqual([]);
    expect(faults({ ...part, proof: proofOf(a.negate(), b, c) })).toEqual(['ZK_PROOF fail']);
    expect(faults({ ...part, proof: proofOf(a, b, c.negate()) })).toEqual(['ZK_PROOF fail']);
    expect(faults({ ...part, proof: proofOf(c, b, a) })).toEqual(['ZK_PROOF fail']);
  });

  it('has one encoding: no coordinate above the modulus, no point off the curve, out of the subgroup or at infinity', () => {
    const replaced = (at: number, value: bigint) =>
      faults({ ...part, proof: exampleProof.slice(0, 64 * at) + wordHex(value) + exampleProof.slice(64 * at + 64) });
    for (let at = 0; at < 8; at += 1) {
      const value = word(at) + coordinateOrder;
      if (value < 2n ** 256n) expect(replaced(at, value), `coordinate ${at}`).toEqual(unread);
      expect(replaced(at, word(at) ^ 1n), `coordinate ${at}`).toEqual(unread);
    }
    const zeros = (from: number, to: number) =>
      exampleProof.slice(0, 64 * from) + '0'.repeat(64 * (to - from)) + exampleProof.slice(64 * to);
    for (const [from, to] of [
      [0, 2],
      [2, 6],
      [6, 8],
    ] as const) {
      expect(faults({ ...part, proof: zeros(from, to) })).toEqual(unread);
    }
    const outside = pointOutsideSubgroup();
    expect(faults({ ...part, proof: proofOf(a, outside, c) })).toEqual(unread);
  });

  it('is refused with any member missing, added, or of another form', () => {
    for (const name of Object.keys(part)) {
      const { [name]: _gone, ...rest } = part;
      expect(faults(rest)).toEqual(unread);
      expect(faults({ ...part, [name]: null })).toEqual(unread);
    }
    const broken: JsonValue[] = [
      null,
      [],
      { ...part, more: 1 },
      { ...part, circuit: 'event/2' },
      { ...part, proof: exampleProof.toUpperCase() },
      { ...part, proof: exampleProof.slice(2) },
      { ...part, nonce: '5a' },
      { ...part, key: '00' },
      withStatement({ lo: '2001' }),
      withStatement({ lo: '01000' }),
      withStatement({ lo: '-0' }),
      withStatement({ lo: 1000 }),
      withStatement({ hi: '2147483648' }),
      withStatement({ signed: false, lo: '-1' }),
      withStatement({ function: 2 ** 24 }),
      withStatement({ position: -1 }),
      withStatement({ position: 0.5 }),
      withStatement({ part: 'call' }),
      withStatement({ type: 'none' }),
      withStatement({ type: 'f32' }),
      withStatement({ other: 1 }),
    ];
    for (const value of broken) expect(faults(value), JSON.stringify(value)).toEqual(unread);
  });

  it('never holds with any digit of proof, nonce or statement changed', () => {
    const text = JSON.stringify(part);
    const digits = [...text].flatMap((character, at) => (/[0-9a-f]/.test(character) ? [at] : []));
    fc.assert(
      fc.property(fc.constantFrom(...digits), fc.constantFrom(...'0123456789abcdef'), (at, digit) => {
        if (text[at] === digit) return;
        const edited = text.slice(0, at) + digit + text.slice(at + 1);
        let value: JsonValue;
        try {
          value = JSON.parse(edited) as JsonValue;
        } catch {
          return;
        }
        expect(faults(value).some((fault) => fault.endsWith('fail'))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('takes any JSON for what it is, without a throw', () => {
    const members = fc.record(
      { circuit: fc.constant('event/1'), statement: fc.jsonValue(), nonce: fc.jsonValue(), proof: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue({ maxDepth: 3 }), members), (value) => {
        expect(faults(value as JsonValue)).toEqual(unread);
      }),
    );
  });

  it('has words for every check and remark', () => {
    for (const { code } of zkPlan) expect(zkMessages[code]?.unknown).toBeDefined();
    const whole = withStatement({ lo: '-2147483648', hi: '2147483647' });
    const { checks } = judgeZk(whole, metadata, {
      ...pinned,
      statement: { ...exampleStatement, lo: -(2n ** 31n), hi: 2n ** 31n - 1n },
    });
    const codes = checks.flatMap(({ notes = [] }) => notes.map(({ code }) => code));
    expect(codes).toEqual(['ZK_WHOLE_RANGE', 'ZK_DEVELOPMENT_SETUP']);
    for (const code of codes) expect(zkMessages[code]).toBeDefined();
    expect(fieldOrder).toBe(bn254.fields.Fr.ORDER);
    expect(coordinateOrder).toBe(bn254.fields.Fp.ORDER);
  });
});

/** On the twisted curve, whose order has another factor beside that of the group. */
function pointOutsideSubgroup(): typeof b {
  const { Fp2 } = fields;
  const constant = Fp2.div(Fp2.fromBigTuple([3n, 0n]), Fp2.fromBigTuple([9n, 1n]));
  for (let at = 1n; ; at += 1n) {
    const x = Fp2.fromBigTuple([at, 1n]);
    const square = Fp2.add(Fp2.mul(Fp2.sqr(x), x), constant);
    try {
      const point = G2.Point.fromAffine({ x, y: Fp2.sqrt(square) });
      if (!point.isTorsionFree()) return point;
    } catch {
      // Not a square: no point has this coordinate.
    }
  }
}
