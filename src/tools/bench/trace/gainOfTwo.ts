import { median } from '../sideBySide.ts';
import type { Done } from './twoProcesses.ts';

/** The same work by one process and by two at a time. */
export interface RoundOfTwo {
  readonly one: Done;
  readonly two: readonly Done[];
}

/** What two do beside one: the median over rounds, and the least and the greatest of them. */
export interface Gain {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
}

/** Of the clock: a process that had a processor for less than this share of its time tells of other programs, not of its work. */
const leastShare = 0.9;
/** Two processes do not do more than twice what one does; what is above by more than a clock errs is no measurement. */
const mostGain = 2.1;
const fewestRounds = 3;

/** How much more two did than one in a round, each in its own time. */
export function gainOf({ one, two }: RoundOfTwo, by: 'elapsed' | 'processor'): number {
  const rate = (done: Done): number => done.amount / done[by];
  return two.reduce((sum, each) => sum + rate(each), 0) / rate(one);
}

/**
 * Over several rounds, beside others of the same rounds where these are given, as a share of theirs. By the clock, rounds in which another program had a
 * processor are left out; by processor time none need be.
 * @returns undefined where fewer than three rounds are left that can be true
 */
export function gainOfTwo(
  rounds: readonly RoundOfTwo[],
  by: 'elapsed' | 'processor',
  beside?: readonly RoundOfTwo[],
): Gain | undefined {
  const gains: number[] = [];
  for (const [index, round] of rounds.entries()) {
    const other = beside?.[index];
    const both = other ? [round, other] : [round];
    if (!both.every((each) => isPossible(each, by))) continue;
    gains.push(gainOf(round, by) / (other ? gainOf(other, by) : 1));
  }
  if (gains.length < fewestRounds) return undefined;
  return { median: median(gains), least: Math.min(...gains), greatest: Math.max(...gains) };
}

function isPossible(round: RoundOfTwo, by: 'elapsed' | 'processor'): boolean {
  const gain = gainOf(round, by);
  if (!(gain > 0 && gain <= mostGain)) return false;
  return by === 'processor' || [round.one, ...round.two].every((each) => each.processor >= leastShare * each.elapsed);
}
