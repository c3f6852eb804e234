import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { equalBytes, utf8 } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { parseName } from '../../core/chain/names.ts';
import { timestampHash } from '../../core/chain/block.ts';
import { readSuccessor, type SuccessorRecord } from '../../core/chain/successor/successorRecord.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { parseTuple } from '../../core/chain/tuple.ts';
import { ReplicationConflictError } from '../replication/bucketWriter.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { makeIssuer, readSequence, type TestIssuer } from '../sequencer/sequencer.fixture.ts';
import { createSequencerProgram, type SequencerProgram } from '../sequencer/sequencerProgram.ts';
import { SequencerUnreachableError } from '../sequencer/sequencerClient.ts';
import { Writer, type WriterEvent, type WriterOptions, type WriterSequencer } from './writer.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import type { ReplicationService } from '../replication/replicate.ts';
import type { TimestampService } from '../timestamp/timestampService.ts';

/** One bucket for all six, in memory, with the rules of the real ones: written once, the same again is success. */
class MemoryReplication implements ReplicationService {
  readonly objects = new Map<string, Uint8Array>();
  /** While false, everything waits. */
  up = true;

  async replicate(name: string, objectBytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    while (!this.up) {
      signal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const known = this.objects.get(name);
    if (known !== undefined && !equalBytes(known, objectBytes)) throw new ReplicationConflictError(name, 'Memory');
    this.objects.set(name, Uint8Array.from(objectBytes));
  }

  close(): void {}
}

export interface TestSequencer extends WriterSequencer {
  readonly program: SequencerProgram;
  /** Its process is gone, with its key. */
  kill(): void;
}

/** What a writer stands on, all of it in this process; the disk is real. */
export class Ground {
  readonly folder: string;
  readonly issuer: TestIssuer;
  readonly replication = new MemoryReplication();
  readonly events: WriterEvent[] = [];
  readonly sequencers: TestSequencer[] = [];
  /** Names of tuples that were sequenced before they were replicated. */
  readonly tooEarly: string[] = [];
  timestampsDown = false;

  constructor(folder: string, issuer: TestIssuer) {
    this.folder = folder;
    this.issuer = issuer;
  }

  get timestamps(): TimestampService {
    return {
      timestamp: async (blockHashHex) => {
        if (this.timestampsDown) throw new SequencerUnreachableError('The timestamp service does not answer.');
        return this.issuer.sign(blockHashHex);
      },
      pin: async () => this.issuer.pin,
      close: async () => undefined,
    };
  }

  /** The sequencer that runs, or a new one where none does. */
  readonly openSequencer = async (): Promise<TestSequencer> => {
    const running = this.sequencers.at(-1);
    if (running !== undefined && !this.#killed.has(running))
      return { ...running, identity: await running.client.identity() };
    const fresh = await this.#startSequencer();
    this.sequencers.push(fresh);
    return fresh;
  };
  readonly #killed = new Set<TestSequencer>();

  async #startSequencer(): Promise<TestSequencer> {
    const nsm = await sharedNsm();
    const program = createSequencerProgram({ nsm, checkTimestamp: async () => undefined });
    const exits: ((exit: unknown) => void)[] = [];
    let killed = false;
    const alive = () => {
      if (killed) throw new SequencerUnreachableError('The sequencer does not answer.');
    };
    const identity = async () => {
      alive();
      return { ...nsm.describe(), publicKey: toBase64Url(program.publicKey), ...program.state() };
    };
    const sequencer: TestSequencer = {
      program,
      identity: await identity(),
      client: {
        identity,
        sequence: async (blockBytes, jwt) => {
          alive();
          const hash = toHex(timestampHash(jwt));
          if (![...this.replication.objects.keys()].some((name) => name.endsWith(`/tuple/${hash}`)))
            this.tooEarly.push(hash);
          const attestation = await program.sequence(blockBytes, jwt);
          alive();
          return attestation;
        },
        close: () => undefined,
      },
      onExit: (callback) => void exits.push(callback),
      stop: async () => sequencer.kill(),
      kill: () => {
        killed = true;
        this.#killed.add(sequencer);
        for (const callback of exits) callback(undefined);
      },
    };
    return sequencer;
  }

