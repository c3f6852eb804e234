import type { Messages } from '../verdict/messages.ts';

export const taskMessages: Messages = {
  TASK_EVENTS: {
    title: 'What the contract said can be read',
    pass: 'Of {of} events of the contract, in one order, {count} are of task {id}.',
    fail: 'The event {log} of block {block} cannot be taken for one of the contract in its place. {reason}',
    unknown: 'There is nothing to judge. {reason}',
    action:
      'Check the number of the task and the address of the contract, and give a range of blocks that holds the task.',
  },
  TASK_STEPS: {
    title: 'No step was skipped',
    pass: 'The {steps} steps come in an order that the contract allows; the task is {state}.',
    fail: '{step} in block {block} cannot come there. {reason}',
    unknown: 'The steps of the task are not known. {reason}',
    action: 'Events are missing or are not of this contract. Read all of its events, from more than one node.',
  },
  TASK_ACTORS: {
    title: 'Each step was taken by the one who may',
    pass: 'The owner {owner} submitted the task, the other side approved the match, and only {processor} was named to carry it out.',
    fail: '{step} in block {block} was not taken by the one who may. {reason}',
    unknown: 'Who took each step cannot be told. {reason}',
  },
  TASK_OFFER: {
    title: 'The offer was made before, was valid and was free',
    pass: 'The matched offer was advertised before, had not lapsed and was not taken.',
    fail: 'The offer named by {step} in block {block} does not hold. {reason}',
    unknown: 'The offer cannot be judged. {reason}',
    action: 'Read the events of the contract from its first block on.',
  },
  TASK_DEADLINE: {
    title: 'Every step was in time',
    pass: 'Every step was taken in time; the deadline is {deadline}.',
    fail: '{step} in block {block} was not in time. {reason}',
    unknown: 'Whether the steps were in time cannot be told. {reason}',
  },
  TASK_TIMES: {
    title: 'The times that are claimed fit the blocks',
    pass: 'Start ({started}) and end ({ended}) as claimed lie between approval and record, with 60 s allowed between the clocks.',
    fail: 'The time claimed by {step} in block {block} does not fit. {reason}',
    unknown: 'The claimed times cannot be judged. {reason}',
  },
  TASK_HASHES: {
    title: 'The hashes that must be there are there',
    pass: 'Program, runner’s key, result and attestation are named by a hash as far as the task has come.',
    fail: 'These hashes are zero: {missing}.',
  },
  TASK_SENTINEL: {
    title: 'The hash of {name} ({hash}) is that of {what}: it says nothing about the real data.',
  },
  TASK_CONTAINER: {
    title: 'The container is named by its digest',
    pass: 'The program is the container {image}: the digest of its manifest is the program on the ledger, {program}.',
    fail: 'The text names the container {image}, which is not the program on the ledger. {reason}',
  },
  TASK_CONTAINER_NOT_RUN: {
    title: 'A container is recorded by its digest and nothing else: it was neither fetched nor run here.',
  },
  TASK_COMPLETED: {
    title: 'The task was carried out to its end',
    pass: 'The task started at {started} and ended at {ended}, as the processor {processor} says, and its result is recorded.',
    fail: 'The task has no result and will have none: it is {state}.',
    unknown: 'The task has no result yet: it is {state}.',
    action: 'Look again later. The deadline is {deadline}.',
  },
  TASK_ATTESTATION: {
    title: 'The enclave’s attestation speaks for this task',
    pass: '{name} ({kind}) is genuine, from the code that you expect, and speaks for this very task.',
    fail: '{name} ({kind}) does not speak for this task.',
    unknown: 'Whether an enclave speaks for this task cannot be told.',
    action: 'Drop the attestation document of the task beside it, or give it by --with. Its SHA3-256 is on the ledger.',
  },
  TASK_ATTESTATION_DIGEST: {
    title: 'The document is the one that the ledger names',
    pass: '{name} has the digest that was recorded with the result.',
    fail: '{name} has the digest {found}; recorded with the result was {expected}.',
    action: 'Get the document that was made with this result.',
  },
  TASK_ATTESTATION_DOCUMENT: {
    title: 'The document holds by itself',
    pass: 'The {kind} holds, and the code is the one that you have pinned.',
    fail: 'The {kind} does not hold.',
    unknown: 'The {kind} cannot be judged to the end.',
  },
  TASK_BINDING: {
    title: 'The document speaks of this task',
    pass: 'What the enclave signed names this ledger, contract and task, and the same program, data set, key, result and output ({how}).',
    fail: 'What the enclave signed is not about this task. {reason}',
    unknown: 'Whether the document speaks of this task cannot be told. {reason}',
    action:
      'A document that does not name the task may have been made for another one. Ask the processor for the one of this task.',
  },
  TASK_RUNNER_KEY: {
    title: 'The runner’s key is the enclave’s',
    pass: 'The key that the start named is the one in the document.',
    fail: 'The start named the key {expected}, the document has {found}.',
  },
  TASK_ATTESTATION_TIME: {
    title: 'The document was made while the task ran',
    pass: 'The document was signed at {signed}, between start ({from}) and record ({to}).',
    fail: 'The document was signed at {signed}; the task started at {from} and was recorded at {to}.',
  },
  TASK_PROGRAM: fileWords('program'),
  TASK_DATA_SET: fileWords('data set'),
  TASK_SECRET_FILE: fileWords('secret file'),
  TASK_RESULT: fileWords('result'),
  TASK_OUTPUT: fileWords('output as uploaded'),
  TASK_LEDGER: {
    title: 'The ledger is one that you have pinned',
    pass: 'Your trust file pins the ledger {chainId} ({consensus}) for these blocks.',
    fail: 'The certificate says that the ledger {chainId} agrees by {consensus}; your trust file says {found}.',
    unknown: 'Your trust file does not pin the ledger {chainId} ({consensus}) for these blocks.',
    action:
      'Get validators and a block of this ledger from sources that you trust, not from the certificate, and pin them in `evm`.',
  },
  TASK_PROOFS: {
    title: 'The events are in the blocks',
    pass: 'The {events} events are proven by {receipts} receipts against the blocks’ own roots.',
    fail: 'The events are not proven. {reason}',
    unknown: 'Whether the events stay cannot be told. {reason}',
    action: 'Ask for the original file.',
  },
  TASK_STORAGE: {
    title: 'The contract remembers the task as the events say',
    pass: 'Owner, processor, offer, state, deadline and start of the task in the contract’s storage at block {number} are those of the events.',
    fail: 'The contract’s storage at block {number} does not fit the events. {reason}',
    unknown: 'What the contract remembers cannot be told. {reason}',
    action: 'Ask for the original file.',
  },
  TASK_CLAIM: {
    title: 'What the certificate says is what the events say',
    pass: 'Parties, hashes and times of the certificate are those of the events. Program {program}, result {result}.',
    fail: 'The certificate says other than the events. {reason}',
    unknown: 'What the certificate says could not be compared with events. {reason}',
    action: 'Do not rely on what the file says. Ask for the original.',
  },
  TASK_FILE: {
    title: 'The file beside it belongs to the task',
    fail: '{name} is neither program nor data set nor result of the task: no hash on the ledger fits it.',
    action: 'Check that you have the very same file: a single changed byte makes it another one.',
  },
};

function fileWords(what: string) {
  return {
    title: `The ${what} is the one of the task`,
    pass: `{name} is the ${what} of the task ({how} {hash}).`,
    fail: `{name} is not the ${what} of the task: the ledger has {expected}, it has {found}.`,
    unknown: `The ledger names no ${what} of the task, so {name} cannot be compared.`,
    action: 'Check that you have the very same file: a single changed byte makes it another one.',
  };
}
