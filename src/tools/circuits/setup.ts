import { randomBytes } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProverLog, Snarkjs } from '../../services/prover/loadSnarkjs.ts';
import { ceremonyOf } from './ceremonies.ts';

export interface SetupOptions {
  readonly snarkjs: Snarkjs;
  /** Of the circuit, as compiled. */
  readonly constraints: string;
  /** For what is in between. */
  readonly folder: string;
  /** Result of a public ceremony for phase 1. */
  readonly powers?: string;
  /** A proving key that others have contributed to; needs `powers`. */
  readonly key?: string;
  readonly say: (words: string) => void;
}

/** How a proving key came about. Whoever took part in all of it alone can forge, so `development` is all that is not a key of others. */
export interface Setup {
  readonly kind: 'development' | 'ceremony';
  /** Where phase 1 comes from. */
  readonly powers: string;
  /** Path of the proving key. */
  readonly key: string;
}

/** 2^12 constraints: the circuits have fewer. */
const power = 12;

/** Makes a proving key, or holds a given one against the circuit. @throws Error where a given file is not what it must be */
export async function setup({ snarkjs, constraints, folder, powers, key, say }: SetupOptions): Promise<Setup> {
  const target = join(folder, 'final.zkey');
  const ceremony = powers === undefined ? undefined : await ceremonyOf(powers);
  if (key !== undefined) {
    if (powers === undefined || ceremony === undefined) throw new Error('--zkey needs --ptau, which it was made from.');
    say(`Verifying ${key} against the circuit and ${ceremony.name} …`);
    if (!(await snarkjs.zKey.verifyFromR1cs(constraints, powers, key, contributionsTo(say)))) {
      throw new Error(`${key} is no proving key for this circuit from ${ceremony.name}.`);
    }
    await copyFile(key, target);
    return { kind: 'ceremony', powers: ceremony.name, key: target };
  }
  const phase1 = powers ?? (await developmentPowers(snarkjs, folder, say));
  say('Phase 2 …');
  const first = join(folder, 'first.zkey');
  await snarkjs.zKey.newZKey(constraints, phase1, first);
  await snarkjs.zKey.contribute(first, target, 'development', entropy());
  if (!(await snarkjs.zKey.verifyFromR1cs(constraints, phase1, target))) throw new Error('The key does not verify.');
  return { kind: 'development', powers: ceremony?.name ?? 'development', key: target };
}

async function developmentPowers(snarkjs: Snarkjs, folder: string, say: (words: string) => void): Promise<string> {
  say('Phase 1, which takes minutes …');
  const [empty, contributed, prepared] = ['empty', 'contributed', 'prepared'].map((name) =>
    join(folder, `${name}.ptau`),
  ) as [string, string, string];
  await snarkjs.powersOfTau.newAccumulator(await snarkjs.curves.getCurveFromName('bn128'), power, empty);
  await snarkjs.powersOfTau.contribute(empty, contributed, 'development', entropy());
  await snarkjs.powersOfTau.preparePhase2(contributed, prepared);
  return prepared;
}

function entropy(): string {
  return randomBytes(64).toString('hex');
}

/** Only what is said of contributions, for a person to compare with what the contributors published. */
function contributionsTo(say: (words: string) => void): ProverLog {
  const quiet = () => undefined;
  return { debug: quiet, info: say, warn: say, error: say };
}
