import type { Status, Verdict } from '../verdict/status.ts';
import { brokenToothPath, toothPath, type ToothState } from './tooth.ts';

const states: Readonly<Record<Status | Verdict | ToothState, ToothState>> = {
  pass: 'closed',
  verified: 'closed',
  closed: 'closed',
  fail: 'broken',
  rejected: 'broken',
  broken: 'broken',
  unknown: 'open',
  undetermined: 'open',
  open: 'open',
  pending: 'pending',
};

/** The tooth that stands for a status. */
export function toothOf(status: Status | Verdict | ToothState): ToothState {
  return states[status];
}

/** One path of the shape, in a box of 24 × 24: `tape` is stroked, `solid` filled, `outline` stroked finely. */
export interface MarkPath {
  readonly look: 'tape' | 'solid' | 'outline';
  readonly path: string;
}

const shape = { neck: 2.1, head: 3.7, depth: 5.4 };
const open = { ...shape, depth: 4 };
const tape: MarkPath = { look: 'tape', path: 'M1.5 2.5h21M1.5 21.5h21' };

/** The shape of an outcome. */
export const statusDrawing: Readonly<Record<ToothState, readonly MarkPath[]>> = {
  closed: [tape, { look: 'solid', path: toothPath(7.8, 2.5, 17.4, shape) + toothPath(16.2, 21.5, 6.6, shape) }],
  broken: [
    tape,
    { look: 'solid', path: brokenToothPath(7.8, 2.5, 8, shape) + toothPath(16.2, 21.5, 6.6, shape) },
    { look: 'solid', path: 'M4.6 13.2l2-1 1.6 1.5 2.6-1.2 1.3 4.2-6.3 2.2z' },
  ],
  open: [tape, { look: 'outline', path: toothPath(7.8, 2.5, 9.6, open) + toothPath(16.2, 21.5, 14.4, open) }],
  pending: [tape],
};
