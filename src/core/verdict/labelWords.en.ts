/** What a label means (DESIGN §3.5), for whoever shows one. */
export const labelWords: Readonly<Record<string, { readonly title: string; readonly meaning: string }>> = {
  simulated: {
    title: 'Simulated',
    meaning:
      'The enclave is a simulator: no hardware vouches for it. Good for trying things out, worth nothing as evidence.',
  },
  development: {
    title: 'Development key',
    meaning: 'A key that is published for development signed this, so anybody could have. Worth nothing as evidence.',
  },
  'development consensus': {
    title: 'Development consensus',
    meaning:
      'One machine runs all validators of this ledger, so their seals agree with one another and prove nothing to others.',
  },
  debug: {
    title: 'Debug enclave',
    meaning: 'The enclave ran in debug mode: its operator could look inside and change it.',
  },
  'own root': {
    title: 'Own root',
    meaning: 'Judged under a root that this chain’s pin names, not under the built-in public root.',
  },
  'certifies no content': {
    title: 'Certifies no content',
    meaning: 'The certificate is about the digest of nothing, or about no digest: it says nothing about any file.',
  },
  'recorded nowhere': {
    title: 'Recorded nowhere',
    meaning: 'Issued for a test and put on no ledger: anyone could have made it.',
  },
  'test network': {
    title: 'Test network',
    meaning: 'Recorded on a network for tests, which anyone may run, reset or shut down.',
  },
  'from checkpoint': {
    title: 'From a checkpoint',
    meaning: 'The audit began at a pinned checkpoint: nothing before it was judged.',
  },
  'earlier trees unread': {
    title: 'Earlier trees unread',
    meaning: 'Some earlier blocks’ contents were not read, so the same thing may also have been recorded before.',
  },
};
