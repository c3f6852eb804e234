import { type Address, zeroAddress } from 'viem';
import type { TaskState } from '../../contracts/taskState.ts';
import type { Step, StepArgs, TaskSlots } from './taskContract.ts';

/** One step by one account. */
export type Command = { [S in Step]: { readonly step: S; readonly from: Address; readonly args: StepArgs<S> } }[Step];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface ModelOffer {
  readonly processor: Address;
  readonly until: bigint;
  taken: boolean;
}

const live: readonly TaskState[] = ['submitted', 'matched', 'approved', 'started'];
const zero = `0x${'00'.repeat(32)}`;
/** What a refused step ends in. */
class Refusal extends Error {}

function demand(holds: boolean, error: string): asserts holds {
  if (!holds) throw new Refusal(error);
}

/** The rules of the README once more, in plain words of another language: what the contract is held against. */
export class TaskModel {
  readonly tasks = new Map<bigint, Mutable<TaskSlots>>();
  readonly offers = new Map<bigint, ModelOffer>();
  /** Names of all events so far. */
  readonly events: string[] = [];
  /** Per task, every state it was in and the block time since when. */
  readonly history = new Map<bigint, { state: TaskState; time: bigint }[]>();

  /** The name of the event, or of the error, that this command ends in at this block time; only the former changes anything. */
  apply(command: Command, time: bigint): { event: string } | { error: string } {
    try {
      const event = this.#step(command, time);
      this.events.push(event);
      for (const [id, { state }] of this.tasks) {
        const past = this.history.get(id) ?? [];
        if (past.at(-1)?.state !== state) this.history.set(id, [...past, { state, time }]);
      }
      return { event };
    } catch (error) {
      if (error instanceof Refusal) return { error: error.message };
      throw error;
    }
  }

  #step({ step, from, args }: Command, time: bigint): string {
    const next = BigInt(this.events.length + 1);
    if (step === 'submitTask') {
      const [program, , , , deadline, metadata] = args;
      demand(program !== zero, 'ZeroHash');
      demand(Buffer.byteLength(metadata) <= 2048, 'TooLong');
      demand(time <= deadline, 'DeadlinePassed');
      const nobody = { matchedByOwner: false, processor: zeroAddress, since: 0n, offer: 0n };
      this.tasks.set(next, { owner: from, deadline, state: 'submitted', ...nobody });
      return 'TaskSubmitted';
    }
    if (step === 'advertise') {
      const [, until, metadata] = args;
      demand(Buffer.byteLength(metadata) <= 2048, 'TooLong');
      demand(time <= until, 'OfferLapsed');
      this.offers.set(next, { processor: from, until, taken: false });
      return 'ResourcesAdvertised';
    }

    const task = this.tasks.get(args[0]);
    const isIn = (...states: readonly TaskState[]) => task !== undefined && states.includes(task.state);
    const inTime = () => demand(task !== undefined && time <= task.deadline, 'DeadlinePassed');
    const byProcessor = () => {
      demand(from === task?.processor, 'NotProcessor');
      inTime();
    };
    const isParty = () => from === task?.owner || from === task?.processor;
    const standing = (id: bigint) => {
      const offer = this.offers.get(id);
      demand(offer !== undefined, 'UnknownOffer');
      demand(!offer.taken, 'OfferTaken');
      demand(time <= offer.until, 'OfferLapsed');
      return offer;
    };

    switch (step) {
      case 'matchTask': {
        const owns = from === task?.owner;
        demand(task !== undefined && (isIn('submitted') || (isIn('matched') && owns)), 'WrongState');
        const { processor } = standing(args[1]);
        demand(processor !== task.owner, 'SameParty');
        demand(owns || from === processor, 'NotParty');
        inTime();
        Object.assign(task, { state: 'matched', matchedByOwner: owns, offer: args[1] });
        return 'TaskMatched';
      }
      case 'withdraw':
        demand(task !== undefined && isIn('matched'), 'WrongState');
        demand(from === task.owner || from === this.offers.get(task.offer)?.processor, 'NotParty');
        inTime();
        Object.assign(task, { state: 'submitted', matchedByOwner: false, offer: 0n });
        return 'MatchWithdrawn';
      case 'approve': {
        demand(task !== undefined && isIn('matched'), 'WrongState');
        demand(task.offer === args[1], 'OtherOffer');
        const processor = this.offers.get(task.offer)?.processor;
        demand(from === (task.matchedByOwner ? processor : task.owner), 'NotCounterpart');
        const offer = standing(task.offer);
        inTime();
        offer.taken = true;
        Object.assign(task, { state: 'approved', processor, since: time });
        return 'MatchApproved';
      }
      case 'start': {
        demand(task !== undefined && isIn('approved'), 'WrongState');
        byProcessor();
        const [, key, startedAt] = args;
        demand(key !== zero, 'ZeroHash');
        demand(startedAt >= task.since - 60n && startedAt <= time + 60n, 'TimeOutOfOrder');
        Object.assign(task, { state: 'started', since: startedAt });
        return 'TaskStarted';
      }
      case 'complete': {
        demand(task !== undefined && isIn('started'), 'WrongState');
        byProcessor();
        const [, result, , attestation, endedAt] = args;
        demand(result !== zero && attestation !== zero, 'ZeroHash');
        demand(endedAt >= task.since && endedAt <= time + 60n, 'TimeOutOfOrder');
        task.state = 'completed';
        return 'TaskCompleted';
      }
      case 'fail':
        demand(task !== undefined && isIn('approved', 'started'), 'WrongState');
        byProcessor();
        task.state = 'failed';
        return 'TaskFailed';
      case 'cancel':
        demand(task !== undefined && isIn('submitted', 'matched', 'approved'), 'WrongState');
        demand(from === task.owner, 'NotOwner');
        inTime();
        task.state = 'cancelled';
        return 'TaskCancelled';
      case 'expire':
        demand(task !== undefined && isIn(...live), 'WrongState');
        demand(isParty(), 'NotParty');
        demand(time > task.deadline, 'DeadlineAhead');
        task.state = 'expired';
        return 'TaskExpired';
      case 'annotate':
        demand(task !== undefined, 'WrongState');
        demand(isParty(), 'NotParty');
        demand((args[2].length - 2) / 2 <= 2048, 'TooLong');
        return 'TaskAnnotated';
    }
  }
}
