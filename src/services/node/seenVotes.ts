import type { Hex } from '../../core/evm/hex.ts';
import { voteId, type SignedVote } from '../../core/network/vote.ts';

/** Two different votes that one key has signed for one request and epoch. */
export interface Conflict {
  readonly key: Hex;
  readonly first: SignedVote;
  readonly second: SignedVote;
}

/** Every vote that a node has seen, from the ledger or from others; of each key, request and epoch two different ones at most. */
export class SeenVotes {
  readonly #seen = new Map<string, SignedVote>();
  readonly #conflicts = new Map<Hex, Conflict>();

  /** @param key that was recovered from the signature */
  add(key: Hex, signed: SignedVote): void {
    const place = `${key} ${signed.vote.requestId} ${signed.vote.epoch}`;
    const first = this.#seen.get(place);
    if (!first) this.#seen.set(place, signed);
    else if (!this.#conflicts.has(key) && voteId(first.vote) !== voteId(signed.vote)) {
      this.#conflicts.set(key, { key, first, second: signed });
    }
  }

  /** One for each key. */
  conflicts(): readonly Conflict[] {
    return [...this.#conflicts.values()];
  }

  /** Votes of epochs before this one can no longer be compared with new ones that anybody takes. */
  forget(before: number): void {
    for (const [place, { vote }] of this.#seen) if (vote.epoch < before) this.#seen.delete(place);
  }
}
