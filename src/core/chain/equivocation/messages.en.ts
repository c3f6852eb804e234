import type { Messages } from '../../verdict/messages.ts';

export const equivocationMessages = {
  EQUIVOCATION_FORM: {
    title: 'The file holds two documents of one chain',
    pass: 'The file names a chain and holds two documents.',
    fail: 'The file is not a whole proof: {reason}',
    action: 'Ask for the file again.',
  },
  EQUIVOCATION_PINNED: {
    title: 'The chain is pinned in your trust file',
    pass: 'The chain “{chain}” is pinned in your trust file.',
    unknown: 'Your trust file does not pin the chain with block zero {genesis} and all of its keys.',
    action: 'Pin the chain from a source that you trust.',
  },
  EQUIVOCATION_DOCUMENT: {
    title: 'Document {number} is a genuine attestation by the chain’s sequencer',
    pass: 'Document {number} is a genuine attestation of number {k} by the chain’s sequencer.',
    fail: 'Document {number} is no genuine attestation by the chain’s sequencer: {reason}',
    action: 'Without two genuine documents nothing is shown against the sequencer.',
  },
  EQUIVOCATION_CONTRADICTION: {
    title: 'The two contradict each other',
    pass: 'The two contradict each other: {how}. The sequencer cannot be trusted.',
    fail: 'The two do not contradict each other: they are about {how}.',
    unknown: 'Whether the two contradict each other cannot be told before both are known to be genuine.',
  },
} as const satisfies Messages;
