import { runningHashOf } from './runningHashOf.ts';
import { proofOfExecutionAbi, proofOfExecutionTopics } from './proofOfExecution.ts';

/** Follows the running hash of ProofOfExecution.sol through its logs; see `runningHashOf`. */
export const proofOfExecutionHash = runningHashOf(proofOfExecutionAbi, proofOfExecutionTopics);
