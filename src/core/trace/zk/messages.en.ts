import type { Messages } from '../../verdict/messages.ts';

export const zkMessages: Messages = {
  ZK_FORM: {
    title: 'The zero-knowledge proof has its form',
    pass: 'The proof is {bytes} bytes of valid points of the curve, each written in the one way there is.',
    fail: 'The zero-knowledge proof does not have its form. {reason}',
    unknown: 'The zero-knowledge proof was not read.',
    action: 'Get the proof again from whoever made it: it may have been cut or altered on the way.',
  },
  ZK_STATEMENT: {
    title: 'The statement is about this trace, and the one that was asked for',
    pass: 'It states: {what}, from {lo} to {hi}, is among the values that the signed selection commits to.',
    fail: 'The statement is not one about this trace that was asked for. {reason}',
    unknown: 'What is stated could not be read.',
    action: 'Ask for a proof of your own: of the statement that you want, for a nonce that you choose.',
  },
  ZK_SETUP: {
    title: 'The setup of the proof system is one that you trust',
    pass: 'The verification key {key} is one that you have pinned.',
    fail: 'The setup is not one that you trust.',
    unknown: 'The verification key is none that you have pinned. {reason}',
    action:
      'Such proofs convince only who trusts the setup: that at least one of those who took part in it kept nothing. If you do, pin the key ({key}) under zk.keys of your trust file.',
  },
  ZK_PROOF: {
    title: 'The proof holds for the signed selection',
    pass: 'The proof holds: the signed selection contains such a value. Which one, of which event, stays hidden. It says nothing of whether the run was right: that only running the program again can show.',
    fail: 'The proof does not hold for this selection, statement and anchor. {reason}',
    unknown: 'Whether the proof holds could not be checked.',
    action: 'A proof holds for one signed trace, one statement and one nonce: ask for one that was made for these.',
  },
  ZK_NONCE_NOT_ASKED: {
    title:
      'You gave no nonce of yours to compare: the proof is bound to {nonce}, and may have been made for somebody else.',
  },
  ZK_WHOLE_RANGE: {
    title:
      'The range is all that the type can hold: it is proved that the function was called, and nothing of the value.',
  },
  ZK_DEVELOPMENT_SETUP: {
    title: 'The setup is one for development: whoever ran it can make proofs of what is not so.',
  },
};
