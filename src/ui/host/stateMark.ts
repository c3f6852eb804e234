import type { Seat } from '../../core/host/details.ts';
import type { Status } from '../../core/verdict/status.ts';

/** The shape of what came of a validator: closed where it counts, broken where it is refused, open where it is not known, nothing where nothing came. */
export function stateMark(state: Seat['state']): Status | 'pending' {
  if (state === 'counted' || state === 'host') return 'pass';
  if (state === 'silent' || state === 'stranger') return 'pending';
  return state === 'open' || state.startsWith('duplicate') ? 'unknown' : 'fail';
}
