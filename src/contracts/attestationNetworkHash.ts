import { runningHashOf } from './runningHashOf.ts';
import { attestationNetworkAbi, attestationNetworkTopics } from './attestationNetwork.ts';

/** Follows the running hash of AttestationNetwork.sol through its logs; see `runningHashOf`. */
export const attestationNetworkHash = runningHashOf(attestationNetworkAbi, attestationNetworkTopics);
