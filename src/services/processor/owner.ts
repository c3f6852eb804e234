import { sha3 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import type { Content } from '../../core/kinds/content.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judgeTask, type TaskJudged } from '../../core/task/judgeTask.ts';
import { containerTask } from '../../core/task/container.ts';
import { valueOf } from '../../core/task/followTask.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { encryptDataSet } from './dataSet.ts';
import { open, publicKeyBytes } from '../../audit/hpke/hpke.ts';
import { outputBinding, outputInfo, parseResult, type TaskResult } from './resultFile.ts';
import { verifyRunnerKey, type RunnerPins } from './runnerKey.ts';
import { sealSecretFile } from './secretFile.ts';
import { factsOf, offerOf } from './taskFacts.ts';
import type { TaskLedger } from './taskLedger.ts';
import { openTaskStore, type StoreLocation } from './taskStore.ts';

const none: Hex = `0x${'0'.repeat(64)}`;

export interface TaskOrder {
  readonly offer: bigint;
  readonly program: Uint8Array;
  readonly dataSet: Uint8Array;
  /** Where the processor has put its key document, and finds the secret file. */
  readonly exchange: StoreLocation;
  /** Where program, encrypted data set and result lie. */
  readonly store: StoreLocation;
  /** The result can be opened with it alone. */
  readonly ownerKey: CryptoKeyPair;
  readonly pins: RunnerPins;
  /** Seconds since 1970. */
  readonly deadline: number;
  readonly metadata?: string;
}

/**
 * Verifies the enclave that was offered, encrypts the data set, seals the secret file to the enclave's key, submits the task and matches it with the offer.
 * Nothing is uploaded before the enclave is known to be the pinned one. @returns the task
 * @throws AuditorError `source` RUNNER_…, STORE_…, LEDGER_…
 */
export async function submitTask(ledger: TaskLedger, order: TaskOrder): Promise<bigint> {
  const { chainId, contract, address: owner } = ledger;
  const offered = offerOf(await ledger.events(), contract, order.offer);
  const resources = offered.values['resources'] as Hex;
  const exchange = openTaskStore(order.exchange);
  const place = { chainId, contract, processor: offered.by };
  const document = await exchange.read(fromHex0x(resources));
  const runnerKey = await verifyRunnerKey(document, resources, place, order.pins);
  const store = openTaskStore(order.store);
  const program = await store.write(order.program);
  const dataSet = sha3(order.dataSet);
  const { file, key } = await encryptDataSet(order.dataSet);
  const secret = {
    program,
    programAt: order.store,
    dataSet,
    dataSetFile: await store.write(file),
    dataSetKey: key,
    dataSetAt: order.store,
    outputTo: order.store,
    ownerKey: await publicKeyBytes(order.ownerKey),
  };
  const sealed = await sealSecretFile(secret, runnerKey, { chainId, contract, owner, program, dataSet });
  const secretFile = toHex0x(await exchange.write(sealed));
  const { deadline, metadata = '' } = order;
  const hashes = [toHex0x(program), toHex0x(dataSet), secretFile, none] as const;
  const id = await ledger.take('submitTask', [...hashes, BigInt(deadline), metadata]);
  await ledger.take('matchTask', [id, order.offer]);
  return id;
}

/**
 * Records a task whose program is a container, by the digest of its image: for a processor that runs containers. Nothing is uploaded, matched or sealed.
 * @param image `host/name[:tag]@sha256:digest` @param dataSet H of it, where there is one @returns the task
 * @throws AuditorError `usage` TASK_CONTAINER, `source` LEDGER_…
 */
export async function submitContainer(
  ledger: TaskLedger,
  { image, dataSet, deadline }: { image: string; dataSet: Hex | undefined; deadline: number },
): Promise<bigint> {
  const task = containerTask(image);
  if (!task) {
    const words = `An image by its digest was expected, as registry.example/name:tag@sha256:… with 64 hex digits, found ${image.slice(0, 200)}.`;
    throw new AuditorError('usage', 'TASK_CONTAINER', words);
  }
  const { program, metadata } = task;
  return ledger.take('submitTask', [toHex0x(program), dataSet ?? none, none, none, BigInt(deadline), metadata]);
}

export interface FetchedResult {
  readonly result: TaskResult;
  /** As the ledger has its H. */
  readonly resultFile: Uint8Array;
  readonly document: Uint8Array;
  /** The task under the owner's trust, with attestation and result held against the ledger. */
  readonly judged: TaskJudged;
}

/**
 * The result of a completed task, opened and held against the ledger.
 * @throws AuditorError `usage` TASK_OPEN, `source` OUTPUT_SEALED, RESULT_HASH, STORE_…, LEDGER_…
 */
export async function fetchResult(
  ledger: TaskLedger,
  id: bigint,
  { store, ownerKey, trust }: { store: StoreLocation; ownerKey: CryptoKeyPair; trust: Trust },
): Promise<FetchedResult> {
  const { chainId, contract } = ledger;
  const events = await ledger.events();
  const { task, program, dataSet } = factsOf(events, contract, id);
  const recorded = (name: string) => valueOf(task, 'TaskCompleted', name);
  const [result, output, attestation] = ['result', 'output', 'attestation'].map(recorded);
  if (!result || !output || !attestation) {
    throw new AuditorError('usage', 'TASK_OPEN', `Task ${id} has no result: it is ${task.state}.`);
  }
  const from = openTaskStore(store);
  const sealed = await from.read(fromHex0x(output));
  const aad = outputBinding({ chainId, contract, id, program, dataSet, result });
  const resultFile = await open(ownerKey, sealed, outputInfo, aad);
  if (!resultFile) {
    const words = 'The result cannot be opened: it is sealed to another key or for another task, or was changed.';
    throw new AuditorError('source', 'OUTPUT_SEALED', words);
  }
  const found = toHex0x(sha3(resultFile));
  if (found !== result) {
    throw new AuditorError('source', 'RESULT_HASH', `The result has the digest ${found}; the ledger has ${result}.`);
  }
  const document = await from.read(fromHex0x(attestation));
  const files: Content[] = [readContent('attestation', document), readContent('result', resultFile)];
  const [companion, own] = files as [Content, Content];
  const context = { trust, now: Date.now(), chainId, contract, companions: [companion], files: { result: own } };
  const judged = await judgeTask(events, id, context);
  return { result: parseResult(resultFile), resultFile, document, judged };
}
