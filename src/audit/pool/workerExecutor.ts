import { unpackAttestations, unpackTuples } from '../../core/chain/packedFindings.ts';
import { packAnswers } from '../../core/chain/packing.ts';
import { isChainReply, type ChainReply } from '../../core/chain/protocol.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { batches, batchLimits } from './batches.ts';
import { WorkerPool } from './workerPool.ts';
import type { ErrorReply } from '../../core/kinds/protocol.ts';
import type { HoldVerification } from '../../core/chain/hold/verifyHold.ts';
import type { SegmentJob } from '../../core/chain/evaluateSegment.ts';
import type { AttestationFinding, BucketAnswer, SegmentFinding, TupleFinding } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { CertificateRequest } from '../../core/chain/certificate/makeCertificate.ts';
import type { TranscriptEntry } from '../../core/chain/transcript/transcript.ts';
import type { AttestationJob, ChainExecutor, EntryJob, TupleJob } from '../chain/executor.ts';
import type { WorkerPort } from './workerPort.ts';

/** Batches that a worker holds at once, so that the next is there when one is done. */
const depth = 4;

/**
 * Buffers that are kept, and what their lengths are multiples of. An engine takes what a worker is sent for its own and collects the more often the longer
 * it is: with a MiB for every batch each worker collected everything four times in 10,000 blocks, with these never.
 */
const roomsAtMost = 12;
const roomStep = 64 * 1024;

type Answered = Exclude<ChainReply, ErrorReply>;

/** A chain's verification in Web Workers: a batch goes over as one transferred buffer, its findings come back in one reply. */
export class WorkerExecutor implements ChainExecutor {
  readonly concurrency: number;
  readonly #spawn: () => WorkerPort;
  readonly #size: number;
  /** Buffers of batches that are done, for the next ones: new ones would cost more than filling them. */
  readonly #rooms: ArrayBuffer[] = [];
  #pool: WorkerPool<ChainReply> | undefined;

  /** `size` workers at most, each started with `spawn` when there is work for it. */
  constructor(spawn: () => WorkerPort, size: number) {
    this.#spawn = spawn;
    this.#size = size;
    this.concurrency = size * depth * batchLimits.jobs;
  }

  /** A further chain is verified by the workers that are idle: a new one would have its code compiled anew, which takes half a second of processor time. */
  async open(pin: ChainPin): Promise<void> {
    const warm = [...(this.#pool?.giveBack() ?? [])];
    this.#pool = new WorkerPool<ChainReply>({
      spawn: () => warm.pop() ?? this.#spawn(),
      isReply: isChainReply,
      isLast: () => true,
      size: this.#size,
      depth,
      greeting: { request: { type: 'open', pin } },
    });
    await this.#pool.start();
  }

