import type { Check, Code } from '../verdict/check.ts';
import type { Verdict } from '../verdict/status.ts';

/**
 * What one bucket answered for one name: every stored version's bytes, or that it has none, or that it could not be asked.
 * A bucket that lies is not known here: that comes out of decoding.
 */
export type BucketAnswer = readonly Uint8Array[] | 'missing' | 'down';

/** What a bucket's part in an object turned out to be (CHAIN.md 18). `undecided`: no object of that name decoded, so nobody can be blamed. */
export type ShardState =
  'good' | 'down' | 'missing' | 'malformed' | 'wrong' | 'copied' | 'zero' | 'dependent' | 'undecided';

/** An object that decoded but fails a predicate: listed with its failing check, decides nothing (CHAIN.md 7). */
export interface Junk {
  /** The name it was stored under, below `<chain>/`: `seq/4`, `tuple/ab…`. */
  readonly name: string;
  readonly code: Code;
  /** Why, in words, with offsets where the form is at fault. */
  readonly reason: string;
  readonly buckets: readonly number[];
}

/** A valid attestation of ⟨y, k⟩, all bytes in lower-case hex. */
export interface AttestedSequence {
  readonly k: number;
  /** u ‖ H(t), 48 bytes. */
  readonly y: string;
  /** H(a): the document that carries it. */
  readonly object: string;
  /** Bytes of that document. */
  readonly length: number;
  /** The number under whose name it was found; another than `k` where it was misplaced. */
  readonly storedAt: number;
  /** The enclave document's own time, milliseconds since 1970. */
  readonly documentTime: number;
  /** PCR number → hex, as measured. */
  readonly pcrs: Readonly<Record<string, string>>;
}

/** What came out of all buckets' shards of one `seq/<k>`. */
export interface AttestationFinding {
  readonly k: number;
  /** Every valid document found there whose sequence is for this `k`. */
  readonly sequences: readonly AttestedSequence[];
  /** Valid sequences for another number found under this name: they only ever count as evidence of equivocation. */
  readonly strays: readonly AttestedSequence[];
  readonly junk: readonly Junk[];
  readonly shards: readonly ShardState[];
  readonly signatures: number;
}

/** A valid ⟨b, t⟩ with what is known of its tree. Hex throughout. */
export interface TimestampedBlock {
  readonly u: string;
  readonly merkle: string;
  /** t^H of the block: H of the preceding timestamp attestation, zeros in block zero. */
  readonly parent: string;
  /** H(b) */
  readonly block: string;
  /** H(t) */
  readonly timestampHash: string;
  /** p: `iat`, seconds since 1970. */
  readonly time: number;
  /** H(d) of every leaf in order, 32 bytes each; null where the tree is missing (CHAIN.md 1). */
  readonly transactions: Uint8Array | null;
  /** The kid of the timestamp's key. */
  readonly kid: string;
  /** The first leaf's bytes in hex where it begins as a successor record does (CHAIN.md 33), at most 256 of them. */
  readonly firstLeaf?: string;
}

/** What came out of all buckets' shards of one `tuple/<H(t)>`. */
export interface TupleFinding {
  readonly timestampHash: string;
  readonly tuple: TimestampedBlock | null;
  /** H of the object that holds the tuple with its tree; there where it was verified now. */
  readonly object?: string;
  readonly junk: readonly Junk[];
  readonly shards: readonly ShardState[];
  readonly signatures: number;
}

/** A tuple without its tree, as it was stored. */
export interface TuplePart {
  /** H(t), hex: the name that it was asked for by. */
  readonly timestampHash: string;
  readonly block: Uint8Array;
  readonly timestamp: string;
}

