import { hasId, isErrorReply, type ErrorReply } from '../kinds/protocol.ts';
import type { ChainPin } from '../trust/trust.ts';
import type { CertificateRequest } from './certificate/makeCertificate.ts';
import type { HoldVerification } from './hold/verifyHold.ts';
import type { EntryKey } from './readEntry.ts';
import type { TranscriptEntry } from './transcript/transcript.ts';
import type { PackedAttestations, PackedTuples } from './packedFindings.ts';
import type { PackedAnswers } from './packing.ts';
import type { SegmentJob } from './evaluateSegment.ts';
import type { SegmentFinding } from './types.ts';

/**
 * What the audit of a chain asks of a worker. `open` comes first and pins the chain: certificate paths and keys are kept from then on.
 * A batch goes over as one transferred buffer (see packing.ts), never one message a document; its findings come back in one reply, and with them
 * the buffer (`room`) for the next batch.
 */
export type ChainRequest =
  | { readonly type: 'open'; readonly id: number; readonly pin: ChainPin }
  | {
      readonly type: 'attestations';
      readonly id: number;
      /** k of each job. */
      readonly keys: readonly number[];
      /** Of each job H of the objects that were accepted before. */
      readonly known: readonly (readonly string[])[];
      readonly answers: PackedAnswers;
    }
  | {
      readonly type: 'tuples';
      readonly id: number;
      /** H(t) of each job, hex. */
      readonly keys: readonly string[];
      readonly known: readonly (readonly string[])[];
      readonly answers: PackedAnswers;
    }
  | {
      readonly type: 'segments';
      readonly id: number;
      readonly keys: readonly Omit<SegmentJob, 'answers'>[];
      readonly answers: PackedAnswers;
    }
  | {
      readonly type: 'entries';
      readonly id: number;
      readonly keys: readonly EntryKey[];
      /** Two jobs for each key: the answers for its attestation, then those for its tuple. */
      readonly answers: PackedAnswers;
    }
  | { readonly type: 'holds'; readonly id: number; readonly documents: readonly Uint8Array[] }
  | { readonly type: 'certificate'; readonly id: number; readonly request: CertificateRequest }
  | { readonly type: 'cancel'; readonly id: number };

export type ChainReply =
  | { readonly type: 'opened'; readonly id: number }
  | {
      readonly type: 'attestations';
      readonly id: number;
      readonly found: PackedAttestations;
      readonly room: ArrayBuffer;
    }
  | { readonly type: 'tuples'; readonly id: number; readonly found: PackedTuples; readonly room: ArrayBuffer }
  | { readonly type: 'segments'; readonly id: number; readonly findings: readonly SegmentFinding[] }
  | { readonly type: 'entries'; readonly id: number; readonly entries: readonly (TranscriptEntry | null)[] }
  | { readonly type: 'holds'; readonly id: number; readonly findings: readonly HoldVerification[] }
  | { readonly type: 'certificate'; readonly id: number; readonly text: string }
  | ErrorReply;

export function isChainRequest(message: unknown): message is ChainRequest {
  if (!hasId(message)) return false;
  switch (message.type) {
    case 'open':
      return isObject(message.pin);
    case 'attestations':
      return isListOf(message.keys, Number.isSafeInteger) && isKnown(message.known) && isPackedAnswers(message.answers);
    case 'tuples':
      return (
        isListOf(message.keys, (key) => typeof key === 'string') &&
        isKnown(message.known) &&
        isPackedAnswers(message.answers)
      );
    case 'segments':
    case 'entries':
      return isListOf(message.keys, isObject) && isPackedAnswers(message.answers);
    case 'holds':
      return isListOf(message.documents, (each) => each instanceof Uint8Array);
    case 'certificate':
      return isObject(message.request);
    default:
      return message.type === 'cancel';
  }
}

export function isChainReply(message: unknown): message is ChainReply {
  if (!hasId(message)) return false;
  switch (message.type) {
    case 'opened':
      return true;
    case 'attestations':
      return isPacked(message.found) && Array.isArray(message.found.registers) && message.room instanceof ArrayBuffer;
    case 'segments':
      return isListOf(message.findings, (each) => isFinding(each) && Number.isSafeInteger(each.n));
    case 'tuples':
      return (
        isPacked(message.found) &&
        Array.isArray(message.found.kids) &&
        typeof message.found.passing === 'string' &&
        message.found.transactions instanceof Uint8Array &&
        message.room instanceof ArrayBuffer
      );
    case 'entries':
      return isListOf(message.entries, (each) => each === null || isObject(each));
    case 'holds':
      return isListOf(message.findings, isObject);
    case 'certificate':
      return typeof message.text === 'string';
    default:
      return isErrorReply(message);
  }
}

type Foreign = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, test: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

function isKnown(value: unknown): boolean {
  return isListOf(value, (each) => isListOf(each, (hash) => typeof hash === 'string'));
}

function isPackedAnswers(value: unknown): boolean {
  return isObject(value) && value.table instanceof Uint32Array && value.bytes instanceof Uint8Array;
}

function isPacked(value: unknown): value is Foreign {
  return (
    isObject(value) &&
    typeof value.text === 'string' &&
    value.numbers instanceof Float64Array &&
    isListOf(value.shards, Array.isArray) &&
    isListOf(value.others, (each) => Array.isArray(each) && Number.isSafeInteger(each[0]) && isFinding(each[1]))
  );
}

function isFinding(value: unknown): value is Foreign {
  return (
    isObject(value) &&
    Array.isArray(value.junk) &&
    Array.isArray(value.shards) &&
    Number.isSafeInteger(value.signatures)
  );
}
