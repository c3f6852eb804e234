import type { Hex } from '../../core/evm/hex.ts';
import type { TaskTimeline } from '../../core/task/timeline.ts';
import type { StepName } from './steps.ts';

/** What of a task decides who may go on with it. */
export type Standing = Pick<TaskTimeline, 'id' | 'state' | 'owner' | 'processor' | 'offer' | 'deadline'> & {
  /** Who made the offer that is matched. */
  readonly offeredBy: Hex | null;
  readonly matchedByOwner: boolean;
};

export type Role = 'owner' | 'processor' | 'stranger';

/**
 * The steps that an account may take, by the contract's rules (src/contracts/README.md), so that nobody is offered what would be refused; the contract
 * decides all the same. Without a task: what begins one. @param now milliseconds since 1970
 */
export function stepsFor(
  standing: Standing | undefined,
  account: Hex,
  now: number,
): { readonly role: Role | undefined; readonly names: readonly StepName[] } {
  if (!standing) return { role: undefined, names: ['submitTask', 'advertise'] };
  const { state, owner, processor, offeredBy, matchedByOwner, deadline } = standing;
  const isOwner = account === owner;
  const isProcessor = account === processor;
  const isOfferer = account === offeredBy;
  const role = isOwner ? 'owner' : isProcessor || isOfferer ? 'processor' : 'stranger';
  const isLate = deadline !== null && now / 1000 > deadline;
  if (isLate) {
    const canExpire = ['submitted', 'matched', 'approved', 'started'].includes(state) && (isOwner || isProcessor);
    return { role, names: canExpire ? ['expire'] : [] };
  }
  const names: StepName[] = [];
  const add = (name: StepName, condition: boolean): void => void (condition && names.push(name));
  // Anybody may have made an offer that is not matched yet, so the contract decides who may match.
  add('matchTask', state === 'submitted' || (state === 'matched' && isOwner));
  add('approve', state === 'matched' && (matchedByOwner ? isOfferer : isOwner));
  add('withdraw', state === 'matched' && (isOwner || isOfferer));
  add('start', state === 'approved' && isProcessor);
  add('complete', state === 'started' && isProcessor);
  add('fail', (state === 'approved' || state === 'started') && isProcessor);
  add('cancel', isOwner && ['submitted', 'matched', 'approved'].includes(state));
  return { role, names };
}
