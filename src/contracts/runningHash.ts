import { runningHashOf } from './eventHash.ts';
import { proofOfExecutionAbi, proofOfExecutionTopics } from './proofOfExecution.ts';

export type { ContractLog, RunningHash } from './eventHash.ts';

/** Follows the running hash of ProofOfExecution.sol through its logs; see `runningHashOf`. */
export const runningHash = runningHashOf(proofOfExecutionAbi, proofOfExecutionTopics);
