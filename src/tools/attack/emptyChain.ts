/** What an audit leaves open where nothing of the chain could be read. */
export const emptyChain = [
  'CHAIN_GENESIS unknown',
  'CHAIN_SEQUENCE_GAP unknown',
  'CHAIN_SEQUENCE_INVALID unknown',
  'CHAIN_SEQUENCE_BLOCK unknown',
  'CHAIN_ORDER unknown',
  'CHAIN_EQUIVOCATION unknown',
  'CHAIN_TIMESTAMP unknown',
  'CHAIN_ATTESTATION unknown',
  'CHAIN_MEASUREMENT unknown',
  'CHAIN_TIME_ORDER unknown',
  'CHAIN_TIME_ATTESTED unknown',
  'CHAIN_TREE unknown',
];
