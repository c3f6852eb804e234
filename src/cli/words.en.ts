import type { TimeSource } from '../core/kinds/kind.ts';

export const timeSourceWords: Readonly<Record<TimeSource, string>> = {
  signed: 'the time signed in the evidence itself',
  given: 'the time that you gave',
  now: 'the present, because it was chosen or the evidence has no signed time',
};

/** What a label means; a label without words is shown all the same. */
export const labelWords: Readonly<Record<string, string>> = {
  simulated: 'the enclave is a simulator, no hardware vouches for it. Worth nothing as evidence.',
  development: 'a key that is published for development signed this, so anybody could have. Worth nothing as evidence.',
  debug: 'the enclave ran in debug mode: its operator could look inside and change it.',
  'certifies no content': 'it is about the digest of nothing, or about no digest. It says nothing about any file.',
  'recorded nowhere': 'issued for a test and put on no ledger: anyone could have made it.',
  'test network': 'recorded on a network for tests, which anyone may run, reset or shut down.',
  'from checkpoint': 'nothing before the pinned checkpoint was judged.',
  'earlier trees unread': 'the content of some earlier blocks could not be read, so an earlier record may exist.',
};
