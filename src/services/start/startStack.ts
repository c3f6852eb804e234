import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { LocalHolds } from '../hold/localHolds.ts';
import { createReplication, type ReplicationService } from '../replication/replicate.ts';
import { spawnSequencer, type SpawnedSequencer } from '../sequencer/spawnSequencer.ts';
import { loadWriterKey } from '../sequencer/writerKey.ts';
import { startTimestampService } from '../timestamp/startTimestampService.ts';
import { pinOf, type ChainRecord } from '../writer/chainRecord.ts';
import { Writer, type TransactionStatus, type WriterEvent } from '../writer/writer.ts';
import { createWriterServer } from '../writer/writerServer.ts';
import { loadAccessKeys } from './accessKeys.ts';
import { lockState } from './lockState.ts';
import type { OwnBuckets } from './bucketFile.ts';
import { openBuckets, type StackBucket } from './openBuckets.ts';
import { openLedger, type StackLedger } from './openLedger.ts';
import { openMachineHere, type StackTracer } from './openMachineHere.ts';
import { surveyBuckets } from './surveyBuckets.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { ChainPin, EvmPin, Trust } from '../../core/trust/trust.ts';
import type { TimestampService } from '../timestamp/timestampService.ts';

export interface StackOptions {
  /** Where everything is kept; left out, a temporary folder that is deleted at the end. */
  readonly state?: string;
  /** Throws away what an earlier start left in the state folder. */
  readonly fresh?: boolean;
  /** Milliseconds between blocks; default 300. */
  readonly interval?: number;
  /** Name of the first chain; default `local`. */
  readonly name?: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Left out, any free ones. */
  readonly ports?: {
    readonly writer: number;
    readonly buckets: readonly number[];
    readonly ledger?: number;
    readonly tracer?: number;
  };
  /** Buckets of the operator's own in place of six on this machine. The hold service does not run then: what protects them has to be attested elsewhere. */
  readonly ownBuckets?: OwnBuckets;
  /** Days that an object must stay once it is stored; default 3653. */
  readonly retentionDays?: number;
  /** False: the hold service does not run, though readers are told to ask for what it attests: they cannot tell then. */
  readonly holds?: boolean;
  /** True: the local ledger runs too, where an anvil can be had. */
  readonly ledger?: boolean;
  readonly onEvent?: (event: WriterEvent) => void;
  /** Told once the state folder and the buckets' ports are this process's: nobody else uses them. */
  readonly onHeld?: () => void;
  /** What runs now, one after the other, in words. */
  readonly onReady?: (what: string) => void;
}

/** Every service of the writing side, running: all in this process but the sequencer and the timestamp service. */
export interface Stack {
  readonly state: string;
  /** With one entry for each chain that this state folder has seen; changes when a new chain opens. */
  readonly trust: Trust;
  /** The same on disk. */
  readonly trustFile: string;
  readonly writer: { readonly url: string; readonly token: string };
  /** Six, in the order of the trust file; none where they are the operator's own. */
  readonly buckets: readonly StackBucket[];
  /** For those who want to write around the writer: what they do there the writer did not. */
  readonly services: {
    readonly timestamps: TimestampService;
    readonly replication: ReplicationService;
    /** The one that runs now. */
    readonly sequencer: SpawnedSequencer;
    readonly holds: LocalHolds;
  };
  /** Undefined where it was not asked for or cannot be had. */
  readonly ledger: StackLedger | undefined;
  /** The machine that signs traces, and the service about them; undefined where there is no ledger. */
  readonly tracer: StackTracer | undefined;
  /** Writes that are not final. */
  readonly pending: number;
  /** A contract that came to the ledger later: named in the trust file from now on. */
  readonly nameContract: (name: string, address: Hex) => Promise<void>;
  chains(): readonly ChainRecord[];
  /** @returns hex of H(d), once d is on the writer's disk */
  write(transaction: Uint8Array): Promise<string>;
  status(hash: string): Promise<TransactionStatus>;
  /** @throws AuditorError `source` NOT_FINAL after so many milliseconds, 240 000 by default */
  waitFinal(hash: string, milliseconds?: number): Promise<TransactionStatus>;
  /** Finishes the block under way and stops everything. A second call does nothing. */
  stop(): Promise<void>;
}