/** What came out of all buckets' shards of one `seg/<n>` (CHAIN.md 20). Empty lists where there is no segment, or a faulty one. */
export interface SegmentFinding {
  readonly n: number;
  /** H of the segment that was accepted, hex. */
  readonly object: string | null;
  /** Every number that it names, with H of the documents that it holds for it. */
  readonly documents: readonly { readonly k: number; readonly objects: readonly string[] }[];
  /** Tuples in it that are valid with their trees; about others the single objects are asked. */
  readonly tuples: readonly TupleFinding[];
  /** Of the documents that were asked about, the valid ones: evidence of equivocation, never a number's own attestation. */
  readonly strays: readonly AttestedSequence[];
  /** Of the tuples that were asked for by H(t), those that it holds: not verified. */
  readonly parts?: readonly TuplePart[];
  readonly junk: readonly Junk[];
  readonly shards: readonly ShardState[];
  readonly signatures: number;
}

/** A valid tuple (b, t, a) as results list it. */
export interface SequencedBlock {
  readonly k: number;
  /** Blocks on the path to b₀ along t^H; null off its tree. */
  readonly height: number | null;
  /** H(b) */
  readonly block: string;
  readonly timestampHash: string;
  readonly parent: string;
  /** p, seconds since 1970. */
  readonly time: number;
  /** Number of leaves, or null where the tree is missing. */
  readonly leaves: number | null;
}

export type StopReason =
  'end as shown' | 'gap' | 'invalid' | 'attestation without block' | 'order' | 'equivocation' | 'not pinned';

/** Why the main chain goes no further (CHAIN.md 7, 8). `k` is absent for the first and the last reason; `part` names what is not pinned. */
export interface Stop {
  readonly reason: StopReason;
  readonly k?: number;
  readonly part?: string;
}

export interface Fork {
  /** H(b) of the block that it leaves from. */
  readonly parent: string;
  /** Height of its first block. */
  readonly height: number;
  readonly blocks: readonly SequencedBlock[];
}

/** Two attestations by one key that contradict each other: equal in exactly one of y and k (CHAIN.md 5). */
export interface Contradiction {
  readonly first: AttestedSequence;
  readonly second: AttestedSequence;
}

/** A contradiction as an audit keeps it: with both documents in base64url, empty where the buckets no longer give them. */
export interface Equivocation {
  readonly k: readonly [number, number];
  readonly y: readonly [string, string];
  readonly documents: readonly string[];
}

export interface BucketFindings {
  readonly bucket: number;
  readonly url: string;
  readonly down: boolean;
  readonly missing: number;
  readonly wrong: number;
  readonly copied: number;
  readonly zero: number;
  readonly dependent: number;
  readonly malformed: number;
}

export interface AuditCounts {
  readonly blocks: number;
  readonly attestations: number;
  readonly forks: number;
  readonly orphans: number;
  readonly unsequenced: number;
  readonly junk: number;
  readonly signatures: number;
}

/** Whom a chain says it follows on, as an audit lists it: hex, but for the key, which is base64url as in a trust file. */
export interface Predecessor {
  readonly genesis: string;
  readonly sequencerKey: string;
  readonly k: number;
  readonly height: number;
  readonly timestampHash: string;
}

/** What an audit of one chain found; the command line prints it without `mainChain` (CHAIN.md G). */
export interface ChainAudit {
  readonly kind: 'chain';
  readonly chain: string;
  readonly genesis: string | null;
  readonly verdict: Verdict;
  readonly timeSource: 'signed';
  readonly labels: readonly string[];
  readonly stop: Stop;
  readonly tip: SequencedBlock | null;
  readonly counts: AuditCounts;
  readonly forks: readonly Fork[];
  readonly orphans: readonly SequencedBlock[];
  readonly equivocation: readonly Equivocation[];
  readonly junk: readonly Junk[];
  readonly storage: readonly BucketFindings[];
  /** The k of every main-chain block whose tree could not be read. */
  readonly missingTrees: readonly number[];
  readonly checks: readonly Check[];
  /** The highest number of any valid attestation seen, on whatever fork; null where there is none. */
  readonly highest: number | null;
  /** Whom the chain says it follows on: the first leaf at height 1 (CHAIN.md 33); null where it says nothing, or that was not read. */
  readonly predecessor: Predecessor | null;
  readonly mainChain: readonly SequencedBlock[];
}
