import type { Messages } from '../verdict/messages.ts';

/** The words of the checks over a chain, whether read from buckets or from a certificate's transcript. */
export const chainMessages = {
  CHAIN_IDENTITY: {
    title: 'The chain is pinned in your trust file',
    pass: 'Block zero, sequencer key, enclave roots and timestamp keys of “{chain}” are pinned in your trust file.',
    unknown: 'Your trust file does not pin this chain’s {part}, so nothing can be said about it.',
    action: 'Pin the missing part on the anchors page, from a source that you trust and not from the evidence itself.',
  },
  CHAIN_CHECKPOINT: {
    title: 'The chain passes through your pinned checkpoint',
    pass: 'Number {k} at height {height} is the block that your checkpoint names. Nothing before it was judged.',
    fail: 'Number {k} is another block than your checkpoint names.',
    unknown: 'No valid block with number {k} was shown, so your checkpoint could not be met.',
    action:
      'Ask where the checkpoint came from; two different blocks under one number mean that somebody lied to one of you.',
  },
  CHAIN_SEQUENCE: {
    title: 'The main chain can be followed without a hole',
    pass: 'Every number from block zero up to {through} is there, valid and in order.',
    fail: 'The sequence contradicts itself.',
    unknown: 'The chain can be followed up to number {through}, and no further: {reason}.',
    action:
      'What stands before that number is verified; try again when the storage answers, or ask the operator for the missing part.',
  },
  CHAIN_GENESIS: {
    title: 'It begins with the pinned block zero',
    pass: 'Number 0 is the block zero that your trust file names.',
    unknown: 'Block zero {genesis}, with its timestamp and number, was not shown.',
    action: 'Check that the buckets in your trust file are those of this chain.',
  },
  CHAIN_SEQUENCE_GAP: {
    title: 'No number is missing',
    pass: 'No number is missing up to {through}.',
    unknown: 'Number {k} is missing, though a later one was shown. Whatever it was may have decided the main chain.',
    action:
      'An attestation was lost or is being held back. Look at the storage findings to see which buckets should have it.',
  },
  CHAIN_SEQUENCE_INVALID: {
    title: 'No number is taken by junk',
    pass: 'Every number up to {through} has a valid attestation.',
    unknown: 'For number {k} there is only junk: documents that fail a check.',
    action: 'The list of junk names each document and the check that it fails.',
  },
  CHAIN_SEQUENCE_BLOCK: {
    title: 'Every number has its block',
    pass: 'Every number up to {through} has its block and timestamp.',
    unknown: 'Number {k} is attested, but its block or its timestamp is missing or not valid.',
    action: 'Without the block nobody can tell where it belongs. Look at the storage findings.',
  },
  CHAIN_ORDER: {
    title: 'No block has a lower number than the one before it',
    pass: 'Every block was numbered after the block that it follows.',
    fail: 'The block with number {k} was numbered before the block that it follows: the sequencer broke its own rule.',
    unknown: 'Nothing to compare.',
    action: 'A correct sequencer refuses this. Do not rely on this chain.',
  },
  CHAIN_EQUIVOCATION: {
    title: 'The sequencer never contradicts itself',
    pass: 'No two attestations of this sequencer contradict each other.',
    fail: 'The sequencer signed two attestations that contradict each other, the first at number {k}. The chain is cut before it.',
    unknown: 'No attestation was read.',
    action: 'Keep both documents: together they prove that this sequencer cannot be trusted.',
  },
  CHAIN_TIMESTAMP: {
    title: 'Every block was seen by the timestamp service',
    pass: 'The pinned timestamp service signed the hash of each of {count} blocks, with the time.',
    unknown: 'There is no block on the main chain yet.',
  },
  CHAIN_ATTESTATION: {
    title: 'Every number was given inside a genuine enclave',
    pass: 'Each of {count} numbers stands in an enclave’s own document, signed under the pinned roots and by the sequencer’s key.',
    unknown: 'There is no block on the main chain yet.',
  },
  CHAIN_MEASUREMENT: {
    title: 'The enclave ran the sequencer that you pinned',
    pass: 'Every number up to the tip was attested by a pinned image.',
    fail: 'Number {numbers}: no document by a pinned image. Found instead: {found}.',
    unknown: 'No image of the sequencer is pinned, so a genuine enclave may have run any program: {found}.',
    action: 'Build the sequencer’s image yourself, or get its measurements from somebody who did, and pin them.',
  },
  CHAIN_TIME_ORDER: {
    title: 'Time never runs backwards',
    pass: 'No block was stamped earlier than one before it, but for the {skew} s that you allow.',
    fail: 'Number {numbers} was stamped up to {seconds} s before an earlier block; you allow {skew} s.',
    unknown: 'There is no block on the main chain yet.',
    action: 'The clock of the timestamp service may have been set back. Look at the times around these numbers.',
  },
  CHAIN_TIME_ATTESTED: {
    title: 'No number was given before its block was stamped',
    pass: 'Every enclave document is at least as late as the timestamp that it follows, but for the {skew} s that you allow.',
    fail: 'Number {numbers}: the enclave’s document is older than the timestamp that it numbers.',
    unknown: 'There is no block on the main chain yet.',
    action: 'One of the two clocks is wrong. Allow a greater skew only if you know why.',
  },
  CHAIN_TREE: {
    title: 'The content of every block was read',
    pass: 'The tree of each of {count} blocks is there and gives the root that its block names.',
    unknown: 'The tree of {count} blocks could not be read (number {numbers}), so nothing can be said to be absent.',
    action: 'The blocks themselves stand. Try again when more of the storage answers.',
  },
  CHAIN_STORAGE: {
    title: 'Everything stands on at least three good shards',
    pass: 'Every object was put together from three good shards; {up} of {count} buckets answer.',
    unknown:
      'For {unreadable} objects fewer than three good shards were found; {up} of {count} buckets answer. {names}',
    action: 'The list below names each bucket and what was wrong with it.',
  },
  CHAIN_BUCKET: {
    title: 'Bucket {bucket}',
    pass: '{url} holds a good shard of everything.',
    fail: '{url} gave shards that are not what they should be: {wrong} wrong, {copied} copied, {zero} zero, {dependent} dependent, {malformed} malformed.',
    unknown: '{url}: {state}, {missing} shards missing.',
  },
  CHAIN_SUCCESSOR: {
    title: 'It stands in one line with the chain before it',
    pass: 'It follows on “{predecessor}”, which ended at number {k} as far as shown: nobody shows anything later of it.',
    fail: 'What it and “{predecessor}” say of the passage from the one chain to the other does not fit together.',
    unknown: 'It follows on “{predecessor}”, whose end at number {k} could not be seen whole.',
    action: 'Nothing on either chain after the passage should be relied on before the operator has explained this.',
  },
  CHAIN_SUCCESSOR_KEY: {
    title: 'The chain before it is the one that you pinned',
    pass: 'The recorded sequencer key is the one that you pinned for “{chain}”.',
    fail: 'The recorded sequencer key is not the one that you pinned for “{chain}”.',
    action: 'Compare both pins with a source that you trust.',
  },
  CHAIN_SUCCESSOR_LATER: {
    title: 'The chain before it did not go on',
    pass: 'Nobody shows an attestation of “{chain}” after number {k}. That is as far as shown, and no proof that there is none.',
    fail: '“{chain}” has a valid attestation with number {highest}, after number {k}, at which it is recorded to have ended.',
    unknown: 'Number {k} of “{chain}”, at which it is recorded to have ended, is not shown.',
    action: 'Either the record was made too early, on purpose or not, or the sequencer said to be lost went on.',
  },
  CHAIN_SUCCESSOR_TAIL: {
    title: 'The recorded end is the end of the chain before it',
    pass: 'The recorded end, at height {height}, is the last block of the main chain of “{chain}”.',
    fail: 'The recorded end, at height {height}, is not the last block of the main chain of “{chain}”, which is at height {found}.',
    unknown: '“{chain}” could not be followed to its end, so the recorded one, at height {height}, cannot be compared.',
    action: 'Look at the audit of the chain before it: blocks may be held back.',
  },
  CHAIN_SUCCESSOR_SINGLE: {
    title: 'No other chain claims to be the successor',
    pass: 'Among the chains that were audited no other one claims the same place.',
    fail: '{count} chains claim to follow on the same one: {names}.',
    action: 'Ask the operator which of them is the successor, and unpin the others.',
  },
  CHAIN_SUCCESSOR_UNPINNED: {
    title:
      'It says that it follows on the chain with block zero {genesis}, which ended at number {k} and height {height}. You have not pinned that chain, so this was not compared.',
  },
  CHAIN_SUCCESSOR_UNREAD: {
    title:
      'It says that it follows on “{chain}”, which ended at number {k} and height {height}. That chain was not audited together with it, so this was not compared.',
  },
  CHAIN_HOLD: {
    title: 'Nobody can delete what is stored',
    pass: 'For each of {buckets} buckets a pinned enclave attests that objects are held in compliance mode: {covered} of the chain’s {total} objects, a sample.',
    fail: 'An attestation says that a bucket does not hold its objects as it should.',
    unknown:
      'Not for every bucket was an attestation given that its objects are held, so this cannot be told: {covered} of {total} objects are covered.',
    action:
      'Ask the operator to put hold attestations beside the objects, or give them to the command line with --with.',
  },
  CHAIN_HOLD_BUCKET: {
    title: 'Bucket {bucket} holds its objects',
    pass: '{url}: {covered} of {total} objects are held in compliance mode until {until} at least, as attested.',
    fail: '{url}: {problem}.',
    unknown: '{url}: no valid attestation of a hold was given.',
    action:
      'An attestation for this bucket is needed, by an enclave whose image you pinned for it, about objects of this chain.',
  },
  CHAIN_HOLD_FORM: { title: 'The document carries exactly one hold statement' },
  CHAIN_HOLD_MEASUREMENT: { title: 'The image is pinned for hold attestations' },
  CHAIN_HOLD_REFUSED: { title: 'The file {name} is no hold attestation that counts: {reason}' },
  CHAIN_FOREIGN_DOCUMENT: {
    title: '{count} further documents for the same numbers are not by a pinned image; they decide nothing.',
  },
  CHAIN_ATTESTED_LATE: {
    title: 'A number was given up to {seconds} s after its block was stamped. That is late, and allowed.',
  },
  CHAIN_SEQUENCER_KEY: { title: 'The document is for the pinned sequencer key' },
  CHAIN_SEQUENCE_FORM: { title: 'The document carries exactly one sequence attestation' },
  CHAIN_SEQUENCE_SIGNATURE: { title: 'The sequence is signed by the sequencer key for this chain' },
  CHAIN_SEQUENCE_NUMBER: { title: 'The attestation is stored under its own number' },
  CHAIN_SEGMENT_FORM: { title: 'The object is a segment of 256 numbers' },
  CHAIN_TUPLE_FORM: { title: 'The object is a tuple of tree, block and timestamp' },
  CHAIN_TUPLE_KEY: { title: 'The tuple is stored under the hash of its timestamp' },
  CHAIN_TIMESTAMP_ISSUER: { title: 'The timestamp is by the pinned issuer' },
  CHAIN_TIMESTAMP_AUDIENCE: { title: 'The timestamp is for the pinned audience' },
  CHAIN_TIMESTAMP_USE: { title: 'The timestamp is the pinned sort of token' },
  CHAIN_TIMESTAMP_SUBJECT: { title: 'The timestamp names its block' },
  CHAIN_TIMESTAMP_TIME: { title: 'The timestamp says a time' },
  CHAIN_TIMESTAMP_KEY_TIME: { title: 'The timestamp was made while you trust its key' },
} as const satisfies Messages;
