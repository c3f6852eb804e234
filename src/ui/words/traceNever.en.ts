import { words } from './words.ts';

/** Words of what a trace shows never to have happened. */
export const traceNever = words('traceNever', {
  title: 'What never happened',
  lead: 'How often each function was called is signed together with the events. Choose one that has no call in this trace, and show that it was never called.',
  all: 'Every function of the program was called.',
  label: 'Functions without a call in this trace',
  notRecorded: 'not recorded',
  notYet: 'Not yet. What is shown is the machine’s word until then.',
  unknownText:
    'The policy does not have every call of it recorded, so it says nothing that there is none in the trace. Choose its calls to be written down, and run it again.',
  standing: {
    claimed: {
      title: 'Claimed, until it is run again',
      text: 'That is what this run says of itself. A proof shows others that it was signed so; whether it is so, only running the program again shows.',
    },
    again: {
      title: 'Run again',
      text: 'The program was run again here and did the same, so its index of calls is what it really did.',
    },
    other: {
      title: 'Run again, it did something else',
      text: 'The program did something else when it was run again here, so do not rely on what this trace says.',
    },
  },
  download: 'Download this proof',
  rerun: 'Run it again here',
  way: {
    title: 'Why the index says so',
    lead: 'Every function of the program has an entry: whether all of its calls are recorded, and how many there are. The way from the entry leads to the root of the index. Hashed with the number of functions, that root is what is signed.',
    label: 'The way from the entry to the root of the index',
    leaf: 'entry of the function',
  },
});
