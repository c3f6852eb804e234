/** `State` of ProofOfExecution.sol, by its number. */
export const taskStates = [
  'none',
  'submitted',
  'matched',
  'approved',
  'started',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const;

export type TaskState = (typeof taskStates)[number];
