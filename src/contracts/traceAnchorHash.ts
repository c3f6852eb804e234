import { runningHashOf } from './runningHashOf.ts';
import { traceAnchorAbi, traceAnchorTopics } from './traceAnchor.ts';

/** Follows the running hash of TraceAnchor.sol through its logs; see `runningHashOf`. */
export const traceAnchorHash = runningHashOf(traceAnchorAbi, traceAnchorTopics);
