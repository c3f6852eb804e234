import { words } from './words.ts';

/** Words of the overview. */
export const overview = words('overview', {
  title: 'Did this really happen, and has the record stayed the same since?',
  lead: [
    'Affidavit checks evidence that code ran, on some data, in some environment, at some time.',
    'It fetches the record, verifies every signature and hash inside this browser, and says what holds.',
    'You need not trust whoever wrote the record, whoever stores it, or this page’s server: only what you have pinned.',
  ],
  zoneTitle: 'Drop any file here',
  zoneHint:
    'A certificate is checked. Any other file is looked for on the chains that you have pinned: its digest only, the file stays here.',
  searchLabel: 'Digest of a record, height of a block, name of a chain',
  searchButton: 'Look it up',
  searchNone: '“{text}” is neither a digest (64 hex digits) nor a block or chain that is pinned here.',
  chains: 'Chains that you watch',
  chainsNone: 'No chain is pinned yet. A chain is audited only under what you have pinned for it.',
  chainColumns: { name: 'Chain', verdict: 'Last verdict', blocks: 'Blocks', when: 'Looked at' },
  never: 'not audited yet',
  open: 'Open',
  local: {
    title: 'A chain is being written on this machine',
    text: 'The services that were started with this page write “{name}”. Pinning it means that you accept its block zero, its sequencer’s key and its timestamp service as what you judge it by.',
    action: 'Pin it and watch',
    details: 'What would be pinned',
    earlier: 'Pin it and {count}',
    clash: 'It cannot be pinned beside what is there: {reason}',
    fault: 'The services announce a chain, but not in a form that can be used: {reason}',
  },
  record: {
    title: 'Record a file',
    text: 'Have the digest of a file written into the chain, so that you can prove later that you had it.',
    action: 'Record a file',
  },
  samples: {
    title: 'Try one first',
    text: 'Made by the services of this project, with a simulated enclave and a development key.',
    fault: 'The sample could not be fetched. Try again.',
  },
  dropped: {
    title: '“{name}”',
    isEvidence:
      'This is evidence: {kind}. It is judged on a page of its own, which is not allowed to connect to anything.',
    check: 'Check it',
    isCompanion: 'This is {companion}. It may settle what is open of evidence, beside which it is judged.',
    isTrust: 'This is a trust file. Nothing in it is pinned before you have read it.',
    anchors: 'See what it would pin',
    hashing: 'Its digest is being taken',
    digest: 'Digest of the file',
    searching: 'Being looked for on {chains}',
    found: 'Recorded {between}, on the chain “{chain}”.',
    foundAsDigest: 'by its digest',
    foundAsBytes: 'with all its bytes',
    show: 'Show the record',
    absent: 'It is on none of the chains that you have pinned, as far as shown: neither the file nor its digest.',
    unknown: 'It was not found, but not everything could be read yet.',
    noChains: 'Pin a chain to look for it there.',
    record: 'Record it',
    close: 'Put it away',
  },
} as const);
