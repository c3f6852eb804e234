import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import type { Hex } from './hex.ts';
import type { CounterState } from './knownContracts.ts';

/** How it is known that no event was left out of a range of blocks. */
export interface Completeness {
  /**
   * `bloom`: every header of the range was tested and the receipts of each hit are proven. `counter`: the contract's own count and running hash at the end of
   * the range, proven from its storage, are those of the events. `none`: neither.
   */
  readonly how: 'bloom' | 'counter' | 'none';
  readonly from: number;
  readonly to: number;
  /** Headers whose bloom was tested. */
  readonly tested: number;
  /** Blocks whose bloom may hold an event, with the receipts of all of them proven. */
  readonly opened: number;
  /** The contract's own count and hash, where they were compared and are equal. */
  readonly counter?: CounterState;
}

/** What came of comparing the contract's counter with the events. */
export type CounterFinding =
  | { readonly kind: 'equal'; readonly state: CounterState }
  | {
      readonly kind: 'different';
      readonly proven: CounterState;
      readonly counted: CounterState;
      readonly brokenAt?: number;
    }
  | { readonly kind: 'impossible'; readonly reason: string };

export interface CompletenessInput {
  readonly from: number;
  readonly to: number;
  /** Whether every header from `from` to `to` was read, is relied upon, and was tested. */
  readonly allTested: boolean;
  readonly tested: number;
  readonly opened: number;
  /** Whether the receipts of every block that was opened are proven. */
  readonly allProven: boolean;
  readonly events: number;
  readonly counter: CounterFinding;
}

const spec = 'Ethereum Yellow Paper §4.3.1 (logs bloom); DESIGN §5';

/** Inclusion is not enough: a node may leave events out. The report says which of the two ways closed the range. */
export function judgeCompleteness(input: CompletenessInput): {
  readonly check: Check;
  readonly completeness: Completeness;
} {
  const { from, to, allTested, allProven, tested, opened, events, counter } = input;
  const bloom = allTested && allProven;
  const params = { from, to, tested, opened, events };
  const state = counter.kind === 'equal' ? counter.state : undefined;
  const how = counter.kind === 'different' ? 'none' : state ? 'counter' : bloom ? 'bloom' : 'none';
  const completeness = { how, from, to, tested, opened, ...(state ? { counter: state } : {}) } as const;
  if (counter.kind === 'different') {
    const { proven, counted } = counter;
    const reason = `Its storage says that there were ${proven.count} events with the running hash ${shown(proven.hash)}; those that were shown make ${counted.count} with ${shown(counted.hash)}.`;
    return { completeness, check: fail('EVM_COMPLETE', { spec, params: { ...params, how, reason } }) };
  }
  if (how === 'none') {
    const reason = `${allTested ? 'Receipts of some blocks are not proven' : 'Not every block of the range was read'}, and ${
      counter.kind === 'impossible' ? counter.reason : ''
    }`;
    return { completeness, check: unknown('EVM_COMPLETE', { spec, params: { ...params, how, reason } }) };
  }
  const words = state
    ? `the contract's own count (${state.count}) and running hash, proven from its storage${bloom ? ', and by the bloom of every header' : ''}`
    : 'the bloom of every header';
  return { completeness, check: pass('EVM_COMPLETE', { spec, params: { ...params, how, words } }) };
}

function shown(hash: Hex): string {
  return `${hash.slice(0, 18)}…`;
}
