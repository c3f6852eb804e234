import type { Hex } from '../evm/hex.ts';
import type { VoteSignature } from './vote.ts';

export type NodeStatus = 'active' | 'left' | 'slashed';

/** A node as the contract keeps it. */
export interface NodeState {
  /** In the order of joining, from 0. */
  readonly index: number;
  readonly account: Hex;
  key: Hex;
  document: Hex;
  status: NodeStatus;
  reputation: number;
  /** Of the records of this epoch that count: to how many it has voted. */
  answered: number;
  /** The epoch in which it joined last. */
  joined: number;
}

/** A vote that was taken. */
export interface TakenVote {
  readonly node: number;
  readonly id: Hex;
  readonly valid: boolean;
  readonly signature: VoteSignature;
}

export interface RequestState {
  readonly id: number;
  readonly vmId: Hex;
  readonly measurements: Hex;
  readonly evidence: Hex;
  /** Keccak-256, zeros where there is none. */
  readonly enclaveSignature: Hex;
  readonly count: number;
  /** Block, and its time in seconds since 1970. */
  readonly openedAt: number;
  readonly openedTime: number;
  /** By epoch. */
  readonly votes: Map<number, TakenVote[]>;
  /** Once its record is final. */
  final?: { readonly epoch: number; readonly outcome: Hex; readonly counted: boolean; readonly record: Hex };
}

export interface EpochState {
  number: number;
  /** First block. */
  from: number;
  /** Numbers of the trust nodes. */
  trust: ReadonlySet<number>;
  /** Records of it that count for silence. */
  counted: number;
}

/** Why a node's reputation changed: one point of its curve. */
export interface ReputationChange {
  readonly node: number;
  readonly cause: 'joined' | 'agreed' | 'disagreed' | 'silent' | 'faded' | 'slashed';
  readonly before: number;
  readonly after: number;
  readonly block: number;
  readonly epoch: number;
  /** The request whose record decided it. */
  readonly requestId?: number;
  /** To how many records it was silent. */
  readonly missed?: number;
}
