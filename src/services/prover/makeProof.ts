import { equalBytes } from '../../core/bytes/bytes.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import type { BuiltInKey } from '../../core/trace/zk/builtInKey.ts';
import type { CircuitFiles } from './circuitFiles.ts';
import { encodeKey, encodeProof } from './encodeSnarkjs.ts';
import { type ProverFile, type ProverMemory, type Snarkjs, loadSnarkjs } from './loadSnarkjs.ts';

/** Values of a circuit's input signals, by name. */
export type WitnessInput = Readonly<Record<string, bigint | readonly (readonly bigint[])[]>>;

export interface MadeProof {
  /** A, B, C as the EVM takes them: 256 bytes. */
  readonly proof: Uint8Array;
  /** The verification key, where it is not the one that verifiers have built in. */
  readonly key?: Uint8Array;
}

/** Proves what the input says. @throws AuditorError source SNARKJS_MISSING; Error where a constraint does not hold */
export async function makeProof(
  input: WitnessInput,
  { program, key }: CircuitFiles,
  builtIn: BuiltInKey,
): Promise<MadeProof> {
  const snarkjs = await loadSnarkjs();
  const witness = await calculateWitness(snarkjs, program, input);
  const { proof } = await snarkjs.groth16.prove(key, witness);
  const keyBytes = encodeKey(await snarkjs.zKey.exportVerificationKey(key));
  const isBuiltIn = equalBytes(keyBytes, fromHex(builtIn.hex));
  return { proof: encodeProof(proof), ...(isBuiltIn ? {} : { key: keyBytes }) };
}

/** All signals of the circuit. @throws Error where a constraint does not hold */
export async function calculateWitness(
  snarkjs: Snarkjs,
  program: ProverFile,
  input: WitnessInput,
): Promise<{ readonly type: 'mem'; readonly data: Uint8Array }> {
  const witness: ProverMemory = { type: 'mem' };
  await snarkjs.wtns.calculate(input, program, witness);
  return { type: 'mem', data: witness.data as Uint8Array };
}
