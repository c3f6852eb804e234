/** What the view of blocks draws. All of it is what the file says; the checks say what of it holds. */
export interface EvmBlockDetails {
  readonly chainId: number;
  readonly consensus: string;
  /** How many headers the file has; a long one is drawn from both ends. */
  readonly count: number;
  readonly blocks: readonly EvmBlock[];
  /** The set after the last header, as followed from the pin; empty without one. */
  readonly validators: readonly string[];
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
}

export interface EvmAccount {
  readonly address: string;
  readonly exists: boolean;
  readonly codeHash: string | null;
  readonly slots: readonly { readonly key: string; readonly value: string }[];
}
