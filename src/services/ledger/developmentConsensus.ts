/** How everything that comes from here is labelled: one person runs all validators, so that their seals prove nothing to others. */
export const developmentConsensus = 'development consensus';

/** No public network has it, so that no wallet takes this ledger for another. */
export const developmentChainId = 412_346;
