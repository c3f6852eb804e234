import type { ProvenEvent } from '../evm/events.ts';
import type { Hex } from '../evm/hex.ts';
import type { SignedVote } from './vote.ts';

/** What the contract says, one type for each of its events. Addresses are lower case, numbers below 2⁵³. */
export type NetworkSaying =
  | {
      readonly name: 'Founded';
      readonly epochBlocks: number;
      readonly seats: number;
      readonly founders: readonly Hex[];
      readonly criteria: Hex;
      readonly uri: string;
    }
  | {
      readonly name: 'AdmissionEndorsed';
      readonly candidate: Hex;
      readonly by: Hex;
      readonly epoch: number;
      readonly admitted: boolean;
    }
  | {
      readonly name: 'CriteriaEndorsed';
      readonly criteria: Hex;
      readonly by: Hex;
      readonly epoch: number;
      readonly uri: string;
      readonly adopted: boolean;
    }
  | {
      readonly name: 'NodeJoined';
      readonly account: Hex;
      readonly key: Hex;
      readonly index: number;
      readonly document: Hex;
    }
  | { readonly name: 'NodeLeft'; readonly account: Hex }
  | {
      readonly name: 'NodeSlashed';
      readonly account: Hex;
      readonly requestId: number;
      readonly first: SignedVote;
      readonly second: SignedVote;
    }
  | {
      readonly name: 'EpochOpened';
      readonly epoch: number;
      readonly trustNodes: readonly Hex[];
      readonly criteria: Hex;
    }
  | {
      readonly name: 'RequestOpened';
      readonly requestId: number;
      readonly vmId: Hex;
      readonly measurements: Hex;
      readonly evidence: Hex;
      readonly count: number;
      readonly enclaveSignature: Hex;
    }
  | ({ readonly name: 'VoteCast'; readonly account: Hex } & SignedVote)
  | {
      readonly name: 'RecordFinal';
      readonly requestId: number;
      readonly vmId: Hex;
      readonly record: Hex;
      readonly valid: boolean;
      readonly epoch: number;
      readonly signers: readonly Hex[];
      readonly nodeSignatures: Hex;
      readonly timestamp: number;
      readonly previous: Hex;
    };

export type Saying<Name extends NetworkSaying['name']> = Extract<NetworkSaying, { readonly name: Name }>;

/** One of them, where it stands on the ledger. */
export interface NetworkEvent<Name extends NetworkSaying['name'] = NetworkSaying['name']> {
  readonly said: Saying<Name>;
  readonly event: ProvenEvent;
}

/** The block in which something happens. */
export interface Moment {
  readonly block: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}
