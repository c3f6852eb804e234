import type { TaskState } from '../../contracts/taskState.ts';
import type { Hex } from '../evm/hex.ts';
import { hexOf, secondsOf, type ContractEvent } from './contractEvent.ts';

/** The rules of the contract, by the check that speaks of each. */
export type TaskRule = 'TASK_STEPS' | 'TASK_ACTORS' | 'TASK_OFFER' | 'TASK_DEADLINE' | 'TASK_TIMES';

/** Where an event breaks a rule, or where it cannot be told for want of another event. */
export interface Finding {
  readonly rule: TaskRule;
  readonly reason: string;
  readonly step: ContractEvent;
}

/** One step of a task and where it took it. */
export interface Move {
  readonly step: ContractEvent;
  readonly from: TaskState;
  readonly to: TaskState;
  readonly broken: readonly Finding[];
}

/** A task as its events leave it. */
export interface FollowedTask {
  readonly state: TaskState;
  readonly owner: Hex | undefined;
  readonly deadline: number;
  /** Named by the approval. */
  readonly processor: Hex | undefined;
  /** The offer that is matched or approved. */
  readonly offer: bigint | undefined;
  readonly matchedByOwner: boolean;
  /** Block time of the approval, then the claimed start: what the contract remembers in `since`. */
  readonly since: number;
  readonly moves: readonly Move[];
  /** The event that advertised the offer. */
  readonly advertised: ContractEvent | undefined;
  readonly open: readonly Finding[];
}

/** How far a processor's clock may lie from that of the blocks, in seconds (CLOCK_ALLOWANCE). */
export const clockAllowance = 60;

interface Offer {
  readonly event: ContractEvent;
  readonly until: number;
  taken: boolean;
}

/** States in which each event may come, and the state that it leads to; annotations lead nowhere. */
const transitions: Readonly<Record<string, { readonly from: readonly TaskState[]; readonly to?: TaskState }>> = {
  TaskSubmitted: { from: ['none'], to: 'submitted' },
  TaskMatched: { from: ['submitted', 'matched'], to: 'matched' },
  MatchWithdrawn: { from: ['matched'], to: 'submitted' },
  MatchApproved: { from: ['matched'], to: 'approved' },
  TaskStarted: { from: ['approved'], to: 'started' },
  TaskCompleted: { from: ['started'], to: 'completed' },
  TaskFailed: { from: ['approved', 'started'], to: 'failed' },
  TaskCancelled: { from: ['submitted', 'matched', 'approved'], to: 'cancelled' },
  TaskExpired: { from: ['submitted', 'matched', 'approved', 'started'], to: 'expired' },
  TaskAnnotated: {
    from: ['submitted', 'matched', 'approved', 'started', 'completed', 'failed', 'cancelled', 'expired'],
  },
};

/** Follows one task through all events that were proven of its contract, in their order, by the contract's own rules. */
export function followTask(events: readonly ContractEvent[], id: bigint): FollowedTask {
  const follower = new Follower();
  for (const step of events) follower.take(step, id);
  return follower.result();
}

class Follower {
  #state: TaskState = 'none';
  #owner: Hex | undefined;
  #deadline = 0;
  #processor: Hex | undefined;
  #offer: bigint | undefined;
  #matchedByOwner = false;
  #since = 0;
  readonly #offers = new Map<bigint, Offer>();
  readonly #moves: Move[] = [];
  readonly #open: Finding[] = [];
  #broken: Finding[] = [];

  take(step: ContractEvent, id: bigint): void {
    if (step.name === 'ResourcesAdvertised') {
      this.#offers.set(step.id, { event: step, until: secondsOf(step, 'until'), taken: false });
      return;
    }
    if (step.id === id) this.#move(step);
    // Whoever is approved with an offer takes it, for whichever task.
    const offer = step.name === 'MatchApproved' ? this.#offers.get(step.values['offer'] as bigint) : undefined;
    if (offer) offer.taken = true;
  }

  result(): FollowedTask {
    return {
      state: this.#state,
      owner: this.#owner,
      deadline: this.#deadline,
      processor: this.#processor,
      offer: this.#offer,
      matchedByOwner: this.#matchedByOwner,
      since: this.#since,
      moves: this.#moves,
      advertised: this.#offer === undefined ? undefined : this.#offers.get(this.#offer)?.event,
      open: this.#open,
    };
  }

