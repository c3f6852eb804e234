import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';

/**
 * Where the processor of a task can die: when a step is on disk, when a node has its transaction, when that is in a block, and while the program runs;
 * and how the ledger must have the task after the next start.
 */
export const taskBoundaries = {
  'advertise sent': 'none',
  'advertise taken': 'none',
  'noted offered': 'none',
  'noted approving': 'matched',
  'approve sent': 'failed',
  'approve taken': 'failed',
  'noted starting': 'failed',
  'start sent': 'failed',
  'start taken': 'failed',
  running: 'failed',
  'noted ran': 'completed',
  'complete sent': 'completed',
  'complete taken': 'completed',
  'noted completed': 'completed',
  'fail sent': 'failed',
  'fail taken': 'failed',
  'noted failed': 'failed',
} as const;

export type TaskBoundary = keyof typeof taskBoundaries;

/** What the processor's process is started with. */
export interface TaskProcessSetting {
  /** Its own: journal, security module. */
  readonly folder: string;
  readonly exchange: string;
  readonly store: string;
  readonly rpc: string;
  readonly pin: EvmPin;
  readonly contract: Hex;
  readonly account: Hex;
  readonly killAt?: TaskBoundary;
  /** Without it one task is worked at after what was left was resumed. */
  readonly resumeOnly?: boolean;
}

/** Each register of the simulated runner. */
export const runnerRegister = new Uint8Array(48).fill(7);
