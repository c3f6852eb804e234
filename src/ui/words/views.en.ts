import { words } from './words.ts';

/** Words of the views of single kinds of evidence. */
export const views = words('views', {
  certificate: {
    headline: {
      verified: '{what} was recorded {between}, on the chain “{chain}”, as far as shown up to number {through}.',
      rejected: 'This certificate says that a record was made {between}.',
      undetermined: 'This certificate says that a record was made {between}.',
      unread: 'This certificate cannot be read.',
    },
    thisRecord: 'The record that this certificate names',
    thisFile: '“{name}”',
    claim: 'What it claims',
    record: 'Digest of the record, H(d)',
    between: 'Recorded between',
    and: 'and',
    skew: 'Clock tolerance',
    skewText: '{seconds}, as you allow',
    chain: 'Chain',
    genesis: 'Block zero, H(b₀)',
    height: 'Height of the block',
    leaf: 'Place in the block',
    leafText: 'leaf {leaf} of {leaves}, counted from 0',
    block: 'Block, H(b)',
    blocks: 'Blocks in it',
    path: 'Why the record is in the block',
    unpinnedName: 'chain {genesis}',
    unpinnedChain: 'not pinned: {genesis}',
    printTitle: 'Certificate',
    printCheck: 'How to check it',
    printCheckText:
      'This page proves nothing by itself: the file “{name}” does. Give it to the check page of Affidavit or to the command below, and compare seal and digest with these.',
    sequencer: 'Sequencer’s key, digest',
    issuerKey: 'Its key, digest',
    leafAlone: 'leaf {leaf}, counted from 0',
    sheetDigest: 'Digest of this certificate',
    qr: 'Address of the check page, with the digest',
    issuer: 'Timestamp service',
  },
  trust: {
    headline: { verified: 'This trust file would pin {count}.', other: 'This trust file cannot be used.' },
    changes: 'What it would change',
    added: 'Would be pinned',
    same: 'Everything in it is pinned already.',
    changed: 'Contradicts what is pinned',
  },
  equivocation: {
    headline: {
      verified: 'This sequencer signed two things that contradict each other, so it cannot be trusted.',
      rejected: 'This does not show that a sequencer contradicts itself.',
      undetermined: 'This says that a sequencer contradicts itself.',
    },
    documents: 'The two documents',
    number: 'Number {k}',
    document: 'Document {number}',
  },
} as const);
