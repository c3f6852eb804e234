import { runningHashOf } from './runningHashOf.ts';
import { reportAnchorAbi, reportAnchorTopics } from './reportAnchor.ts';

/** Follows the running hash of ReportAnchor.sol through its logs; see `runningHashOf`. */
export const reportAnchorHash = runningHashOf(reportAnchorAbi, reportAnchorTopics);
