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
    /** By the file’s name; where there is none the host’s own title is shown. */
    titles: {
      'chain.affidavit.json': 'A certificate: this record was written between two times',
      'tampered.affidavit.json': 'The same certificate with an earlier time written into it',
      'unpinned.affidavit.json': 'A certificate of a chain that nobody has pinned yet',
      'attestation.nitro.bin': 'What the sequencer’s enclave (simulated) said about one block',
      'other-image.nitro.bin': 'The same, where another enclave image was expected: registers side by side',
      'timestamp.jwt': 'What the timestamp service said about the same block',
      'trust.json': 'The trust file: what all of these are judged by',
      'other-image.trust.json': 'A trust file that pins another enclave image',
      'event.trace-proof.json':
        'A proof that a program called a function with 6 and 7 and got 42, and nothing else of its run',
      'tampered.trace-proof.json': 'The same proof with another result written into it',
      'run.trace': 'The whole trace of that run, which nobody has run again yet',
      'trace.trust.json': 'The trust file of these: the machine that signed them',
    } as Readonly<Record<string, string>>,
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
