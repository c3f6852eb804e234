import { zkMessages } from '../../trace/zk/messages.en.ts';
import type { Message, Messages } from '../../verdict/messages.ts';

/** Words for proofs that a hidden measurement is an approved one. */
export const membershipMessages: Messages = {
  NET_MEMBERSHIP: {
    title: 'The hidden measurement of request {request} is an approved one',
    pass: '{name}: {register} of the machine is one of the values that the criteria approve of; which one stays hidden.',
    fail: '{name} does not show that the measurement is an approved one.',
    unknown: 'Whether the measurement is an approved one cannot be told from {name}.',
  },
  MEMBER_FORM: {
    title: 'The proof of membership has its form',
    pass: 'The file of {bytes} bytes has its form, and its points are on the curve.',
    fail: 'The file does not have its form. {reason}',
    unknown: 'The file was not read.',
    action: 'Get the proof again from whoever made it.',
  },
  MEMBER_REQUEST: {
    title: 'The request has committed to what the proof is about',
    pass: 'Request {request} has committed, hidden, to a value of {register}, and the proof is about that.',
    fail: 'The proof is not about what request {request} has committed to. {reason}',
    unknown: 'What the proof is about could not be read. {reason}',
  },
  MEMBER_RECORD: {
    title: 'The network has found that the request holds',
    pass: 'The nodes of the network found that request {request} commits to what its machine measures.',
    fail: 'The network does not stand behind request {request}. {reason}',
    unknown: 'Nobody stands behind it that the request commits to what its machine measures. {reason}',
    action: 'Wait for the record of the request.',
  },
  MEMBER_SET: {
    title: 'The approved values are those of the published criteria',
    pass: 'The criteria {criteria} approve of {values} values of {register} ({kind}); the root was made from them.',
    fail: 'The criteria do not give a set for {register} ({kind}). {reason}',
    unknown: 'There is no set of approved values. {reason}',
    action: 'Give the criteria (a trust file) beside it.',
  },
  MEMBER_SETUP: {
    title: 'The setup of the proof system is one that you trust',
    pass: 'The verification key {key} is one that you have pinned.',
    fail: 'The setup is not one that you trust.',
    unknown: 'The verification key is none that you have pinned. {reason}',
    action: 'If you trust the setup that it comes from, pin the key ({key}) under zk.keys of your trust file.',
  },
  MEMBER_PROOF: {
    title: 'The proof holds',
    pass: 'The proof holds: what the request has committed to is one of the approved values.',
    fail: 'The proof does not hold for this request, these criteria and this nonce. {reason}',
    unknown: 'Whether the proof holds could not be checked. {reason}',
  },
  MEMBER_ALONE: { title: 'Only one value is approved, so it is known which one the machine has.' },
  ZK_NONCE_NOT_ASKED: zkMessages['ZK_NONCE_NOT_ASKED'] as Message,
  ZK_DEVELOPMENT_SETUP: zkMessages['ZK_DEVELOPMENT_SETUP'] as Message,
};
