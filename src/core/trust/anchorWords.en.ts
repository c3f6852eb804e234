import type { AnchorWords } from './describeEntry.ts';

/** What an anchor is, and where it can be had without asking whoever made the evidence. Keyed by the last telling part of its path, after the first part of it where that alone makes it plain. */
export const anchorWords: AnchorWords = {
  genesis: {
    name: 'Block zero',
    from: 'The operator’s own publication: a paper, a repository, a web page under a name that you know.',
  },
  sequencerKey: {
    name: 'Sequencer key',
    from: 'The same publication; it is also inside every enclave document of the chain, where you can compare it.',
  },
  measurements: {
    name: 'Measurement of the enclave image',
    from: 'Build the image from its published source yourself, or ask an auditor who did.',
  },
  'sevSnp.measurements': {
    name: 'Measurement of the virtual machine',
    from: 'Compute it from the published firmware, kernel and settings yourself, or ask an auditor who did.',
  },
  'dcap.measurements': {
    name: 'Measurement of the enclave or trust domain',
    from: 'MRENCLAVE or MRTD: build it from its published source yourself, or ask an auditor who did.',
  },
  holdMeasurements: {
    name: 'Measurement of the image that watches storage holds',
    from: 'Build the image from its published source yourself, or ask an auditor who did.',
  },
  nitroRoots: {
    name: 'Enclave root certificate',
    from: 'For real hardware leave it out: AWS’s root is built in. A root of its own means a simulator or another maker.',
  },
  roots: {
    name: 'Root certificate for Nitro documents',
    from: 'AWS publishes its root; it is built in. Pin another only if you know whose it is and why.',
  },
  jwks: {
    name: 'Key of the timestamp service',
    from: 'The issuer’s own address, followed by /.well-known/jwks.json.',
  },
  issuer: {
    name: 'Issuer of the timestamps',
    from: 'The operator’s publication; for Amazon Cognito it names region and pool.',
  },
  audience: {
    name: 'Audience of the timestamps',
    from: 'The operator’s publication: the client that asks for timestamps.',
  },
  domain: { name: 'Domain of the timestamps', from: 'The operator’s publication.' },
  claim: { name: 'Claim that carries the block', from: 'The operator’s publication.' },
  tokenUse: { name: 'Sort of token', from: 'The operator’s publication.' },
  skewSeconds: { name: 'Clock tolerance', from: 'Your own choice: how far two clocks may differ.' },
  checkpoint: { name: 'Checkpoint', from: 'Your own earlier audit, or somebody’s whom you trust.' },
  buckets: {
    name: 'Storage',
    from: 'The operator’s publication. Nothing that storage says is believed, so a wrong address does no harm.',
  },
  issuers: { name: 'Issuer of tokens', from: 'The service that you use, from its own documentation.' },
  attestationKeys: { name: 'Attestation key of a TPM', from: 'The machine’s owner, at its delivery.' },
  'zk.keys': {
    name: 'Verification key of a proof',
    from: 'Build the circuit from its published source yourself, or ask somebody whom you trust how the key was made.',
  },
  dids: {
    name: 'Document of an identity',
    from: 'From whoever owns the name (did:web: https://NAME/.well-known/did.json), at a time when you trusted it.',
  },
  contexts: { name: 'Vocabulary of credentials', from: 'From its own address, or from the standard that defines it.' },
  'hosts.validators': {
    name: 'Who may vouch for hosts',
    from: 'From whoever runs the network, and from each of those named.',
  },
  'hosts.threshold': {
    name: 'How many of them must vouch',
    from: 'Your own choice: how many of them may be wrong or bought.',
  },
  'hosts.measurements': {
    name: 'Measurement of the host’s environment',
    from: 'Build it from its published source yourself, or ask an auditor who did.',
  },
  vms: {
    name: 'Key of a machine that signs traces',
    from: 'The operator of the machine, who publishes it under a name that you know.',
  },
  auditors: { name: 'Address of an auditor', from: 'The auditor, in person or on a page under a name that you know.' },
  rpc: {
    name: 'Node that is asked',
    from: 'Anybody’s. Nothing that a node says is believed, so a wrong address does no harm.',
  },
  consensus: { name: 'Manner of agreement', from: 'The documentation of the ledger.' },
  validators: { name: 'Those who seal blocks', from: 'Whoever runs the ledger, and each of those named.' },
  quorum: {
    name: 'Seals that a block needs',
    from: 'Your own choice: more than the ledger’s own rule asks for, never fewer.',
  },
  epoch: { name: 'Blocks until votes are forgotten', from: 'The ledger’s genesis file.' },
  maximumAge: {
    name: 'Age that the newest block may have',
    from: 'Your own choice, in seconds: how late you want to notice that newer ones are kept back.',
  },
  'evm.checkpoint': { name: 'Block that is known', from: 'Your own earlier audit, or somebody’s whom you trust.' },
  validatorContract: { name: 'Contract that lists the validators', from: 'The ledger’s genesis file.' },
  beacon: {
    name: 'Where a light client begins',
    from: 'Several nodes that do not depend on one another, or somebody whom you trust.',
  },
  contracts: { name: 'Contract', from: 'Whoever put it on the ledger, from their own publication.' },
};
