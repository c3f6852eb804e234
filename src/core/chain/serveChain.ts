import { errorReply } from '../kinds/errorReply.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import type { Between } from './evaluateTogether.ts';
import { packAttestations, packTuples } from './packedFindings.ts';
import { unpackAnswers } from './packing.ts';
import { isChainRequest, type ChainReply, type ChainRequest } from './protocol.ts';
import type { ChainPin } from '../trust/trust.ts';
import type { CertificateRequest } from './certificate/makeCertificate.ts';
import type { HoldVerification } from './hold/verifyHold.ts';
import type { EntryKey } from './readEntry.ts';
import type { TranscriptEntry } from './transcript/transcript.ts';
import type { SegmentJob } from './evaluateSegment.ts';
import type { AttestationFinding, BucketAnswer, SegmentFinding, TupleFinding } from './types.ts';

/** What a worker does with the answers of buckets: the core's own functions, handed in by its door. */
export interface ChainFunctions<Context> {
  readonly open: (pin: ChainPin) => Promise<Context>;
  readonly attestations: (
    context: Context,
    jobs: readonly {
      readonly k: number;
      readonly answers: readonly BucketAnswer[];
      readonly known: readonly string[];
    }[],
    between: Between,
  ) => Promise<AttestationFinding[]>;
  readonly tuples: (
    context: Context,
    jobs: readonly {
      readonly timestampHash: string;
      readonly answers: readonly BucketAnswer[];
      readonly known: readonly string[];
    }[],
    between: Between,
  ) => Promise<TupleFinding[]>;
  readonly segment: (context: Context, job: SegmentJob) => Promise<SegmentFinding>;
  readonly entry: (
    key: EntryKey,
    attestation: readonly BucketAnswer[],
    tuple: readonly BucketAnswer[],
  ) => TranscriptEntry | null;
  readonly hold: (context: Context, document: Uint8Array) => Promise<HoldVerification>;
  readonly certificate: (request: CertificateRequest) => Promise<string>;
}

/**
 * The worker's side of the chain protocol. One batch runs at a time, job by job, since in a browser signatures are checked on the calling
 * thread and nothing is gained by more. `pause` lets waiting messages in: a cancel is seen between two jobs.
 */
export function serveChain<Context>(
  functions: ChainFunctions<Context>,
  post: (reply: ChainReply, transfer: ArrayBuffer[]) => void,
  pause: Between,
): (message: unknown) => void {
  let context: Promise<Context> | undefined;
  let last: Promise<void> = Promise.resolve();
  const running = new Map<number, AbortController>();

  const batch = async <Key, Job, Finding>(
    keys: readonly Key[],
    request: Extract<ChainRequest, { readonly answers: unknown }>,
    evaluate: (context: Context, jobs: readonly Job[], between: Between) => Promise<Finding[]>,
    job: (key: Key, answers: readonly BucketAnswer[], index: number) => Job,
    signal: AbortSignal,
  ): Promise<Finding[]> => {
    if (!context) throw new AuditorError('internal', 'CHAIN_NOT_OPEN', 'A batch came before the chain was opened.');
    const opened = await context;
    const answers = unpackAnswers(request.answers);
    if (answers.length !== keys.length) {
      throw new AuditorError(
        'internal',
        'CHAIN_BATCH',
        `A batch of ${keys.length} keys came with ${answers.length} answers.`,
      );
    }
    const between: Between = () => {
      signal.throwIfAborted();
      return pause()?.then(() => signal.throwIfAborted());
    };
    const jobs = keys.map((key, index) => job(key, answers[index] as readonly BucketAnswer[], index));
    return evaluate(opened, jobs, between);
  };

  const segments = async (opened: Context, jobs: readonly SegmentJob[], between: Between) => {
    const findings: SegmentFinding[] = [];
    for (const job of jobs) {
      await between();
      findings.push(await functions.segment(opened, job));
    }
    return findings;
  };

  const answer = async (request: Exclude<ChainRequest, { type: 'cancel' }>, signal: AbortSignal): Promise<void> => {
    const { id } = request;
    if (request.type === 'open') {
      context = functions.open(request.pin);
      await context;
      post({ type: 'opened', id }, []);
    } else if (request.type === 'attestations') {
      const { keys, known } = request;
      const job = (k: number, answers: readonly BucketAnswer[], index: number) => ({
        k,
        answers,
        known: known[index] ?? [],
      });
      const found = packAttestations(await batch(keys, request, functions.attestations, job, signal));
      const room = request.answers.bytes.buffer;
      post({ type: 'attestations', id, found, room }, [found.numbers.buffer, room]);
    } else if (request.type === 'segments') {
      const job = (key: Omit<SegmentJob, 'answers'>, answers: readonly BucketAnswer[]) => ({ ...key, answers });
      const findings = await batch(request.keys, request, segments, job, signal);
      post({ type: 'segments', id, findings }, []);
    } else if (request.type === 'holds') {
      if (!context) throw new AuditorError('internal', 'CHAIN_NOT_OPEN', 'Holds came before the chain was opened.');
      const opened = await context;
      const findings: HoldVerification[] = [];
      for (const document of request.documents) findings.push(await functions.hold(opened, document));
      post({ type: 'holds', id, findings }, []);
    } else if (request.type === 'certificate') {
      post({ type: 'certificate', id, text: await functions.certificate(request.request) }, []);
    } else if (request.type === 'entries') {
      const answers = unpackAnswers(request.answers);
      const entries = request.keys.map((key, index) =>
        functions.entry(key, answers[2 * index] ?? [], answers[2 * index + 1] ?? []),
      );
      post({ type: 'entries', id, entries }, []);
    } else {
      const { keys, known } = request;
      const job = (timestampHash: string, answers: readonly BucketAnswer[], index: number) => ({
        timestampHash,
        answers,
        known: known[index] ?? [],
      });
      const found = packTuples(await batch(keys, request, functions.tuples, job, signal));
      const room = request.answers.bytes.buffer;
      post({ type: 'tuples', id, found, room }, [found.numbers.buffer, found.transactions.buffer, room]);
    }
  };

  return (message) => {
    if (!isChainRequest(message)) return;
    if (message.type === 'cancel') {
      running.get(message.id)?.abort();
      return;
    }
    const { id } = message;
    const controller = new AbortController();
    running.set(id, controller);
    last = last
      .then(() => answer(message, controller.signal))
      .catch((thrown: unknown) => post(errorReply(id, thrown, controller.signal), []))
      .finally(() => running.delete(id))
      .then(() => undefined);
  };
}
