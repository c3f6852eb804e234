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

  const batch = async <Job, Finding>(
    jobs: readonly Job[],
    evaluate: (context: Context, jobs: readonly Job[], between: Between) => Promise<Finding[]>,
    signal: AbortSignal,
  ): Promise<Finding[]> => {
    if (!context) throw new AuditorError('internal', 'CHAIN_NOT_OPEN', 'A batch came before the chain was opened.');
    const between: Between = () => {
      signal.throwIfAborted();
      return pause()?.then(() => signal.throwIfAborted());
    };
    return evaluate(await context, jobs, between);
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
      const answers = answersOf(request);
      const jobs: { k: number; answers: readonly BucketAnswer[]; known: readonly string[] }[] = [];
      for (const [index, k] of request.keys.entries()) {
        jobs.push({ k, answers: answers[index] as readonly BucketAnswer[], known: request.known[index] ?? [] });
      }
      const found = packAttestations(await batch(jobs, functions.attestations, signal));
      const room = request.answers.bytes.buffer;
      post({ type: 'attestations', id, found, room }, [found.numbers.buffer, room]);
    } else if (request.type === 'segments') {
      const answers = answersOf(request);
      const jobs = request.keys.map((key, index) => ({ ...key, answers: answers[index] as readonly BucketAnswer[] }));
      const findings = await batch(jobs, segments, signal);
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
      const answers = answersOf(request);
      const jobs: { timestampHash: string; answers: readonly BucketAnswer[]; known: readonly string[] }[] = [];
      for (const [index, timestampHash] of request.keys.entries()) {
        const known = request.known[index] ?? [];
        jobs.push({ timestampHash, answers: answers[index] as readonly BucketAnswer[], known });
      }
      const found = packTuples(await batch(jobs, functions.tuples, signal));
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

/** Those of each key of a batch. @throws AuditorError where there are more or fewer */
function answersOf({
  keys,
  answers,
}: Extract<
  ChainRequest,
  { readonly type: 'attestations' | 'tuples' | 'segments' }
>): readonly (readonly BucketAnswer[])[] {
  const unpacked = unpackAnswers(answers);
  if (unpacked.length === keys.length) return unpacked;
  const words = `A batch of ${keys.length} keys came with ${unpacked.length} answers.`;
  throw new AuditorError('internal', 'CHAIN_BATCH', words);
}
