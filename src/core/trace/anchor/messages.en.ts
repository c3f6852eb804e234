import type { Messages } from '../../verdict/messages.ts';

/** Words for what a ledger says of a trace, and for the environment of the machine that signed it. */
export const anchorMessages: Messages = {
  TRACE_ANCHOR: {
    title: 'The trace is anchored on a ledger',
    pass: 'The contract {contract} of ledger {chainId} has verified the machine’s signature and keeps the trace {id}.',
    fail: 'The trace {id} is not anchored by the contract {contract} of ledger {chainId} as it would have to be.',
    unknown: 'Whether the trace {id} is anchored cannot be told yet.',
  },
  TRACE_LEDGER: {
    title: 'What the ledger says is proven',
    pass: 'Blocks up to {number} are sealed by the validators that you have pinned, and all events and the storage of the contract are proven against them.',
    fail: 'What was shown of the contract {contract} does not hold against the blocks of ledger {chainId}.',
    unknown: 'What was shown of the contract {contract} is not all proven.',
    action: 'Ask another node of the ledger, and see that your trust file pins its validators and the contract.',
  },
  TRACE_LEDGER_PINNED: {
    title: 'The ledger is one that you have pinned',
    pass: 'Your trust file pins the ledger {chainId} ({consensus}) for these blocks.',
    fail: 'The certificate says that the ledger {chainId} agrees by {consensus}; your trust file says {found}.',
    unknown: 'Your trust file does not pin the ledger {chainId} ({consensus}) for these blocks.',
    action:
      'Get validators and a block of this ledger from sources that you trust, not from the certificate, and pin them in `evm`.',
  },
  TRACE_PROOFS: {
    title: 'The contract’s events are in the blocks',
    pass: 'The {events} events are proven by {receipts} receipts against the blocks’ own roots.',
    fail: 'The events are not proven. {reason}',
    unknown: 'Whether the events stay cannot be told. {reason}',
    action: 'Ask for the original file.',
  },
  TRACE_STORAGE: {
    title: 'What the contract keeps is proven',
    pass: 'The contract’s account and the anchor’s slot are proven against the state of block {number}.',
    fail: 'What the contract keeps as of block {number} is not proven. {reason}',
    unknown: 'What the contract keeps cannot be told yet. {reason}',
    action: 'Ask for the original file.',
  },
  TRACE_ANCHORED: {
    title: 'The contract keeps this very trace',
    pass: 'It is number {number} of what the contract has said, in block {block} of {time}.',
    fail: 'The contract does not keep the trace {id}. {reason}',
    unknown: 'Whether the contract keeps the trace {id} is not shown. {reason}',
    action: 'Whoever holds the trace has to anchor it, or names the contract and ledger on which it is anchored.',
  },
  TRACE_ANCHOR_SIGNATURE: {
    title: 'The machine’s registered key has signed it',
    pass: 'Key {key} of the machine ({algorithm}), registered by {owner}, has signed the trace for this contract, and was in force in that block.',
    fail: 'The signature does not hold. {reason}',
    unknown: 'The signature was not verified. {reason}',
  },
  TRACE_MACHINE: {
    title: 'The machine is one that you trust',
    pass: 'You have pinned the machine {name}, and the key is its own.',
    fail: 'The machine {vm} has signed with another key. {reason}',
    unknown: 'Whose machine {vm} is, nothing here tells. {reason}',
    action:
      'Get the machine’s identifier and key from its owner by another way, compare them with {vm} and {key}, and pin them under “vms” in your trust file.',
  },
  TRACE_KEY_LATER: {
    title:
      'It was signed with another key than the one that you have pinned: by the ledger the machine’s owner has exchanged keys, and this one was in force when the trace was anchored.',
  },
  TRACE_KEY_EXCHANGED: {
    title: 'The machine’s owner {owner} has exchanged its key since or before the one that you have pinned.',
  },
  TRACE_CODE: {
    title: 'It is a trace of this program',
    pass: 'The trace is of the program {code}.',
    fail: 'The trace is of the program {found}, not of {code}.',
  },
  TRACE_ASKED: {
    title: 'What was asked for is what the proof shows',
    pass: 'The proof shows it: {asked}.',
    fail: 'The proof shows something else than {asked}. {reason}',
    unknown: 'Whether {asked} holds, the proof does not say. {reason}',
    action: 'Ask the holder of the trace for a proof of this very event.',
  },
  TRACE_VM_DOCUMENT: {
    title: 'The machine runs in an attested environment',
    pass: '{name} ({kind}) speaks for the environment of this machine and its key.',
    fail: '{name} ({kind}) does not speak for this machine.',
    unknown: 'The machine’s environment cannot be judged. {reason}',
    action: 'Give the attestation document {digest} beside it.',
  },
  TRACE_VM_DIGEST: {
    title: 'The document is the one that the registration names',
    pass: '{name} has the digest that stands on the ledger, {expected}.',
    fail: '{name} has the digest {found}; the registration names {expected}.',
  },
  TRACE_VM_ATTESTATION: {
    title: 'The document holds by itself',
    pass: '{name} holds as a {kind} under what you have pinned.',
    fail: '{name} does not hold as a {kind}.',
    unknown: '{name} cannot be judged as a {kind} under what you have pinned.',
  },
  TRACE_VM_BINDING: {
    title: 'The document is bound to this machine and key',
    pass: 'What the environment signed names this machine and its key: {how}.',
    fail: 'What the environment signed names another machine or key. {reason}',
    unknown: 'The document does not say for which machine it speaks. {reason}',
  },
};
