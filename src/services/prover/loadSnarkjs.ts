import { AuditorError } from '../../core/verdict/auditorError.ts';

/** Bytes in memory, or memory to be filled. */
export interface ProverMemory {
  readonly type: 'mem';
  data?: Uint8Array;
}

/** A file by its path, or one in memory: snarkjs reads and writes both alike. */
export type ProverFile = string | ProverMemory;

export type ProverLog = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (words: string) => void>>;

/** Coordinates in decimal, projective; of G2 the real parts first. */
export interface SnarkjsProof {
  readonly pi_a: readonly string[];
  readonly pi_b: readonly (readonly string[])[];
  readonly pi_c: readonly string[];
}

export interface SnarkjsKey {
  readonly vk_alpha_1: readonly string[];
  readonly vk_beta_2: readonly (readonly string[])[];
  readonly vk_gamma_2: readonly (readonly string[])[];
  readonly vk_delta_2: readonly (readonly string[])[];
  readonly IC: readonly (readonly string[])[];
}

interface Curve {
  terminate(): Promise<void>;
}

/** What is used of snarkjs 0.7, which comes without types. */
export interface Snarkjs {
  readonly groth16: {
    prove(
      key: ProverFile,
      witness: ProverFile,
      log?: ProverLog,
      options?: { readonly singleThread?: boolean },
    ): Promise<{ readonly proof: SnarkjsProof; readonly publicSignals: readonly string[] }>;
  };
  readonly wtns: { calculate(input: object, program: ProverFile, witness: ProverFile): Promise<void> };
  readonly powersOfTau: {
    newAccumulator(curve: Curve, power: number, file: string, log?: ProverLog): Promise<unknown>;
    contribute(from: string, to: string, name: string, entropy: string, log?: ProverLog): Promise<unknown>;
    preparePhase2(from: string, to: string, log?: ProverLog): Promise<unknown>;
  };
  readonly zKey: {
    newZKey(r1cs: string, powers: string, key: string, log?: ProverLog): Promise<unknown>;
    contribute(from: string, to: string, name: string, entropy: string, log?: ProverLog): Promise<unknown>;
    verifyFromR1cs(r1cs: string, powers: string, key: string, log?: ProverLog): Promise<boolean>;
    exportVerificationKey(key: ProverFile): Promise<SnarkjsKey>;
  };
  readonly curves: { getCurveFromName(name: 'bn128'): Promise<Curve> };
}

/**
 * The prover's library, an optional dependency under GPL-3.0: it is loaded here alone, by operators' commands, and never by a page.
 * @param name of the package, for whoever tests that it is missing
 * @throws AuditorError source SNARKJS_MISSING where it is not installed
 */
export async function loadSnarkjs(name = 'snarkjs'): Promise<Snarkjs> {
  try {
    return (await import(/* @vite-ignore */ name)) as Snarkjs;
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing) throw cause;
    throw new AuditorError(
      'source',
      'SNARKJS_MISSING',
      'Proofs are made by snarkjs, which is not installed: run `npm install --include=optional`. Checking a proof does not need it.',
      { cause },
    );
  }
}

/** Ends the threads that snarkjs has started, if it has: they would keep the process alive. */
export async function endSnarkjs(): Promise<void> {
  // Where its arithmetic keeps the one curve with threads; asking the library for it would start them.
  await (globalThis as { curve_bn128?: Curve | null }).curve_bn128?.terminate();
}
