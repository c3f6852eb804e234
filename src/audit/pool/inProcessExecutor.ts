import { openChain } from '../../core/chain/chainContext.ts';
import { evaluateAttestations } from '../../core/chain/evaluateAttestation.ts';
import { evaluateSegment, type SegmentJob } from '../../core/chain/evaluateSegment.ts';
import type { Between } from '../../core/chain/evaluateTogether.ts';
import { evaluateTuples } from '../../core/chain/evaluateTuple.ts';
import { makeCertificate, type CertificateRequest } from '../../core/chain/certificate/makeCertificate.ts';
import { verifyHold, type HoldVerification } from '../../core/chain/hold/verifyHold.ts';
import { readEntry } from '../../core/chain/readEntry.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { mapInWindow } from './mapInWindow.ts';
import type { ChainContext } from '../../core/chain/chainContext.ts';
import type { AttestationFinding, SegmentFinding, TupleFinding } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { TranscriptEntry } from '../../core/chain/transcript/transcript.ts';
import type { AttestationJob, ChainExecutor, EntryJob, TupleJob } from '../chain/executor.ts';

/**
 * A chain's verification in this very process, for Node: there WebCrypto runs on the threads of libuv, so that many signatures under way
 * at once use all cores (2.1 times on two), while a worker would add nothing.
 */
export class InProcessExecutor implements ChainExecutor {
  readonly concurrency = 64;
  readonly #windowWidth: number;
  #context: ChainContext | undefined;

  /** With a width of 1 one job is verified after the other, as in one worker. */
  constructor(windowWidth: number = defaultWindowWidth) {
    this.#windowWidth = windowWidth;
  }

  async open(pin: ChainPin): Promise<void> {
    this.#context = await openChain(pin);
  }

  attestations(jobs: readonly AttestationJob[], signal?: AbortSignal): Promise<readonly AttestationFinding[]> {
    return this.#runTogether(jobs, evaluateAttestations, signal);
  }

  tuples(jobs: readonly TupleJob[], signal?: AbortSignal): Promise<readonly TupleFinding[]> {
    return this.#runTogether(jobs, evaluateTuples, signal);
  }

  segments(jobs: readonly SegmentJob[], signal?: AbortSignal): Promise<readonly SegmentFinding[]> {
    return this.#run(jobs, evaluateSegment, signal);
  }

  entries(jobs: readonly EntryJob[]): Promise<readonly (TranscriptEntry | null)[]> {
    return Promise.resolve(jobs.map(({ key, attestation, tuple }) => readEntry(key, attestation, tuple)));
  }

  holds(documents: readonly Uint8Array[], signal?: AbortSignal): Promise<readonly HoldVerification[]> {
    return this.#run(documents, verifyHold, signal);
  }

  certificate(request: CertificateRequest): Promise<string> {
    return makeCertificate(request);
  }

  close(): void {
    this.#context = undefined;
  }

  /** As many groups as may be under way at once, each of which is verified job by job. */
  async #runTogether<Job, Finding>(
    jobs: readonly Job[],
    evaluate: (context: ChainContext, jobs: readonly Job[], between: Between) => Promise<Finding[]>,
    signal: AbortSignal | undefined,
  ): Promise<readonly Finding[]> {
    const length = Math.ceil(jobs.length / this.#windowWidth);
    const groups = Array.from({ length: Math.min(this.#windowWidth, jobs.length) }, (_, index) =>
      jobs.slice(index * length, (index + 1) * length),
    );
    const between: Between = () => {
      signal?.throwIfAborted();
      return undefined;
    };
    const run = async (context: ChainContext, group: readonly Job[]) => evaluate(context, group, between);
    return (await this.#run(groups, run, signal)).flat();
  }

  async #run<Job, Finding>(
    jobs: readonly Job[],
    evaluate: (context: ChainContext, job: Job) => Promise<Finding>,
    signal: AbortSignal | undefined,
  ): Promise<readonly Finding[]> {
    const context = this.#context;
    if (!context) throw new AuditorError('usage', 'CHAIN_NOT_OPEN', 'Open a chain before its objects are verified.');
    return mapInWindow(jobs, this.#windowWidth, (job) => evaluate(context, job), signal);
  }
}

/** Enough to keep four threads of libuv busy; more only holds more bytes. */
const defaultWindowWidth = 16;
