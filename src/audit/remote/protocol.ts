import type { Found } from '../../core/chain/findTransaction.ts';
import type { AttestedSequence, ChainAudit, Fork, SequencedBlock, TimestampedBlock } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { AuditSnapshot } from '../chain/snapshot.ts';
import type { MarkChange } from './markKeeper.ts';
import type { RowChunk } from './rowChunk.ts';

/** A result without the main chain itself, which the page has in columns. */
export type JudgedAudit = Omit<ChainAudit, 'mainChain'>;

/** What is new since the last one: members that are not there are as they were. */
export interface AuditNews extends Pick<AuditSnapshot, 'phase' | 'progress' | 'stop' | 'buckets' | 'read'> {
  readonly rows?: RowChunk;
  readonly forks?: readonly Fork[];
  readonly orphans?: readonly SequencedBlock[];
  readonly marks?: MarkChange;
  readonly audit?: JudgedAudit;
}

/** One block as it was read, with the documents that number it. */
export interface BlockDetails {
  readonly block: TimestampedBlock | null;
  readonly documents: readonly AttestedSequence[];
}

/** A certificate, or why there is none. */
export type CertifyAnswer =
  | { readonly result: 'certificate'; readonly text: string }
  | { readonly result: 'absent' | 'unknown'; readonly reason: string };

/** What the page asks an audit, with what it answers. */
export interface Questions {
  /** @param hash H(d), hex */
  find(hash: string): Found;
  details(timestampHash: string, k: number): BlockDetails;
  certify(hash: string): CertifyAnswer;
  /** The bytes that a check names, read again from the buckets. @param digest SHA3-256, hex @returns null where no bucket has them */
  document(digest: string): Uint8Array | null;
}

export type Question = {
  readonly [Name in keyof Questions]: {
    readonly type: 'ask';
    readonly id: number;
    readonly name: Name;
    readonly parameters: Parameters<Questions[Name]>;
  };
}[keyof Questions];

export type AuditRequest =
  | { readonly type: 'start'; readonly pin: ChainPin }
  | { readonly type: 'stop' }
  /** Nobody listens any more: the worker is to forget this audit and say `left`, after which it may be given another. */
  | { readonly type: 'leave' }
  | Question;

export type AuditReply =
  | { readonly type: 'news'; readonly news: AuditNews }
  | { readonly type: 'words'; readonly words: string }
  | { readonly type: 'ended'; readonly reason: string }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly reason: string }
  | { readonly type: 'left' };