const day = 86_400_000;
/** Milliseconds that a new chain waits for its hold attestations before it is shown: they come later where a bucket is down. */
const holdsPatience = 5000;
/** A trust file takes 1024. */
const chainsInTrust = 1000;
/** What a start puts into its state folder, but for the lock. */
const parts = [
  'access.json',
  'buckets',
  'holds',
  'hosts',
  'ledger',
  'network',
  'sequencer',
  'timestamp',
  'tracer',
  'trust.json',
  'writer',
];

/**
 * Starts all services with their embedded stand-ins, and resolves when a chain is open. A state folder that was used before is gone on
 * with: the sequencer's key is a new one, so a new chain opens; the old ones stay, and what was not final is written to the new one.
 * @throws AuditorError `usage` PORT_IN_USE | STATE_LOCKED; `source` in words; nothing is left running then
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { interval = 300, name = 'local', host = '127.0.0.1', ports, retentionDays = 3653 } = options;
  const closers: (() => Promise<unknown> | void)[] = [];
  const stopAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const state = await openState(options, closers);
    const keys = await loadAccessKeys(state);
    const tell = (event: WriterEvent) => options.onEvent?.(event);
    const ledgerOpening = openLedger(options.ledger === true, {
      folder: join(state, 'ledger'),
      host,
      port: ports?.ledger ?? 0,
      onTrouble: (words) => tell({ kind: 'trouble', words }),
    });
    ledgerOpening.then(
      (opened) => opened && options.onReady?.(`the ledger: ${opened.processes.length} validators, their contracts`),
      () => undefined,
    );
    // Awaited below: whatever ends the start before that must end it too.
    closers.push(async () => (await ledgerOpening.catch(() => undefined))?.stop());
    const storage = options.ownBuckets
      ? { ...options.ownBuckets, buckets: [], close: () => undefined }
      : await openBuckets(join(state, 'buckets'), keys, {
          host,
          ...(ports === undefined ? {} : { ports: ports.buckets }),
        });
    closers.push(storage.close);
    options.onHeld?.();
    options.onReady?.('six buckets');
    const timestamps = await startTimestampService(
      { folder: join(state, 'timestamp'), notice: (words) => tell({ kind: 'trouble', words }) },
      process.env,
    );
    closers.push(() => timestamps.close());
    options.onReady?.('timestamps');
    const replication = createReplication({
      targets: storage.targets,
      retainUntil: () => new Date(Date.now() + retentionDays * day),
      onTrouble: (words) => tell({ kind: 'trouble', words }),
    });
    closers.push(() => replication.close());

    const holds = await LocalHolds.open({
      folder: join(state, 'holds'),
      rootFolder: join(state, 'sequencer'),
      credentials: keys,
      pins: storage.pins,
      replication,
      onTrouble: (words) => tell({ kind: 'trouble', words }),
    });
    closers.push(() => holds.stop());
    const attestHolds = async ({ genesis }: ChainRecord) => {
      if (options.holds !== false && !options.ownBuckets) await holds.attest(genesis).catch(() => undefined);
    };
    const ledger = await ledgerOpening;
    const trustFile = join(state, 'trust.json');
    let trust: Trust = {};
    /** Contracts that came to the ledger after it was opened. */
    const added: Record<string, Hex> = {};
    const tracer =
      ledger &&
      (await openMachineHere(ledger, join(state, 'tracer'), {
        host,
        port: ports?.tracer ?? 0,
        trust: () => trust,
      }));
    closers.push(() => tracer?.server.close());
    let lastWrite: Promise<void> = Promise.resolve();
    const pinNow = (pin: EvmPin): EvmPin => ({ ...pin, contracts: { ...pin.contracts, ...added } });
    const writeTrust = (chains: readonly ChainRecord[]) => {
      const pins = chains.slice(-chainsInTrust).map((chain): ChainPin => {
        const holdMeasurements = options.ownBuckets ? [] : holds.measurementsFor(chain.genesis);
        return {
          ...pinOf(chain),
          ...(holdMeasurements.length > 0 ? { holdMeasurements } : {}),
          buckets: storage.pins,
        };
      });
      trust = { chains: pins, ...(ledger && tracer ? { evm: [pinNow(ledger.pin)], vms: [tracer.pin] } : {}) };
      const text = serializeTrust(trust);
      lastWrite = lastWrite.catch(() => undefined).then(() => writeFileDurably(trustFile, text, 0o644));
      return lastWrite;
    };

    const writerKey = await loadWriterKey(join(state, 'sequencer'));
    let sequencer: SpawnedSequencer | undefined;
    closers.push(() => sequencer?.stop());
    const openSequencer = async () => {
      const timestamp = await timestamps.pin();
      sequencer = await spawnSequencer({ stateFolder: join(state, 'sequencer'), writerKey, timestamp });
      return sequencer;
    };

    let opened: (() => void) | undefined;
    let failed: ((error: Error) => void) | undefined;
    const firstChain = new Promise<void>((resolve, reject) => {
      opened = resolve;
      failed = reject;
    });
    firstChain.catch(() => undefined);
    const onEvent = (event: WriterEvent) => {
      if (event.kind === 'failed') failed?.(event.error);
      if (event.kind !== 'chain opened' && event.kind !== 'chain ended') return tell(event);
      const shown = async () => {
        await writeTrust(writer.chains());
        // Readers are told to ask for them, so they are there before anybody looks.
        if (event.kind === 'chain opened')
          await Promise.race([attestHolds(event.chain), delay(holdsPatience, undefined, { ref: false })]);
      };
      shown().then(
        () => {
          tell(event);
          if (event.kind === 'chain opened') opened?.();
        },
        (error: Error) => {
          tell({ kind: 'trouble', words: error.message });
          failed?.(error);
        },
      );
    };
    const writer = await Writer.open({
      folder: join(state, 'writer'),
      name,
      timestamps,
      replication,
      openSequencer,
      interval,
      surveyChain: surveyBuckets(storage.pins),
      onEvent,
    });
    closers.push(() => writer.stop());
    const server = await createWriterServer({
      writer,
      token: keys.token,
      host,
      port: ports?.writer ?? 0,
      retryAfter: Math.ceil(interval / 1000),
    });
    closers.push(() => server.close());
    await firstChain;
    for (const chain of writer.chains()) void attestHolds(chain);

    let stopped: Promise<void> | undefined;
    return {
      state,
      trustFile,
      writer: { url: server.url, token: keys.token },
      buckets: storage.buckets,
      ledger,
      tracer,
      services: {
        timestamps,
        replication,
        holds,
        get sequencer() {
          return sequencer as SpawnedSequencer;
        },
      },
      get trust() {
        return trust;
      },
      get pending() {
        return writer.pending;
      },
      nameContract: (contract, address) => {
        added[contract] = address;
        return writeTrust(writer.chains());
      },
      chains: () => writer.chains(),
      write: (transaction) => writer.write(transaction),
      status: (hash) => writer.status(hash),
      waitFinal: (hash, milliseconds = 240_000) => waitFinal(writer, hash, milliseconds),
      stop: () => (stopped ??= stopAll()),
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function openState(options: StackOptions, closers: (() => Promise<unknown> | void)[]): Promise<string> {
  if (options.state === undefined) {
    const temporary = await mkdtemp(join(tmpdir(), 'affidavit-stack-'));
    closers.push(() => rm(temporary, { recursive: true, force: true }));
    return temporary;
  }
  const state = await stateFolder(options.state);
  closers.push(await lockState(state));
  if (options.fresh === true) {
    for (const part of parts) await rm(join(state, part), { recursive: true, force: true });
  }
  return state;
}

async function waitFinal(writer: Writer, hash: string, milliseconds: number): Promise<TransactionStatus> {
  for (const end = performance.now() + milliseconds; ;) {
    const status = await writer.status(hash);
    if (status.state === 'final') return status;
    if (performance.now() > end) {
      const message = `The transaction ${hash} is not final after ${milliseconds} milliseconds, but ${status.state}.`;
      throw new AuditorError('source', 'NOT_FINAL', message);
    }
    await delay(20);
  }
}
