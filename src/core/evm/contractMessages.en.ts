import type { Messages } from '../verdict/messages.ts';
import { evmMessages } from './messages.en.ts';

/** Words for what is read of a contract from nodes of its ledger; those of blocks in a file where nothing else is said. */
export const evmContractMessages: Messages = {
  ...evmMessages,
  EVM_CHAIN_ID: {
    title: 'The nodes are of the ledger that you have pinned',
    pass: 'Every node that was asked ({nodes}) says that it is of the ledger {chainId}. What they show is judged by its seals all the same.',
    fail: 'You have pinned the ledger {chainId}, but the node is of the ledger {found}.',
    action: 'Name a node of the right ledger, or correct the entry in your trust file.',
  },
  EVM_NODES: {
    title: 'Several nodes were compared',
    pass: 'Nodes asked: {nodes}. They show the blocks that hold: {agree}. They do not, or say nothing: {differ}. What holds is decided by seals and proofs, not by how many say it.',
    unknown: 'No node that was asked ({nodes}) shows blocks that hold.',
  },
  EVM_NODE: {
    title: 'The node {node}',
    pass: '{node} shows the same block {number}: {hash}.',
    fail: '{node} shows something else. {reason}',
    unknown: '{node} was of no use. {reason}',
  },
  EVM_FORM: {
    title: 'The blocks can be read',
    fail: 'A block cannot be taken for what the node says it is. {reason}',
    action: 'Ask another node.',
  },
  EVM_HEAD: {
    title: 'The newest block that was shown is recent',
    pass: 'The newest block, {number}, is from {time}.',
    unknown: 'The newest block may not be among those that were shown. {reason}',
    action: 'Ask another node, or look again later.',
  },
  EVM_LINKS: {
    ...evmMessages.EVM_LINKS,
    title: evmMessages.EVM_LINKS?.title ?? '',
    fail: 'Block {number} names {parent} as its parent, but block {before} as the node shows it has the hash {hash}.',
    unknown: 'Not all blocks were shown. {reason}',
    action: 'Ask another node.',
  },
  EVM_REORGANISED: {
    title:
      'The ledger exchanged blocks while it was read ({count}); they were read again from where the branches part.',
  },
  EVM_CHECKPOINT: {
    title: 'The blocks are those of the ledger whose block you have pinned',
    pass: 'Block {number} has the hash that you have pinned: all blocks lead to it or come from it.',
    fail: 'You have pinned {hash} for block {number}, but the node shows {found}: it is another chain, or another branch.',
    unknown: 'Nothing leads to a block that you have pinned. {reason}',
    action: 'Pin a block of this ledger, from a source that you trust, at or before the range that you read.',
  },
  EVM_LIGHT_CLIENT: {
    title: 'A light client says which block is final',
    pass: 'Block {number} ({hash}) is final as the light client Helios has it, which followed Ethereum’s consensus from the pinned beacon block {beacon} with what {node} gave it. Everything is read up to that block.',
    unknown: 'No light client says which block is final. {reason}',
    action: 'Pin a block from a source that you trust, or a recent beacon block to begin at.',
  },
  EVM_FINALITY: {
    title: 'The blocks can no longer be replaced',
    pass: 'Blocks up to {final} can no longer be replaced.',
    unknown: 'The blocks may still be replaced. {reason}',
    action: 'Wait for more blocks, or pin a later checkpoint from a source that you trust.',
  },
  EVM_EQUIVOCATION: {
    title: 'No two histories are sealed',
    fail: 'Two histories part at block {number}, and both are sealed by enough validators ({shownBy}): more of them than the ledger can bear have signed two histories. Nothing of it can be relied upon from there on. Validators that signed both: {validators}. Both headers are kept.',
    action: 'Keep both headers, and ask the operators of this ledger.',
  },
  EVM_INCLUSION: {
    title: 'The events are in the blocks',
    pass: 'Every event ({events}) is proven: the receipts of its block give the root that the block commits to (blocks: {blocks}).',
    fail: 'The receipts of block {number} from {node} are not that block’s: an event is missing, added or altered. {reason}',
    unknown: 'The receipts of block {number} could not be had. {reason}',
    action: 'Ask another node for the receipts of this block.',
  },
  EVM_STATE: {
    title: 'The contract’s account is as the last block has it',
    pass: 'The account {address} and what was asked of its storage (slots: {slots}) are proven against the state of block {number}.',
    fail: 'The proof of the account does not lead to the state of block {number}. {reason}',
    unknown: 'The account is not proven. {reason}',
    action: 'Ask a node that gives proofs (`eth_getProof`) at this block.',
  },
  EVM_CODE: {
    title: 'The contract is what it is said to be',
    pass: 'The code at {address} is that of {name}: its hash is proven against the state of block {number}.',
    fail: 'The code at {address} is not what it is said to be. {reason}',
    unknown: 'What code is at {address} cannot be judged. {reason}',
    action: 'Compare the hash of the code with a source that you trust, and name the contract in your trust file.',
  },
  EVM_COMPLETE: {
    title: 'No event was left out',
    pass: 'No event of blocks {from} to {to} is missing (events: {events}); this is known by {words}.',
    fail: 'Events were left out or altered. {reason}',
    unknown: 'Whether events were left out cannot be told. {reason}',
    action: 'Let every block of the range be read, from a node that has them.',
  },
  EVM_TRANSACTION: {
    title: 'The transaction {hash} is in its block',
    pass: 'The transaction {hash} by {from} is number {index} of block {number}: all transactions of the block give the root that it commits to.',
    fail: 'The transaction {hash} is not where the node says. {reason}',
    unknown: 'The transaction {hash} is not proven. {reason}',
    action: 'Ask another node.',
  },
  EVM_INTERFACE: {
    title: 'Every event is one of the contract’s interface',
    pass: 'Each event ({events}) is the one encoding of values of the interface.',
    fail: 'Events that the contract cannot have written under this interface: {failed} of {events}.',
    action: 'Check that the address is that of the contract, and the interface that of its version.',
  },
  EVM_EVENT: {
    title: 'The event is one of the contract’s interface',
    pass: 'Event {log} of block {number} is {name}.',
    fail: 'Event {log} of block {number} is none that {address} can have written under this interface. {reason}',
    action: 'Check that the address is that of the contract, and the interface that of its version.',
  },
};
