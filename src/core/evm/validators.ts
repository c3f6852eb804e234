import type { Hex } from './hex.ts';
import { majorityOf } from './seals/consensus.ts';
import type { Sealed } from './seals/sealed.ts';

/** The default of Besu, Quorum and Clique; what a network has chosen otherwise must be pinned as ranges. */
const defaultEpoch = 30_000;

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

  constructor(pinned: Iterable<Hex>, epoch = defaultEpoch) {
    this.#members = new Set(pinned);
    this.#epoch = epoch;
  }

  get members(): readonly Hex[] {
    return [...this.#members].sort();
  }

  get size(): number {
    return this.#members.size;
  }

  has(address: Hex): boolean {
    return this.#members.has(address);
  }

  /** Whether a header lists exactly this set, in any order. */
  equals(listed: readonly Hex[]): boolean {
    return listed.length === this.#members.size && listed.every((address) => this.#members.has(address));
  }

  /** Moves past a block whose seals hold: the set is from then on that of its child. */
  follow(number: number, { vote }: Sealed): void {
    if (number % this.#epoch === 0) {
      this.#tallies.clear();
      return;
    }
    if (!vote || !this.#members.has(vote.voter)) return;
    const tally = this.#tallies.get(vote.candidate) ?? { add: new Set(), drop: new Set() };
    this.#tallies.set(vote.candidate, tally);
    (vote.add ? tally.add : tally.drop).add(vote.voter);
    (vote.add ? tally.drop : tally.add).delete(vote.voter);
    const enough = majorityOf(this.#members.size);
    if (tally.add.size >= enough) this.#admit(vote.candidate);
    else if (tally.drop.size >= enough) this.#expel(vote.candidate);
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