  attestations(jobs: readonly AttestationJob[], signal?: AbortSignal): Promise<readonly AttestationFinding[]> {
    return this.#run(
      'attestations',
      jobs,
      (batch) => ({ keys: batch.map(numberOf), known: batch.map(knownOf) }),
      (reply) => findingsOf(reply),
      signal,
    );
  }

  tuples(jobs: readonly TupleJob[], signal?: AbortSignal): Promise<readonly TupleFinding[]> {
    return this.#run(
      'tuples',
      jobs,
      (batch) => ({ keys: batch.map(hashOf), known: batch.map(knownOf) }),
      (reply) => tuplesOf(reply),
      signal,
    );
  }

  segments(jobs: readonly SegmentJob[], signal?: AbortSignal): Promise<readonly SegmentFinding[]> {
    return this.#run(
      'segments',
      jobs,
      (batch) => ({ keys: batch.map(({ answers: _, ...key }) => key) }),
      (reply) => segmentsOf(reply),
      signal,
    );
  }

  async entries(jobs: readonly EntryJob[], signal?: AbortSignal): Promise<readonly (TranscriptEntry | null)[]> {
    const answers = packAnswers(jobs.flatMap(({ attestation, tuple }) => [attestation, tuple]));
    const request = { type: 'entries', keys: jobs.map(({ key }) => key), answers };
    const transfer = [answers.table.buffer, answers.bytes.buffer];
    const reply = await this.#opened().run({ request, transfer }, undefined, signal);
    if (reply.type !== 'entries' || reply.entries.length !== jobs.length) throw unexpected(reply.type);
    return reply.entries;
  }

  async holds(documents: readonly Uint8Array[], signal?: AbortSignal): Promise<readonly HoldVerification[]> {
    if (documents.length === 0) return [];
    const reply = await this.#opened().run({ request: { type: 'holds', documents } }, undefined, signal);
    if (reply.type !== 'holds' || reply.findings.length !== documents.length) throw unexpected(reply.type);
    return reply.findings;
  }

  async certificate(request: CertificateRequest, signal?: AbortSignal): Promise<string> {
    const reply = await this.#opened().run({ request: { type: 'certificate', request } }, undefined, signal);
    if (reply.type !== 'certificate') throw unexpected(reply.type);
    return reply.text;
  }

  close(): void {
    this.#pool?.close();
    this.#pool = undefined;
  }

  /** The shortest that is long enough and not twice as long; else a new one, a little longer than what is asked for. */
  #takeRoom(length: number): ArrayBuffer {
    let best = -1;
    for (const [index, { byteLength }] of this.#rooms.entries()) {
      if (byteLength < length || byteLength > 2 * length + roomStep) continue;
      if (best < 0 || byteLength < (this.#rooms[best] as ArrayBuffer).byteLength) best = index;
    }
    const [room] = best < 0 ? [] : this.#rooms.splice(best, 1);
    return room ?? new ArrayBuffer(Math.ceil((length + 1) / roomStep) * roomStep);
  }

  /** The oldest go first: others of its length may not be asked for again. */
  #keepRoom(room: ArrayBuffer): void {
    this.#rooms.push(room);
    if (this.#rooms.length > roomsAtMost) this.#rooms.shift();
  }

  #opened(): WorkerPool<ChainReply> {
    if (this.#pool) return this.#pool;
    throw new AuditorError('usage', 'CHAIN_NOT_OPEN', 'Open a chain before its objects are verified.');
  }

  async #run<Job extends { readonly answers: readonly BucketAnswer[] }, Finding>(
    type: 'attestations' | 'tuples' | 'segments',
    jobs: readonly Job[],
    keysOf: (batch: readonly Job[]) => Readonly<Record<string, unknown>>,
    findings: (reply: Answered) => readonly Finding[],
    signal: AbortSignal | undefined,
  ): Promise<readonly Finding[]> {
    const pool = this.#opened();
    const takeRoom = (length: number): ArrayBuffer => this.#takeRoom(length);
    const found = await Promise.all(
      batches(jobs).map(async (batch) => {
        const each: (readonly BucketAnswer[])[] = [];
        for (const job of batch) each.push(job.answers);
        const answers = packAnswers(each, takeRoom);
        const request = { type, ...keysOf(batch), answers };
        const transfer = [answers.table.buffer, answers.bytes.buffer];
        const reply = await pool.run({ request, transfer }, undefined, signal);
        if ('room' in reply) this.#keepRoom(reply.room);
        const result = findings(reply);
        if (result.length !== batch.length) throw unexpected(`${result.length} findings for ${batch.length} jobs`);
        return result;
      }),
    );
    return found.flat();
  }
}

function numberOf({ k }: AttestationJob): number {
  return k;
}

function hashOf({ timestampHash }: TupleJob): string {
  return timestampHash;
}

const none: readonly string[] = [];

function knownOf({ known = none }: AttestationJob | TupleJob): readonly string[] {
  return known;
}

function segmentsOf(reply: Answered): readonly SegmentFinding[] {
  if (reply.type !== 'segments') throw unexpected(reply.type);
  return reply.findings;
}

function findingsOf(reply: Answered): readonly AttestationFinding[] {
  if (reply.type !== 'attestations') throw unexpected(reply.type);
  return unpackAttestations(reply.found);
}

function tuplesOf(reply: Answered): readonly TupleFinding[] {
  if (reply.type !== 'tuples') throw unexpected(reply.type);
  return unpackTuples(reply.found);
}

function unexpected(what: string): AuditorError {
  return new AuditorError('internal', 'WORKER_PROTOCOL', `A worker answered a batch with something else: ${what}.`);
}
