import { runningHashOf } from './runningHashOf.ts';
import { revocationRegistryAbi, revocationRegistryTopics } from './revocationRegistry.ts';

/** Follows the running hash of RevocationRegistry.sol through its logs; see `runningHashOf`. */
export const revocationRegistryHash = runningHashOf(revocationRegistryAbi, revocationRegistryTopics);