  #move(step: ContractEvent): void {
    this.#broken = [];
    const from = this.#state;
    const { from: allowed, to = from } = transitions[step.name] ?? { from: [] };
    if (!allowed.includes(from)) {
      this.#break('TASK_STEPS', step, `It is ${from === 'none' ? 'not submitted' : from}, so that step cannot come.`);
    }
    this.#inTime(step);
    this.#apply(step);
    this.#state = to;
    this.#moves.push({ step, from, to, broken: this.#broken });
  }

  #apply(step: ContractEvent): void {
    switch (step.name) {
      case 'TaskSubmitted':
        this.#owner = step.by;
        this.#deadline = secondsOf(step, 'deadline');
        return;
      case 'TaskMatched':
        return this.#matched(step);
      case 'MatchWithdrawn':
        this.#sameOffer(step);
        this.#byEither(step, this.#offers.get(this.#offer ?? 0n)?.event.by);
        this.#offer = undefined;
        this.#matchedByOwner = false;
        return;
      case 'MatchApproved':
        return this.#approved(step);
      case 'TaskStarted':
        this.#by(step, this.#processor, 'the processor whom the approval named');
        return this.#started(step);
      case 'TaskCompleted':
        this.#by(step, this.#processor, 'the processor whom the approval named');
        return this.#completed(step);
      case 'TaskFailed':
        return this.#by(step, this.#processor, 'the processor whom the approval named');
      case 'TaskCancelled':
        return this.#by(step, this.#owner, 'the owner');
      default:
        return this.#byEither(step, this.#processor);
    }
  }

  #matched(step: ContractEvent): void {
    const offer = this.#standing(step);
    const byOwner = step.by === this.#owner;
    if (this.#state === 'matched' && !byOwner) {
      this.#break('TASK_ACTORS', step, 'Only the owner may match over a match that waits for approval.');
    }
    if (!byOwner && offer && step.by !== offer.event.by) {
      this.#break('TASK_ACTORS', step, `${step.by} is neither the owner nor who made the offer.`);
    }
    if (offer && offer.event.by === this.#owner) {
      this.#break('TASK_ACTORS', step, 'The owner stands on both sides.');
    }
    this.#offer = step.values['offer'] as bigint;
    this.#matchedByOwner = byOwner;
  }

  #approved(step: ContractEvent): void {
    this.#sameOffer(step);
    const offer = this.#standing(step);
    const counterpart = this.#matchedByOwner ? offer?.event.by : this.#owner;
    if (counterpart !== undefined && step.by !== counterpart) {
      const reason = `${step.by} approved; the side that did not match is ${counterpart}.`;
      this.#break('TASK_ACTORS', step, reason);
    }
    // Without the advertisement the contract's own rule says who it is where the owner matched.
    this.#processor = offer?.event.by ?? (this.#matchedByOwner ? step.by : undefined);
    this.#since = step.event.timestamp;
  }

  #started(step: ContractEvent): void {
    const claimed = secondsOf(step, 'startedAt');
    if (claimed + clockAllowance < this.#since) {
      this.#break('TASK_TIMES', step, 'The start is said to be before the approval.');
    }
    this.#notAhead(step, claimed, 'start');
    this.#since = claimed;
  }

  #completed(step: ContractEvent): void {
    const claimed = secondsOf(step, 'endedAt');
    if (claimed < this.#since) this.#break('TASK_TIMES', step, 'The end is said to be before the start.');
    this.#notAhead(step, claimed, 'end');
  }

  #notAhead(step: ContractEvent, claimed: number, what: string): void {
    if (claimed > step.event.timestamp + clockAllowance) {
      this.#break('TASK_TIMES', step, `The ${what} is said to be after the block that records it.`);
    }
  }

  /** The offer of a match or an approval, which must have been made before, be valid and be free. */
  #standing(step: ContractEvent): Offer | undefined {
    const id = step.values['offer'] as bigint;
    const offer = this.#offers.get(id);
    if (!offer) {
      this.#open.push({
        rule: 'TASK_OFFER',
        step,
        reason: `The event that made offer ${id} is not among those shown.`,
      });
      return undefined;
    }
    if (step.event.timestamp > offer.until) this.#break('TASK_OFFER', step, `Offer ${id} had lapsed.`);
    if (offer.taken) this.#break('TASK_OFFER', step, `Offer ${id} was taken already.`);
    return offer;
  }

  #sameOffer(step: ContractEvent): void {
    const offer = step.values['offer'] as bigint;
    if (this.#offer === undefined || offer === this.#offer) return;
    this.#break('TASK_OFFER', step, `It names offer ${offer}; matched was ${this.#offer}.`);
  }

  #inTime(step: ContractEvent): void {
    if (step.name === 'TaskSubmitted') {
      if (step.event.timestamp > secondsOf(step, 'deadline'))
        this.#break('TASK_DEADLINE', step, 'It was submitted after its own deadline.');
      return;
    }
    if (step.name === 'TaskAnnotated' || this.#state === 'none') return;
    const isLate = step.event.timestamp > this.#deadline;
    if (step.name === 'TaskExpired' && !isLate)
      this.#break('TASK_DEADLINE', step, 'It expired before its deadline had passed.');
    if (step.name !== 'TaskExpired' && isLate)
      this.#break('TASK_DEADLINE', step, 'It moved on after its deadline had passed.');
  }

  #by(step: ContractEvent, who: Hex | undefined, name: string): void {
    if (who !== undefined && step.by !== who) {
      this.#break('TASK_ACTORS', step, `${step.by} took it; ${name} is ${who}.`);
    }
    if (who === undefined && this.#state !== 'none') {
      this.#open.push({ rule: 'TASK_ACTORS', step, reason: `Who ${name} is cannot be told from the events shown.` });
    }
  }

  #byEither(step: ContractEvent, processor: Hex | undefined): void {
    if (step.by === this.#owner || step.by === processor) return;
    const reason = `${step.by} is neither the owner nor the processor.`;
    if (processor === undefined && this.#offer !== undefined) this.#open.push({ rule: 'TASK_ACTORS', step, reason });
    else this.#break('TASK_ACTORS', step, reason);
  }

  #break(rule: TaskRule, step: ContractEvent, reason: string): void {
    this.#broken.push({ rule, step, reason });
  }
}

/** The value of an event of the task by its name, or undefined where that step was not taken. */
export function valueOf({ moves }: FollowedTask, name: ContractEvent['name'], value: string): Hex | undefined {
  const move = moves.findLast(({ step }) => step.name === name);
  return move && hexOf(move.step, value);
}
