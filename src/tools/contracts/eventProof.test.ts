import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import { traceStructHash } from '../../core/trace/metadata.ts';
import { eventKey } from '../../core/trace/zk/eventKey.ts';
import { exampleProof } from '../../core/trace/zk/exampleProof.fixture.ts';
import {
  exampleMetadata,
  exampleNonce,
  exampleSelection,
  exampleStatement,
} from '../../core/trace/zk/exampleTrace.fixture.ts';
import { contextElement } from '../../core/trace/zk/context.ts';
import { coordinateOrder, fieldOrder } from '../../core/trace/zk/field.ts';
import { arcOf, limitsOf } from '../../core/trace/zk/range.ts';
import { type ZkStatement, publicInputs } from '../../core/trace/zk/statement.ts';
import { subjectElement } from '../../core/trace/zk/subject.ts';
import { contractWithKey } from '../circuits/keyModule.ts';
import type { Anvil } from './anvil.ts';
import { deployVerifier, statementArgument } from './eventProofContract.ts';
import { anvilForTests } from './withAnvil.fixture.ts';

const source = new URL('../../contracts/EventProofVerifier.sol', import.meta.url);
const metadata = exampleMetadata(exampleSelection());
const proof = Array.from({ length: 8 }, (_, at) => BigInt(`0x${exampleProof.slice(64 * at, 64 * at + 64)}`));
const selection: Hex = `0x${metadata.selection}`;
const anchor: Hex = `0x${toHex(traceStructHash(metadata))}`;
const nonce: Hex = `0x${toHex(exampleNonce)}`;

describe('the source of EventProofVerifier', () => {
  it('has the built-in key', () => {
    const text = readFileSync(source, 'utf8').replaceAll('\r\n', '\n');
    expect(text, 'run `npm run circuits`').toBe(contractWithKey(text, fromHex(eventKey.hex)));
  });
});

describe('the contract that verifies proofs of events', () => {
  let anvil: Anvil | undefined;
  let verifier: Awaited<ReturnType<typeof deployVerifier>>;
  beforeAll(async () => {
    anvil = await anvilForTests('proofs of events on a ledger');
    if (anvil) verifier = await deployVerifier(anvil.rpc);
  }, 600_000);
  afterAll(() => anvil?.stop());

  const verify = (change: {
    proof?: readonly bigint[];
    selection?: Hex;
    anchor?: Hex;
    nonce?: Hex;
    statement?: ZkStatement;
  }) =>
    verifier.read('verify', [
      (change.proof ?? proof) as never,
      change.selection ?? selection,
      change.anchor ?? anchor,
      change.nonce ?? nonce,
      statementArgument(change.statement ?? exampleStatement),
    ]);

  it('takes the proof that the page takes', async ({ skip }) => {
    if (!anvil) return skip();
    expect(await verify({})).toBe(true);
    const inputs = publicInputs(
      exampleStatement,
      BigInt(selection),
      contextElement(traceStructHash(metadata), exampleNonce),
    );
    expect(await verifier.read('verifyInputs', [proof as never, inputs as never])).toBe(true);
    // Each input flipped, by the least and by the order, which is the same number to who computes carelessly.
    for (const [at, input] of inputs.entries()) {
      for (const other of [input ^ 1n, input + fieldOrder]) {
        const flipped = inputs.with(at, other);
        expect(await verifier.read('verifyInputs', [proof as never, flipped as never]), `input ${at}`).toBe(false);
      }
    }
  });

  it('refuses any other selection, anchor, nonce or statement', async ({ skip }) => {
    if (!anvil) return skip();
    const other: Hex = `0x${'11'.repeat(32)}`;
    expect(await verify({ selection: other })).toBe(false);
    expect(await verify({ anchor: other })).toBe(false);
    expect(await verify({ nonce: other })).toBe(false);
    for (const change of [
      { lo: 999n },
      { hi: 2001n },
      { function: 43 },
      { position: 1 },
      { part: 'result' as const },
    ]) {
      expect(await verify({ statement: { ...exampleStatement, ...change } })).toBe(false);
    }
  });

  it('refuses proofs with a changed coordinate, one above the modulus, or points at infinity, without a revert', async ({
    skip,
  }) => {
    if (!anvil) return skip();
    for (const [at, value] of proof.entries()) {
      for (const other of [value ^ 1n, value + coordinateOrder, 0n]) {
        if (other < 2n ** 256n) expect(await verify({ proof: proof.with(at, other) }), `word ${at}`).toBe(false);
      }
    }
    for (const points of [
      [0, 1],
      [2, 3, 4, 5],
      [6, 7],
    ]) {
      expect(await verify({ proof: proof.map((value, at) => (points.includes(at) ? 0n : value)) })).toBe(false);
    }
    // A with the other sign: a point of the curve, and no proof.
    expect(await verify({ proof: proof.with(1, coordinateOrder - (proof[1] as bigint)) })).toBe(false);
  });

  it(
    'reads statements as the page does, and reverts for those that are none',
    { timeout: 600_000 },
    async ({ skip }) => {
      if (!anvil) return skip();
      const statements = fc
        .tuple(fc.constantFrom('i32' as const, 'i64' as const), fc.boolean())
        .chain(([type, signed]) => {
          const { least, greatest } = limitsOf(type, signed);
          const number = fc.bigInt({ min: least, max: greatest });
          return fc.record({
            function: fc.nat(0xffffff),
            part: fc.constantFrom('argument' as const, 'result' as const),
            position: fc.nat(4095),
            type: fc.constant(type),
            signed: fc.constant(signed),
            lo: number,
            hi: number,
          });
        });
      const read = (statement: ZkStatement) => verifier.read('publicPart', [statementArgument(statement)]);
      await fc.assert(
        fc.asyncProperty(statements, async (given) => {
          const statement = given.lo <= given.hi ? given : { ...given, lo: given.hi, hi: given.lo };
          const { from, span } = arcOf(statement.type, statement);
          expect(await read(statement)).toEqual([subjectElement(statement), from, span]);
          if (given.lo !== given.hi) {
            await expect(read({ ...statement, lo: statement.hi, hi: statement.lo })).rejects.toThrow('BadStatement');
          }
          const { least, greatest } = limitsOf(statement.type, statement.signed);
          await expect(read({ ...statement, lo: least - 1n })).rejects.toThrow('BadStatement');
          await expect(read({ ...statement, hi: greatest + 1n })).rejects.toThrow('BadStatement');
        }),
        { numRuns: 15 },
      );
      const call = { function: 7, part: 'call', position: 0, type: 'none', signed: false, lo: 0n, hi: 0n } as const;
      expect(await read(call)).toEqual([subjectElement(call), 0n, 0n]);
      for (const change of [
        { position: 1 },
        { type: 'i32' as const },
        { signed: true },
        { hi: 1n },
        { function: 2 ** 24 },
      ]) {
        await expect(read({ ...call, ...change })).rejects.toThrow('BadStatement');
      }
      await expect(read({ ...exampleStatement, position: 4096 })).rejects.toThrow('BadStatement');
      await expect(read({ ...exampleStatement, type: 'none' })).rejects.toThrow('BadStatement');
    },
  );
});
