import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApprovedSet, membershipCommitment } from '../../core/trace/zk/membership.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { type Snarkjs, loadSnarkjs } from '../../services/prover/loadSnarkjs.ts';
import { type WitnessInput, calculateWitness } from '../../services/prover/makeProof.ts';
import { compileCircuit } from './compileCircuit.ts';
import { type Constraints, brokenConstraints, freeSignals, readConstraints, readWitness } from './constraints.ts';

const measurement = (byte: number, length = 48) => new Uint8Array(length).fill(byte);
const approved = new ApprovedSet([measurement(1), measurement(2), measurement(3, 32), measurement(4), measurement(5)]);
const honest = approved.witness(measurement(2), 99n, 7n);

describe('the circuit of membership', () => {
  let snarkjs: Snarkjs | undefined;
  let constraints: Constraints;
  let program: string;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'circuit-'));
    try {
      snarkjs = await loadSnarkjs();
    } catch (error) {
      if (!(error instanceof AuditorError)) throw error;
      process.stderr.write(`skipped: witnesses of membership (${error.message})\n`);
      return;
    }
    const compiled = await compileCircuit('membership', folder);
    program = compiled.program;
    constraints = readConstraints(await readFile(compiled.constraints));
  }, 600_000);
  // The calculator says on the console, too, where an assertion failed.
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const witness = async (input: WitnessInput): Promise<bigint[]> =>
    readWitness((await calculateWitness(snarkjs as Snarkjs, program, input)).data);

  it('has a witness for every member, in which no signal is free', async ({ skip }) => {
    if (!snarkjs) return skip();
    for (const member of [measurement(2), measurement(3, 32), measurement(5)]) {
      const values = await witness(approved.witness(member, 5n, 7n));
      expect(brokenConstraints(constraints, values)).toEqual([]);
    }
    expect(freeSignals(constraints, await witness(honest))).toEqual([]);
  });

  it('has none for another set, another commitment, another blinding, or a commitment passed off as a member', async ({
    skip,
  }) => {
    if (!snarkjs) return skip();
    const other = membershipCommitment(measurement(9), 99n);
    const lies: Record<string, WitnessInput> = {
      'another set': { ...honest, root: new ApprovedSet([measurement(1)]).root() },
      'another commitment': { ...honest, commitment: other },
      'another blinding': { ...honest, blinding: 100n },
      'no member, committed to': {
        ...new ApprovedSet([measurement(9)]).witness(measurement(9), 99n, 7n),
        root: honest.root,
      },
      'a member for another': { ...honest, high: approved.witness(measurement(1), 1n, 7n)['high'] as bigint },
    };
    for (const [name, input] of Object.entries(lies)) {
      await expect(witness(input), name).rejects.toThrow(/Assert Failed/);
    }
    expect(() => approved.witness(measurement(9), 1n, 1n)).toThrow(RangeError);
    expect(() => new ApprovedSet([new Uint8Array(20)])).toThrow(RangeError);
  });
});