  open(more: Partial<WriterOptions> = {}): Promise<Writer> {
    return Writer.open({
      folder: join(this.folder, 'writer'),
      name: 'test',
      timestamps: this.timestamps,
      replication: this.replication,
      openSequencer: this.openSequencer,
      interval: 5,
      onEvent: (event) => this.events.push(event),
      ...more,
    });
  }

  /** The words of all troubles and failures. */
  get words(): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'trouble' ? [event.words] : event.kind === 'failed' ? [event.error.message] : [],
    );
  }

  /**
   * The chains as an auditor sees them: for each genesis the numbers that are attested, rising, and the transactions (hex of H(d)) under
   * each number, successor records left out.
   */
  chains(): Map<string, { k: number; y: string; transactions: string[] }[]> {
    const chains = new Map<string, { k: number; y: string; transactions: string[] }[]>();
    for (const [name, bytes] of this.replication.objects) {
      const genesis = name.split('/')[0] ?? '';
      const parsed = parseName(genesis, name);
      if (parsed === undefined) throw new Error(`${name} is no name of a chain.`);
      if (!('seq' in parsed)) continue;
      const { k, y } = readSequence(bytes);
      if (k !== parsed.seq) throw new Error(`${name} is an attestation of number ${k}.`);
      const tuple = this.replication.objects.get(`${genesis}/tuple/${toHex(y.subarray(16))}`);
      if (tuple === undefined) throw new Error(`${name} has no tuple.`);
      const transactions = (parseTuple(tuple).transactions ?? [])
        .filter((d) => !readSuccessor(d))
        .map((d) => toHex(transactionHash(d)));
      chains.set(
        genesis,
        [...(chains.get(genesis) ?? []), { k, y: toHex(y), transactions }].sort((a, b) => a.k - b.k),
      );
    }
    return chains;
  }

  /** The successor records at height 1, by the genesis of the chain that holds them. */
  successors(): Map<string, SuccessorRecord> {
    const found = new Map<string, SuccessorRecord>();
    for (const [genesis, blocks] of this.chains()) {
      const tuple = this.replication.objects.get(`${genesis}/tuple/${blocks[1]?.y.slice(32)}`);
      const record = tuple && readSuccessor(parseTuple(tuple).transactions?.[0] ?? new Uint8Array());
      if (record) found.set(genesis, record);
    }
    return found;
  }

  /** How often each transaction is in a sequenced block, block zeros left out. */
  occurrences(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const blocks of this.chains().values()) {
      for (const hash of blocks.slice(1).flatMap(({ transactions }) => transactions)) {
        counts.set(hash, (counts.get(hash) ?? 0) + 1);
      }
    }
    return counts;
  }
}

const grounds: string[] = [];
let nsm: Promise<Nsm> | undefined;

/** Its certificates take time to make, and no test looks at them. */
async function sharedNsm(): Promise<Nsm> {
  nsm ??= mkdtemp(join(tmpdir(), 'affidavit-nsm-')).then(async (stateFolder) => {
    const measurement = [1, 2, 3].map((value) => new Uint8Array(48).fill(value));
    const made = await createNsmSimulator({
      stateFolder,
      measurement: measurement as [Uint8Array, Uint8Array, Uint8Array],
    });
    await rm(stateFolder, { recursive: true });
    return made;
  });
  return nsm;
}

export async function makeGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-writer-'));
  grounds.push(folder);
  return new Ground(folder, makeIssuer());
}

afterEach(async () => {
  for (const folder of grounds.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A transaction that no other test has. */
export function freshTransaction(): Uint8Array {
  return utf8(`transaction ${randomBytes(8).toString('hex')}`);
}

export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`This did not come about in two minutes: ${what}.`);
}

export async function untilFinal(writer: Writer, hashes: readonly string[]): Promise<void> {
  for (const hash of hashes) await until(async () => (await writer.status(hash)).state === 'final', `${hash} is final`);
}

/** Every chain is gapless from 0, no number has two y, no y two numbers, every transaction is there exactly once. */
export function expectSound(ground: Ground, hashes: readonly string[]): void {
  for (const blocks of ground.chains().values()) {
    expect(blocks.map(({ k }) => k)).toEqual(blocks.map((_, index) => index));
    expect(new Set(blocks.map(({ y }) => y)).size).toBe(blocks.length);
  }
  expect([...ground.occurrences()].sort()).toEqual(hashes.map((hash) => [hash, 1]).sort());
  expect(ground.tooEarly).toEqual([]);
}
