import { equalBytes } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { parseNitroDocument } from '../../core/tee/nitro/parse.ts';
import { isDebug, registersOf } from '../../core/tee/nitro/policy.ts';
import { encodeTaskStatement, type TaskStatement } from '../../core/task/taskStatement.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import { decryptDataSet } from './dataSet.ts';
import { makeHpkeKey, publicKeyBytes, seal } from '../../audit/hpke/hpke.ts';
import { outputBinding, outputInfo } from './resultFile.ts';
import { runProgram } from './runProgram.ts';
import { encodeRunnerPlace, runnerKeyHash, type RunnerPlace } from './runnerKey.ts';
import { openSecretFile } from './secretFile.ts';
import type { StoreLocation, TaskStore } from './taskStore.ts';

/** A task as the ledger has it. */
export interface TaskFacts {
  readonly id: bigint;
  readonly owner: Hex;
  readonly program: Hex;
  readonly dataSet: Hex;
  readonly secretFile: Hex;
}

/** What the enclave gives back of a task; nothing of it is secret. */
export interface RunnerOutcome {
  readonly result: Hex;
  readonly output: Hex;
  /** H of the attestation document. */
  readonly attestation: Hex;
  /** Seconds since 1970, by the clock around the enclave. */
  readonly endedAt: number;
}

export interface RunnerOptions {
  readonly nsm: Nsm;
  readonly place: RunnerPlace;
  /** The enclave's way to the network: through its host, who sees cipher texts and the open program, and learns the stores' credentials where their transport is not its own. */
  readonly openStore: (location: StoreLocation) => TaskStore;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** What runs inside the enclave, for one task: a key that is made here, used once and destroyed. */
export interface Runner {
  /** Attests the key: what an offer is made with. */
  readonly keyDocument: Uint8Array;
  /** As in `start`. */
  readonly runnerKey: Hex;
  /**
   * Opens the secret file, fetches, checks, runs, attests, and stores the sealed result and the document where the owner wants them. However it ends, the key is destroyed then.
   * @param runTime how long the program may run, in milliseconds
   * @throws AuditorError `source` RUNNER_SPENT, SECRET_FILE_…, PROGRAM_…, DATA_SET_…, STORE_…
   */
  run(task: TaskFacts, sealedSecret: Uint8Array, runTime: number): Promise<RunnerOutcome>;
}

/** @throws AuditorError `source` RUNNER_NOT_IN_TEE where there is no measured enclave around it */
export async function createRunner(options: RunnerOptions): Promise<Runner> {
  const { nsm, place, openStore, now = Date.now } = options;
  let key: CryptoKeyPair | undefined = await makeHpkeKey();
  const publicKey = await publicKeyBytes(key);
  const keyDocument = await attestInside(nsm, publicKey, encodeRunnerPlace(place));
  const runnerKey = runnerKeyHash(publicKey);

  async function runWith(
    own: CryptoKeyPair,
    task: TaskFacts,
    sealedSecret: Uint8Array,
    runTime: number,
  ): Promise<RunnerOutcome> {
    const expected = { program: fromHex0x(task.program), dataSet: fromHex0x(task.dataSet) };
    requireDigest(sealedSecret, fromHex0x(task.secretFile), 'SECRET_FILE_HASH', 'The secret file');
    const { chainId, contract } = place;
    const secret = await openSecretFile(sealedSecret, own, { chainId, contract, owner: task.owner, ...expected });
    if (!equalBytes(secret.program, expected.program)) {
      throw fault('PROGRAM_HASH', 'The secret file and the ledger name different programs.');
    }
    if (!equalBytes(secret.dataSet, expected.dataSet)) {
      throw fault('DATA_SET_HASH', 'The secret file and the ledger name different data sets.');
    }
    // The program first: where it is another one, the data set is not even fetched.
    const program = await fetch(openStore(secret.programAt), expected.program, 'PROGRAM_HASH', 'The program');
    const file = await fetch(
      openStore(secret.dataSetAt),
      secret.dataSetFile,
      'DATA_SET_FILE_HASH',
      'The encrypted data set',
    );
    const dataSet = await decryptDataSet({ file, key: secret.dataSetKey });
    if (!dataSet) throw fault('DATA_SET_SEALED', 'The data set cannot be decrypted with the key of the secret file.');
    requireDigest(dataSet, expected.dataSet, 'DATA_SET_HASH', 'The data set');
    const resultFile = await runProgram({ program, dataSet }, runTime);
    const named = { ...place, id: task.id, program: task.program, dataSet: task.dataSet };
    const result = toHex0x(sha3(resultFile));
    const sealedResult = await seal(secret.ownerKey, resultFile, outputInfo, outputBinding({ ...named, result }));
    const output = toHex0x(sha3(sealedResult));
    const statement: TaskStatement = { chainId, contract, ...pick(task), runnerKey, result, output };
    const document = await attestInside(nsm, publicKey, encodeTaskStatement(statement));
    const outputs = openStore(secret.outputTo);
    await outputs.write(sealedResult);
    await outputs.write(document);
    return { result, output, attestation: toHex0x(sha3(document)), endedAt: Math.floor(now() / 1000) };
  }

  return {
    keyDocument,
    runnerKey,
    async run(task, sealedSecret, runTime) {
      const own = key;
      // It cannot be exported: with the last reference it is gone.
      key = undefined;
      if (!own) throw fault('RUNNER_SPENT', 'This runner has run its task, and its key is destroyed.');
      return runWith(own, task, sealedSecret, runTime);
    },
  };
}

/** A document of the module around this code, which has measured it. */
async function attestInside(nsm: Nsm, publicKey: Uint8Array, userData: Uint8Array): Promise<Uint8Array> {
  let document: Uint8Array;
  try {
    document = await nsm.attest({ publicKey, userData });
    if (!isDebug(registersOf(parseNitroDocument(document)))) return document;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AuditorError('source', 'RUNNER_NOT_IN_TEE', `There is no security module here: ${reason}`, { cause });
  }
  throw fault('RUNNER_NOT_IN_TEE', 'The enclave runs in debug mode: its memory can be read from outside.');
}

/** Stores check digests as well; what is believed is what is checked here. */
async function fetch(store: TaskStore, digest: Uint8Array, code: string, what: string): Promise<Uint8Array> {
  try {
    const bytes = await store.read(digest);
    requireDigest(bytes, digest, code, what);
    return bytes;
  } catch (error) {
    if (error instanceof AuditorError && error.code === 'STORE_DIGEST') throw fault(code, `${what}: ${error.message}`);
    throw error;
  }
}

function requireDigest(bytes: Uint8Array, digest: Uint8Array, code: string, what: string): void {
  const found = sha3(bytes);
  if (equalBytes(found, digest)) return;
  throw fault(code, `${what} has the digest ${toHex0x(found)}, not ${toHex0x(digest)}.`);
}

function pick({ id, program, dataSet }: TaskFacts): Pick<TaskStatement, 'id' | 'program' | 'dataSet'> {
  return { id, program, dataSet };
}

function fault(code: string, words: string): AuditorError {
  return new AuditorError('source', code, words);
}
