import type { ToothState } from '../../core/seal/tooth.ts';

const order: readonly ToothState[] = ['closed', 'pending', 'open', 'broken'];

/** The worse of two states: a broken tooth is never hidden by a closed one. */
export function worse(first: ToothState, second: ToothState): ToothState {
  return order.indexOf(first) >= order.indexOf(second) ? first : second;
}

/** `states` drawn with at most `slots` teeth: neighbours share a tooth, which shows the worst of them. */
export function gather(states: readonly ToothState[], slots: number): readonly ToothState[] {
  if (states.length <= slots) return states;
  const result: ToothState[] = [];
  for (let slot = 0; slot < slots; slot += 1) {
    const start = Math.floor((slot * states.length) / slots);
    const end = Math.max(start + 1, Math.floor(((slot + 1) * states.length) / slots));
    result.push(states.slice(start, end).reduce(worse));
  }
  return result;
}

/** `done` of `total` drawn with `slots` teeth; a tooth closes only when all of its share is done. */
export function progressTeeth(done: number, total: number, slots: number): readonly ToothState[] {
  const closed = total > 0 ? Math.floor((Math.min(done, total) * slots) / total) : 0;
  return Array.from({ length: slots }, (_, index) => (index < closed ? 'closed' : 'pending'));
}

/** How far apart the two rails stand at a tooth, in pixels: nothing where closed, then wider towards the open end as a zipper does. */
export function spreads(states: readonly ToothState[], widest: number): readonly number[] {
  const result = states.map((state) => (state === 'closed' ? 0 : state === 'pending' ? widest : widest * 0.7));
  for (let index = 0; index < result.length; index += 1) {
    if (states[index] !== 'pending') continue;
    const before = index === 0 ? widest : (result[index - 1] ?? 0);
    result[index] = Math.min(widest, before + 2.5);
  }
  return result;
}
