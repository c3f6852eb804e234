import type { Message, Messages } from '../verdict/messages.ts';
import { anchorMessages } from './anchor/messages.en.ts';
import { zkMessages } from './zk/messages.en.ts';

/** Words for whole traces and for proofs about them. */
export const traceMessages: Messages = {
  ...zkMessages,
  ...anchorMessages,
  TRACE_FORM: {
    title: 'It has the form of a trace',
    pass: 'It can be read: a trace of {count} events of the program {code}.',
    fail: 'It cannot be read. {reason}',
  },
  TRACE_PARTS: {
    title: 'What is beside the events is what was signed',
    pass: 'Policy, inputs and keys in the file have the digests of the signed metadata.',
    fail: 'Something beside the events is not what the metadata names.',
  },
  TRACE_POLICY: {
    title: 'The policy is the signed one',
    pass: 'What was recorded is what the signed policy says ({expected}).',
    fail: 'The policy in the file is not the one that was signed ({expected}).',
  },
  TRACE_TAPE: {
    title: 'The tape of host calls is the signed one',
    pass: 'The answers of the host have the digest {expected}.',
    fail: 'The tape has the digest {found}; {expected} was signed. It was altered or is of another run.',
  },
  TRACE_INPUTS: {
    title: 'The inputs are the signed ones',
    pass: 'Arguments, files and seed have the digest {expected}.',
    fail: 'The inputs have the digest {found}; {expected} was signed. They were altered or are of another run.',
  },
  TRACE_SALT_KEY: {
    title: 'The salt key is the signed one',
    pass: 'The key from which all salts follow is the one that was committed to.',
    fail: 'The salt key in the file is not the one that was committed to.',
  },
  TRACE_ROOT: {
    title: 'The events give the root that was signed',
    pass: 'All {count} events were hashed again and give the root {root}.',
    fail: 'The events do not give what the metadata says. {reason}',
    unknown: 'The root was not computed again. {reason}',
    action: 'Ask whoever holds the trace for the salt key; or for a proof of the events that you may see.',
  },
  TRACE_SYMBOLS: {
    title: 'Names and types are those of the signed trace',
    pass: 'Every name and place in the code that is shown leads to the signed symbols.',
    fail: 'A name that is shown is not one of the signed symbols. {reason}',
  },
  TRACE_EVENT: {
    title: 'What is shown are events of the program',
    pass: 'Event {index} is {event}.',
    fail: 'What is shown is not what it would have to be. {reason}',
  },
  TRACE_INCLUSION: {
    title: 'The events are in the trace',
    pass: 'What is shown leads to the root {root} of the metadata beside it.',
    fail: 'What is shown is not in the trace. {reason}',
    unknown: 'Whether it is in the trace was not computed. {reason}',
  },
  TRACE_FUNCTIONS: {
    title: 'How often functions were called',
    pass: 'The numbers of calls are those of the signed index.',
    fail: 'A number of calls is not that of the signed index.',
    unknown: 'Not of every function it can be told.',
  },
  TRACE_NOT_CALLED: {
    title: 'The function {name} was never called',
    pass: 'The signed trace has every call of {name}, and there was none.',
    fail: 'That {name} was never called is not what was signed. {reason}',
    unknown: 'Whether {name} was called cannot be told. {reason}',
    action: 'Ask for a trace under a policy that records calls of {name}.',
  },
  TRACE_CALLS: {
    title: 'How often the function {name} was called',
    pass: 'The signed trace has {count} calls of {name}.',
    fail: 'That {name} was called {count} times is not what was signed. {reason}',
    unknown: 'Of {name} {count} calls were recorded, there may have been more. {reason}',
    action: 'Ask for a trace under a policy that records every call of {name}.',
  },
  TRACE_PREFIX: {
    title: 'The trace begins with all of an earlier one',
    pass: 'The first {leaves} leaves are those of the trace with the root {root}.',
    fail: 'It is not shown that the trace begins with the one with the root {root}.',
  },
  TRACE_REQUEST: {
    title: 'It answers what you have asked for',
    pass: 'The proof was judged against your request {name}: its nonce and its statement.',
    fail: 'The proof does not answer your request {name}. {reason}',
    unknown: 'Whether the proof answers your request {name} cannot be told. {reason}',
    action: 'Give the request as you have sent it: {"affidavit":"trace-request/1","nonce":…,"statement":…}.',
  },
  TRACE_SIGNATURE: {
    title: 'The machine that you have pinned signed it',
    pass: 'The machine {name}, which you have pinned, has signed it.',
    fail: 'The signature does not hold. {reason}',
    unknown: 'Who signed it cannot be told. {reason}',
    action:
      'Get the identifier and the key of the machine {vm} from its owner by another way, compare them, and pin them under “vms” in your trust file. Here it is {key}. Where its owner has exchanged keys, have the ledger asked.',
  },
  TRACE_CLAIMED: {
    title: 'Signed is not run again: that the program did this is the machine’s claim until somebody runs it again.',
  },
  TRACE_REEXECUTED: {
    title: 'Run again, the program does the same',
    pass: 'The program was run again here and gave the same {events} events with the same root {root}.',
    fail: 'Run again, the program does something else. {reason}',
    unknown: 'The program was not run again. {reason}',
    action:
      'Give the program {code} beside the trace (--with program.wasm), and see that the file has the inputs or the tape.',
  },
  TRACE_ANCHOR: {
    ...(anchorMessages.TRACE_ANCHOR as Message),
    action:
      'It was signed for the contract {contract} of ledger {chainId}. Look it up where a node of that ledger can be asked: on the page of traces, or by the command line.',
  },
};
