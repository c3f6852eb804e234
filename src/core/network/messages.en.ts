import type { Messages } from '../verdict/messages.ts';
import { membershipMessages } from './membership/messages.en.ts';

/** Words for the checks of an attestation network. */
export const networkMessages: Messages = {
  ...membershipMessages,
  NET_EVENTS: {
    title: 'Nothing that the contract said is missing',
    pass: 'The {events} events give exactly the count and the running hash that the contract keeps.',
    fail: 'The events are not those that the contract wrote. {reason}',
    unknown: 'Whether events are missing cannot be told. {reason}',
    action: 'Read the contract from its creation on, from another node.',
  },
  NET_RULES: {
    title: 'Every step follows the rules of the network',
    pass: 'The network’s {events} events, of {nodes} nodes, are what its rules allow.',
    fail: 'Block {block}: {reason}',
    unknown: 'The rules could not be followed. {reason}',
  },
  NET_ANCHORS: {
    title: 'Who was a trust anchor, and when',
    pass: 'All elections of trust nodes ({epochs}) were done again with the same outcome. In epoch {epoch} there are {trusted}.',
    fail: 'Block {block}: the trust nodes are not those that the rules elect. {reason}',
    unknown: 'Who the trust nodes are cannot be told. {reason}',
  },
  NET_VOTE: {
    title: 'Every vote is signed by its node',
    pass: 'Votes whose signatures were verified: {votes}, of {nodes} nodes, each under the key that was in force.',
    fail: 'Block {block}: {reason}',
    unknown: 'The votes could not be verified. {reason}',
  },
  NET_QUORUM: {
    title: 'Every record had its quorum of trust nodes',
    pass: 'Records: {records} of {requests} requests, each with equal votes of two thirds of the trust nodes of its epoch.',
    fail: 'Block {block}: {reason}',
    unknown: 'The quorums could not be counted. {reason}',
  },
  NET_DISSENT: { title: '{account} voted otherwise than the record: {records}.' },
  NET_SILENCE: { title: '{account} did not vote to records that were its duty: {records}.' },
  NET_RECORD: {
    title: 'Every record is whole and follows the one before it',
    pass: 'The {records} records form one chain, which ends with {last}.',
    fail: 'Block {block}: {reason}',
    unknown: 'The chain of records could not be followed to its end. {reason}',
  },
  NET_REPUTATION: {
    title: 'The reputation of every node was recomputed',
    pass: 'Nodes whose reputation, recomputed from {changes} changes, is what the contract keeps: {nodes}.',
    fail: 'The contract keeps something else than follows from the votes. {reason}',
    unknown: 'The reputation cannot be compared. {reason}',
    action: 'Ask a node that gives proofs of storage (eth_getProof).',
  },
  NET_EQUIVOCATION: {
    title: 'Whoever signed two different votes was slashed',
    pass: 'No node that is known to have signed two different votes for one request and epoch is left with a vote. Slashed: {slashed} ({accounts}).',
    fail: '{reason}',
    unknown: 'Who signed two votes could not be looked for. {reason}',
    action: 'Send both votes to the contract (slash).',
  },
  NET_FINAL: {
    title: 'The network answers its requests',
    pass: 'Of {requests} requests none has waited longer than an epoch; still open: {open}.',
    unknown: 'Not every request has its record. {reason}',
    action: 'Ask the operators of the silent nodes; the audit names them.',
  },
  NET_EARLIER: {
    title:
      'Votes on request {request} that are of an earlier epoch than {epoch}: {votes}. They do not count, for only equal votes of one epoch make a record; the trust nodes can vote on it again.',
  },
  NET_EVIDENCE: {
    title: 'The document of request {request} says what the record says',
    pass: '{name} ({kind}) of request {request}{which} was judged anew under {under}: the record ({valid}) is right.',
    fail: '{name} of request {request}{which} was judged anew under {under}, and the record ({valid}) is not right. {reason}',
    unknown: '{name} of request {request}{which} could not be judged as the nodes did. {reason}',
    action:
      'Give the criteria (a trust file) beside it, and the opening where the request hides its measurements; or pin what the document needs.',
  },
  NET_NODE: {
    title: 'The enclave of the node {account}',
    pass: '{name} holds, and speaks of this node and its key.',
    fail: '{name} does not show the enclave of this node.',
    unknown: 'Whether {name} shows the enclave of this node cannot be told.',
    action: 'Pin the measurements of the node’s program.',
  },
  NET_NODE_BINDING: {
    title: 'The document speaks of this node',
    pass: 'It names the account {account} and the key {key} on this network.',
    fail: '{reason}',
    unknown: '{reason}',
  },
  NET_BATCH: {
    title: 'The requests are in the batch on the ledger',
    pass: '{name}: requests ({count}) under the root of request {request}.',
    fail: '{name} is not what is under the root of request {request}. {reason}',
    unknown: '{name}: {reason}',
  },
  NET_DISCLOSURE: {
    title: 'The measurements shown are those committed to',
    pass: 'Request {request} has committed to: {shown}.',
    fail: '{reason}',
    unknown: '{name}: {reason}',
  },
  NET_COMPANION: {
    title: 'A file beside it can be used',
    fail: '{name} cannot be read. {reason}',
    unknown: '{name} was not used. {reason}',
    action: 'Leave it out.',
  },
  NET_LEDGER: {
    title: 'The ledger is one that you pinned',
    pass: 'Your trust file pins the ledger {chainId} ({consensus}) for these blocks.',
    fail: 'Your trust file pins the ledger {chainId} as {found}, the certificate says {consensus}.',
    unknown: 'Your trust file has no entry for the ledger {chainId} ({consensus}) that speaks for these blocks.',
    action: 'Pin the ledger’s validators, or a block of it, from a source that you trust.',
  },
  NET_PROOFS: {
    title: 'The events of the record are on the ledger',
    pass: 'Events shown: {events}, in receipts that the blocks commit to: {receipts}.',
    fail: 'What is shown of the events does not hold. {reason}',
    unknown: 'The events cannot be relied upon. {reason}',
    action: 'Ask for the original file.',
  },
  NET_STORAGE: {
    title: 'The contract keeps this record',
    pass: 'In block {number} the contract keeps the hash of this very record.',
    fail: 'What the contract keeps in block {number} is not this record. {reason}',
    unknown: 'What the contract keeps in block {number} cannot be compared. {reason}',
    action: 'Ask for the original file.',
  },
  NET_RECORD_QUORUM: {
    title: 'The trust nodes of that time have attested it',
    pass: 'Request {request} was found valid by {signers} of the {trustNodes} trust nodes of that epoch, each signature verified; {needed} were needed.',
    fail: 'Request {request} is not attested. {reason}',
    unknown: 'Whether request {request} is attested cannot be told. {reason}',
    action: 'Audit the network to see what it says of the request.',
  },
  NET_LEAF: {
    title: 'The request is in the batch',
    pass: 'It is number {index}, from 0, of the {count} requests under the root of request {request}.',
    fail: 'It is not in the batch of request {request}. {reason}',
    action: 'Ask for the original file.',
  },
  NET_CLAIM: {
    title: 'What is claimed is what the events say',
    pass: 'Machine {vmId}: every value of the claim is one of the proven events.',
    fail: 'The claim is not what the events say. {reason}',
    unknown: 'The claim cannot be compared. {reason}',
    action: 'Ask for the original file.',
  },
};
