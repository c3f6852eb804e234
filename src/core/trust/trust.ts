/**
 * The trust file, `trust/1` (DESIGN §8): everything that a verifier has decided to trust, and nothing else. All parts are optional.
 * These are the parsed values: hex digests stay lower-case hex text, keys and certificates stay as given, both already checked for form.
 */
export interface Trust {
  readonly nitro?: { readonly roots?: readonly string[]; readonly measurements?: readonly Measurement[] };
  readonly sevSnp?: { readonly measurements?: readonly string[] };
  readonly dcap?: { readonly measurements?: readonly string[] };
  readonly tpm?: { readonly attestationKeys?: readonly string[] };
  /** SHA3-256 of verification keys of zero-knowledge proofs, whose setups are trusted. */
  readonly zk?: { readonly keys?: readonly string[] };
  readonly jwks?: Jwks;
  readonly issuers?: readonly string[];
  readonly chains?: readonly ChainPin[];
  readonly dids?: Readonly<Record<string, unknown>>;
  readonly contexts?: Readonly<Record<string, unknown>>;
  readonly hosts?: readonly HostPin[];
  readonly vms?: readonly { readonly id: string; readonly key: string }[];
  readonly auditors?: readonly { readonly address: string }[];
  readonly evm?: readonly EvmPin[];
}

/** Platform configuration registers by number in decimal, 48 bytes each in lower-case hex; at least 0, 1 and 2, not all zero (CHAIN.md 24). */
export interface Measurement {
  readonly pcrs: Readonly<Record<string, string>>;
}

export interface Jwks {
  readonly keys: readonly PublicJwk[];
}

/** A public key in JWK form (RFC 7517); private members are refused when the trust file is read. */
export interface PublicJwk {
  readonly kty: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  /** RFC 3339 in UTC: when the key counts, from the first up to but not with the second (validRange.ts). */
  readonly from?: string;
  readonly until?: string;
  readonly [member: string]: unknown;
}

export interface ChainPin {
  readonly name: string;
  /** Hex of H(b₀). */
  readonly genesis?: string;
  /** SPKI DER of the sequencer's Ed25519 key, base64url. */
  readonly sequencerKey?: string;
  readonly measurements?: readonly Measurement[];
  readonly holdMeasurements?: readonly Measurement[];
  /** PEM. Where given, the chain is judged under these alone, and labelled (CHAIN.md 25). */
  readonly nitroRoots?: readonly string[];
  readonly timestamp?: TimestampPin;
  /** 0 … 300; default 0. */
  readonly skewSeconds?: number;
  readonly checkpoint?: { readonly k: number; readonly height: number; readonly timestampHash: string };
  readonly buckets?: readonly BucketPin[];
}

export interface TimestampPin {
  readonly issuer?: string;
  readonly audience?: string;
  readonly domain?: string;
  readonly claim?: string;
  readonly tokenUse?: string;
  readonly jwks?: Jwks;
}

export interface BucketPin {
  readonly url: string;
  readonly provider?: string;
  readonly region?: string;
}

export interface HostPin {
  readonly name: string;
  readonly validators: readonly HostValidator[];
  readonly threshold: number;
  /** Of the host's environment: registers of a Nitro enclave, or a digest of 32 or 48 bytes in hex. */
  readonly measurements?: readonly (Measurement | string)[];
}

/** Who may vouch for a host: counted for what was signed within its range, where it has one. */
export interface HostValidator {
  readonly did: string;
  readonly operator?: string;
  readonly region?: string;
  /** RFC 3339 in UTC: from the first up to but not with the second (validRange.ts). */
  readonly from?: string;
  readonly until?: string;
}

export interface EvmPin {
  readonly chainId: number;
  readonly rpc?: readonly string[];
  readonly consensus: 'qbft' | 'ibft2' | 'ibft1' | 'clique' | 'aura' | 'ethereum';
  readonly validators?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly quorum?: number;
  /** Blocks of an epoch, at whose beginning votes are forgotten; 30,000 where left out. */
  readonly epoch?: number;
  readonly checkpoint?: EvmCheckpoint;
  /** QBFT in contract mode: whose storage holds the list of validators (`address[]`), and in which slot (0 where left out). */
  readonly validatorContract?: { readonly address: string; readonly slot?: number };
  /** Seconds; a newest block that is older leaves a reading open, since newer ones may be kept back. Not asked where left out: some ledgers make blocks only when there is something to put in. */
  readonly maximumAge?: number;
  /** Ethereum: where a light client begins, and whom it asks for the consensus. */
  readonly beacon?: { readonly checkpoint: string; readonly rpc: readonly string[] };
  readonly contracts?: Readonly<Record<string, string>>;
}

export interface EvmCheckpoint {
  readonly number: number;
  readonly hash: string;
  /** Those of its epoch that were cast before this block and have not decided anything yet; an empty list where there are none. */
  readonly votes?: readonly EvmVote[];
}

export interface EvmVote {
  readonly voter: string;
  readonly candidate: string;
  readonly add: boolean;
}
