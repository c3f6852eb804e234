import type { Messages } from '../verdict/messages.ts';

export const evmMessages: Messages = {
  EVM_FORM: {
    title: 'The blocks can be read',
    pass: 'Every header can be read as a block of the ledger {chainId} ({consensus}).',
    fail: 'The file cannot be taken for what it says it is. {reason}',
    action: 'Write the file again from the answers of a node, or correct the entry for this ledger in your trust file.',
  },
  EVM_LINKS: {
    title: 'The blocks follow one another',
    pass: 'Each header, {first} to {last} ({count} in all), names the one before it by its hash.',
    fail: 'Block {number} names {parent} as its parent, but block {before} before it in the file has the hash {hash}.',
    unknown: 'Whether the blocks follow one another cannot be told. {reason}',
  },
  EVM_CHECKPOINT: {
    title: 'The blocks begin at the block that you have pinned',
    pass: 'The blocks begin at block {number}, whose hash you have pinned.',
    fail: 'You have pinned {hash} for block {number}, but the file has {found}: it is another chain, or another branch.',
    unknown: 'The blocks begin at {first}, your checkpoint is block {number}: nothing leads from the one to the other.',
    action:
      'Give all headers from the checkpoint on, or pin a checkpoint that is nearer, from a source that you trust.',
  },
  EVM_VALIDATORS: {
    title: 'The validators are those that you have pinned',
    pass: 'From what you have pinned on, the validators ({count} at first) were followed through {through}; now they are {now}.',
    fail: 'Block {number} says that its validators are {listed}. Followed from those that you have pinned they are {expected}.',
    unknown: 'Who may seal these blocks is not known. {reason}',
    action:
      "Get the validators' addresses from the network's operators or its genesis, compare them with a second source, and pin them in `evm`.",
  },
  EVM_SEALS: {
    title: 'Enough validators have sealed every block',
    pass: 'Each block ({count} in all) is sealed by enough of its validators.',
    fail: 'Not every block is sealed by enough of its validators.',
    unknown: 'Whether the seals are those of validators cannot be told. {reason}',
  },
  EVM_HEADER_SEALS: {
    title: 'Block {number} is sealed',
    pass: 'Block {number} is sealed by {found} of {validators} validators; {needed} are needed.',
    fail: 'The seals of block {number} do not hold. {reason}',
  },
  EVM_FINALITY: {
    title: 'Enough signers stand behind the last block',
    pass: '{signers} of {validators} signers stand behind the last block; {needed} are needed.',
    unknown: 'The last block may still be replaced: one signer alone has no say in what stays. {reason}',
    action: 'Take a block that more than half of the signers have built upon.',
  },
  EVM_RECEIPTS: {
    title: 'The receipts are those of the last block',
    pass: 'The receipts ({count}, with {logs} logged events in all) give the root that block {number} commits to: none is missing, added or altered.',
    fail: 'The receipts give {root}, but block {number} commits to {expected}: one is missing, added, altered or in another order.',
    action: 'Ask another node for the receipts of this block (`eth_getBlockReceipts`).',
  },
  EVM_STATE: {
    title: 'The account is as the last block has it',
    pass: "The account {address} and what is given of its storage (slots: {slots}) are proven against block {number}'s state.",
    fail: 'The proof does not lead to the state of block {number}. {reason}',
    action: 'Ask another node for the proof at this block (`eth_getProof`).',
  },
};
