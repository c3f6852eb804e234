/** What the view of blocks draws. All of it is what the file says; the checks say what of it holds. */
export interface EvmBlockDetails {
  readonly chainId: number;
  readonly consensus: string;
  /** How many headers the file has; a long one is drawn from both ends. */
  readonly count: number;
  readonly blocks: readonly EvmBlock[];
  /** The set after the last header, as followed from the pin; empty without one. */
  readonly validators: readonly string[];
  /** Whether each block carries the seals of a quorum, or one only. */
  readonly quorum: boolean;
  /** What would pin this ledger, where nothing is pinned for it: the first header's own word, to be compared with another source. */
  readonly offered: {
    readonly validators: readonly string[];
    readonly checkpoint: { readonly number: number; readonly hash: string };
  } | null;
  readonly logs: readonly {
    readonly transaction: number;
    readonly address: string;
    readonly topics: readonly string[];
    readonly data: string;
  }[];
  readonly account: EvmAccount | null;
}

export interface EvmBlock {
  readonly number: number;
  readonly hash: string;
  readonly parent: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** null for a seal that is no signature. */
  readonly signers: readonly (string | null)[];
  readonly proposer: string | null;
  /** How far its seals go under the pin; null without validators pinned for it. */
  readonly standing: BlockStanding | null;
}

/** Distinct validators that sealed a block; with Clique and Aura also those that sealed what is built on it. */
export interface BlockStanding {
  readonly known: number;
  readonly needed: number;
  readonly validators: number;
}

export interface EvmAccount {
  readonly address: string;
  readonly exists: boolean;
  readonly codeHash: string | null;
  readonly slots: readonly { readonly key: string; readonly value: string }[];
}
