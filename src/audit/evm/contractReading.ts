import type { ProvenAccount } from '../../core/evm/accountProof.ts';
import type { Completeness } from '../../core/evm/completeness.ts';
import type { Equivocation } from '../../core/evm/equivocation.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import type { EvmExecutor } from './evmExecutor.ts';
import type { HeaderMemory } from './headerMemory.ts';
import type { RpcOptions } from './rpcNode.ts';

/** What is to be read of a contract, and what it is judged under. */
export interface ContractReading {
  /** Addresses of nodes of the ledger; more than one are compared. */
  readonly rpc: readonly string[];
  readonly pin: EvmPin;
  readonly address: Hex;
  /** First block; the pinned checkpoint where left out, else the first block of the pin's range. */
  readonly from?: number;
  /** Last block; the newest (on Ethereum: the checkpoint) where left out. */
  readonly to?: number;
  /** Only events whose first topic is one of these. The contract's counter is then not compared. */
  readonly topics?: readonly Hex[];
  /** Name of a known contract, or the hash of the code that is expected. The name under which the pin has the address where left out. */
  readonly contract?: string;
  /** One more block that is pinned: where it is among those that are read, it must have this hash. */
  readonly alsoPinned?: { readonly number: number; readonly hash: string };
  /** Slots of its storage to be proven as well at the last block. */
  readonly slots?: readonly Hex[];
  /**
   * `headers`: every header of the range is read and its bloom tested. `logs`: only the blocks that a node names, which needs a contract with a counter to be
   * complete. By default `logs` where the range is longer than 50,000 blocks.
   */
  readonly read?: 'headers' | 'logs';
  /** Seconds. The newest block must not be older than this at `now`; not asked where left out. */
  readonly maximumAge?: number;
  /** Seconds since 1970; needed with `maximumAge`. */
  readonly now?: number;
  /** What earlier readings relied upon; what contradicts it is equivocation. */
  readonly memory?: HeaderMemory | undefined;
  /** Workers in a page; on the calling thread where left out. The caller closes it. */
  readonly executor?: EvmExecutor;
  readonly options?: Partial<RpcOptions>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Gets the headers of the range that are relied upon, for whoever reads more of their blocks than receipts. */
  readonly onHeaders?: (headers: readonly ReadHeader[]) => void;
}

/** The last block that was relied upon. */
export interface LedgerHead {
  readonly number: number;
  readonly hash: Hex;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** Its header, so that it can be kept. */
  readonly rlp: Uint8Array;
}

export interface ContractEvents {
  /** Only those that are proven; none where the headers do not hold. */
  readonly events: readonly ProvenEvent[];
  readonly checks: readonly Check[];
  readonly completeness: Completeness;
  readonly head: LedgerHead | undefined;
  /** The contract's account at `head`, with the slots that were asked for. */
  readonly account: ProvenAccount | undefined;
  /** Two histories, each sealed by a quorum: headers of both, to be kept as evidence. */
  readonly equivocation: Equivocation | undefined;
  /** What was asked of nodes. */
  readonly cost: { readonly requests: number; readonly calls: number };
}
