import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fromBase64Url } from '../../core/bytes/base64.ts';
import { equalBytes } from '../../core/bytes/bytes.ts';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import { blockHash, parseBlock, timestampHash } from '../../core/chain/block.ts';
import { openChain, type ChainContext } from '../../core/chain/chainContext.ts';
import { sequenceName, tupleName } from '../../core/chain/names.ts';
import { sequenceSubject } from '../../core/chain/sequence.ts';
import { encodeTuple, parseTuple } from '../../core/chain/tuple.ts';
import { verifyAttestation } from '../../core/chain/verifyAttestation.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { makeFolder } from '../replication/durableFile.ts';
import { pinOf, type ChainRecord } from './chainRecord.ts';
import { Segments } from './segments.ts';
import { putJson, storeKeys, type Change, type WriterStore } from './writerStore.ts';
import type { ReplicationService } from '../replication/replicate.ts';
import type { SequencerClient } from '../sequencer/sequencerClient.ts';
import type { Batch, BatchIt } from './batchIt.ts';
import type { StepHook, Work } from './work.ts';

export interface StoreItOptions {
  readonly store: WriterStore;
  readonly batchIt: BatchIt;
  readonly replication: ReplicationService;
  readonly afterStep: StepHook;
  /** Ends waiting for buckets. */
  readonly signal: AbortSignal;
  /** A sentence for the operator: a segment was not stored. */
  readonly onTrouble?: (words: string) => void;
}

/** What became of a transaction, as it stays on disk. */
export interface TransactionRecord {
  readonly state: 'final' | 'forked';
  readonly chain: string;
  readonly genesis: string;
  readonly k: number;
  readonly height: number;
  /** H(b), hex. */
  readonly block: string;
}

/** The sequencer gave another number than the next: somebody else had a block numbered in this chain. */
export class ForeignNumberError extends AuditorError {
  readonly k: number;

  constructor(expected: number, k: number) {
    super(
      'source',
      'WRITER_FOREIGN_NUMBER',
      `The sequencer gave number ${k} where ${expected} was next: another writer has blocks numbered in this chain.`,
    );
    this.k = k;
  }
}

/** The third of the three writing services: nothing is sequenced before it is stored, and nothing is final before its number is. */
export class StoreIt {
  readonly #options: StoreItOptions;
  /** Made beside the blocks from what this service has stored. */
  readonly segments: Segments;
  #context: ChainContext | undefined;

  constructor(options: StoreItOptions) {
    const { store, replication, onTrouble } = options;
    this.#options = options;
    const folder = join(dirname(store.objects), 'segments');
    this.segments = new Segments({ folder, replication, ...(onTrouble ? { onTrouble } : {}) });
  }

