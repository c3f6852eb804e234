import type { EvmPin } from '../trust/trust.ts';
import type { Hex } from './hex.ts';
import { majorityOf } from './seals/consensus.ts';
import type { Sealed, Vote } from './seals/sealed.ts';

/** The default of Besu, Quorum and Clique; what a network has chosen otherwise is pinned. */
const defaultEpoch = 30_000;

export interface SetOptions {
  /** Blocks of an epoch. */
  readonly epoch?: number | undefined;
  /** Votes of the present epoch that have not decided anything yet. */
  readonly votes?: readonly Vote[];
  /** Whether votes may have been cast in this epoch that nobody has told: until it ends, what a vote decides is open. */
  readonly votesUnknown?: boolean;
}

interface Tally {
  readonly add: Set<Hex>;
  readonly drop: Set<Hex>;
}

/**
 * The set of validators, followed forward from a pinned one through the votes in headers: QBFT and IBFT 2.0 (Besu's VoteTally), IBFT 1 and Clique (EIP-225).
 * A vote counts once for each voter and candidate, the latest; more than half of the set decides; votes are forgotten at every epoch's beginning. What a
 * header lists of itself is never the source of the set.
 */
export class ValidatorSet {
  readonly #members: Set<Hex>;
  readonly #epoch: number;
  readonly #tallies = new Map<Hex, Tally>();
  #votesUnknown: boolean;
  #openAt: number | undefined;

  constructor(pinned: Iterable<Hex>, { epoch = defaultEpoch, votes = [], votesUnknown = false }: SetOptions = {}) {
    this.#members = new Set(pinned);
    this.#epoch = epoch;
    this.#votesUnknown = votesUnknown;
    for (const vote of votes) if (this.#members.has(vote.voter)) this.#count(vote);
  }

  get members(): readonly Hex[] {
    return [...this.#members].sort();
  }

  get size(): number {
    return this.#members.size;
  }

  /** Number of the block whose vote may have decided something or not, as earlier votes are not known: from there on the set is open. */
  get openAt(): number | undefined {
    return this.#openAt;
  }

  has(address: Hex): boolean {
    return this.#members.has(address);
  }

  /** Whether a header lists exactly this set, in any order. */
  equals(listed: readonly Hex[]): boolean {
    return listed.length === this.#members.size && listed.every((address) => this.#members.has(address));
  }

  /** Moves past a block whose seals hold: the set is from then on that of its child. */
  follow(number: number, { vote }: Pick<Sealed, 'vote'>): void {
    if (number % this.#epoch === 0) {
      this.#tallies.clear();
      this.#votesUnknown = false;
      return;
    }
    if (!vote || !this.#members.has(vote.voter)) return;
    const tally = this.#count(vote);
    const enough = majorityOf(this.#members.size);
    if (tally.add.size >= enough) this.#admit(vote.candidate);
    else if (tally.drop.size >= enough) this.#expel(vote.candidate);
    else if (this.#votesUnknown && vote.add !== this.#members.has(vote.candidate)) this.#openAt ??= number;
  }

  #count({ candidate, add, voter }: Vote): Tally {
    const tally = this.#tallies.get(candidate) ?? { add: new Set(), drop: new Set() };
    this.#tallies.set(candidate, tally);
    (add ? tally.add : tally.drop).add(voter);
    (add ? tally.drop : tally.add).delete(voter);
    return tally;
  }

  #admit(candidate: Hex): void {
    this.#members.add(candidate);
    this.#tallies.delete(candidate);
  }

  /** Whoever is put out takes all votes of its own along. */
  #expel(candidate: Hex): void {
    this.#members.delete(candidate);
    this.#tallies.delete(candidate);
    for (const { add, drop } of this.#tallies.values()) {
      add.delete(candidate);
      drop.delete(candidate);
    }
  }
}

/** First block of the epoch that a block belongs to. */
export function epochStart({ epoch = defaultEpoch }: Pick<EvmPin, 'epoch'>, number: number): number {
  return number - (number % epoch);
}

/** What of a header the set is followed through. */
interface Followed {
  readonly header: { readonly number: number };
  readonly sealed: Pick<Sealed, 'vote' | 'listed'>;
}

/**
 * The pinned set as it stands before the block `first`. Which votes of its epoch were cast before is known where the epoch has just begun, where the checkpoint says so, or where
 * the headers from the epoch's beginning up to the checkpoint are there: they are as good as its hash, so that what the first of them lists may be counted from.
 * @param before headers that lead to the checkpoint by their hashes, in a row up to `first`
 */
export function openSet(pin: EvmPin, first: number, before: readonly Followed[] = []): ValidatorSet {
  const pinned = (pin.validators ?? []) as readonly Hex[];
  const { epoch, checkpoint } = pin;
  const start = epochStart(pin, first);
  if (first - start <= 1) return new ValidatorSet(pinned, { epoch });
  if (checkpoint?.number === first && checkpoint.votes) {
    return new ValidatorSet(pinned, { epoch, votes: checkpoint.votes as readonly Vote[] });
  }
  const from = before.findIndex(({ header }) => header.number === start);
  const listed = before[from]?.sealed.listed;
  if (checkpoint?.number === first && listed) {
    const counted = new ValidatorSet(listed, { epoch });
    for (const { header, sealed } of before.slice(from)) counted.follow(header.number, sealed);
    if (counted.equals(pinned)) return counted;
  }
  return new ValidatorSet(pinned, { epoch, votesUnknown: true });
}