  /** Step 5: ⟨m, b, t⟩ on this disk first, then in six buckets; resolves when all six have confirmed. */
  async storeTuple(work: Work): Promise<Work> {
    const { store, replication, afterStep, signal } = this.#options;
    const hash = timestampHash(work.timestamp);
    const file = store.objectFile(work.chain, 'tuple', hash);
    const tuple = await keptOnDisk(file, () => this.#makeTuple(work));
    afterStep('5 tuple on disk', work.c);
    await replication.replicate(tupleName(work.chain, toHex(hash)), tuple, signal);
    afterStep('5 tuple replicated', work.c);
    const stored: Work = { ...work, step: 'stored' };
    await store.commit([putJson(storeKeys.work, stored)]);
    afterStep('5 stored', work.c);
    return stored;
  }

  /**
   * Step 6 and the first half of step 7: ⟨b, t⟩ gets its number, and the attestation is on this disk. What the sequencer answered is
   * judged as a reader of the chain will judge it, before anybody else can see it.
   * @throws ForeignNumberError, after the attestation was kept; AuditorError of the sequencer's client, WRITER_ATTESTATION
   */
  async sequence(work: Work, chain: ChainRecord, sequencer: SequencerClient): Promise<Work> {
    const { store, afterStep } = this.#options;
    if (work.step !== 'stored') {
      throw new AuditorError('internal', 'WRITER_ORDER', 'A block is sequenced only when its tuple is replicated.');
    }
    const blockBytes = fromHex(work.block);
    const attestation = await sequencer.sequence(blockBytes, work.timestamp);
    afterStep('6 attested', work.c);
    const context = await this.#contextOf(chain);
    const verified = await verifyAttestation(context, attestation);
    const y = toHex(sequenceSubject(parseBlock(blockBytes).u, timestampHash(work.timestamp)));
    if (!verified.ok || verified.sequence.y !== y) {
      const reason = verified.ok ? 'it is about another block' : verified.reason;
      throw new AuditorError(
        'source',
        'WRITER_ATTESTATION',
        `The sequencer's attestation does not hold (${reason}). Nothing was published.`,
      );
    }
    const { k } = verified.sequence;
    const sequenced: Work = { ...work, step: 'sequenced', k };
    const file = store.objectFile(work.chain, 'seq', k);
    // Not published before the commit below, so an attestation that a crash left here may be replaced by another for the same ⟨y, k, g⟩.
    await writeObject(file, attestation);
    afterStep('7 attestation on disk', work.c);
    await store.commit([putJson(storeKeys.work, sequenced)]);
    afterStep('7 sequenced', work.c);
    return sequenced;
  }

  /**
   * The second half of step 7, and step 8: the attestation in six buckets, then the batch is dropped and its transactions are final.
   * @returns the chain as it stands then
   * @throws ForeignNumberError where the number shows that the block may be on a fork: it is published, its transactions are not final
   */
  async finish(work: Work, chain: ChainRecord, batch: Batch | undefined): Promise<ChainRecord> {
    const { store, batchIt, replication, afterStep, signal } = this.#options;
    const k = work.k as number;
    const file = store.objectFile(work.chain, 'seq', k);
    await replication.replicate(sequenceName(work.chain, k), await readObject(file), signal);
    afterStep('7 attestation replicated', work.c);
    const height = (chain.height ?? -1) + 1;
    const record: TransactionRecord = {
      state: k === chain.next ? 'final' : 'forked',
      chain: chain.name,
      genesis: chain.genesis,
      k,
      height,
      block: toHex(blockHash(fromHex(work.block))),
    };
    const fates = (batch?.hashes ?? []).map((hash) => putJson(storeKeys.transaction(toHex(hash)), record));
    if (record.state === 'forked') {
      await store.commit(fates);
      throw new ForeignNumberError(chain.next, k);
    }
    const stamp = timestampHash(work.timestamp);
    await this.segments.keep(work.chain, k, { attestation: file, tuple: store.objectFile(work.chain, 'tuple', stamp) });
    const tail = toHex(stamp);
    const next: ChainRecord = { ...chain, state: 'open', height, tail, next: k + 1 };
    const changes: Change[] = [
      ...fates,
      putJson(storeKeys.chain(chain.number), next),
      { type: 'del', key: storeKeys.work },
    ];
    if (batch === undefined) await store.commit(changes);
    else await batchIt.drop(batch.c, changes);
    this.segments.settled(next);
    return next;
  }

  /**
   * For a block that will never have a number: what some buckets may have of its tuple already, all six get, since nobody could complete it
   * later. It stays behind unsequenced, and decides nothing.
   */
  async complete(work: Work): Promise<void> {
    const { store, replication, signal } = this.#options;
    const hash = timestampHash(work.timestamp);
    let tuple: Uint8Array;
    try {
      tuple = new Uint8Array(await readFile(store.objectFile(work.chain, 'tuple', hash)));
    } catch (error) {
      // It is on this disk before any bucket has a part of it.
      if (faultCode(error) === 'ENOENT') return;
      throw ioFault('The tuple of a block that is given up cannot be read', error);
    }
    await replication.replicate(tupleName(work.chain, toHex(hash)), tuple, signal);
  }

  /** Takes a block's objects off this disk: the buckets have them, or nobody wants them. */
  async clear(work: Work): Promise<void> {
    const { store } = this.#options;
    await rm(store.objectFile(work.chain, 'tuple', timestampHash(work.timestamp)), { force: true });
    if (work.k !== undefined) await rm(store.objectFile(work.chain, 'seq', work.k), { force: true });
  }

  /** What a process that was killed left on this disk of blocks that are done or given up; for the start, before anything is under way. */
  async sweep(work: Work | undefined): Promise<void> {
    const { store } = this.#options;
    const wanted = new Set<string>();
    if (work !== undefined) wanted.add(store.objectFile(work.chain, 'tuple', timestampHash(work.timestamp)));
    if (work?.k !== undefined) wanted.add(store.objectFile(work.chain, 'seq', work.k));
    for (const entry of await readdir(store.objects, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && !wanted.has(file)) await rm(file, { force: true });
    }
  }

  async #makeTuple(work: Work): Promise<Uint8Array> {
    const block = parseBlock(fromHex(work.block));
    if (work.founding !== undefined) {
      return encodeTuple({ transactions: [fromBase64Url(work.founding)], block, timestamp: work.timestamp });
    }
    const batch = await this.#options.batchIt.batch();
    if (batch === undefined || batch.c !== work.c || !equalBytes(batch.merkle, block.merkle)) {
      throw new AuditorError('internal', 'WRITER_BATCH', `The batch ${work.c} is not the one that its block is over.`);
    }
    return encodeTuple({ transactions: batch.transactions, block, timestamp: work.timestamp });
  }

  async #contextOf(chain: ChainRecord): Promise<ChainContext> {
    if (this.#context?.pin.genesis !== chain.genesis) this.#context = await openChain(pinOf(chain));
    return this.#context;
  }
}

/** The object in a file; where the file is not there yet, it is made and written first. So a retry sends the very bytes of the first try. */
async function keptOnDisk(file: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    const bytes = new Uint8Array(await readFile(file));
    parseTuple(bytes);
    return bytes;
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The object ${file} cannot be read`, error);
  }
  const bytes = await make();
  await writeObject(file, bytes);
  return bytes;
}

async function writeObject(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    throw ioFault(`The folder of ${file} cannot be made`, error);
  }
  await writeFileDurably(file, bytes);
}

async function readObject(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw ioFault(`The object ${file} cannot be read`, error);
  }
}
