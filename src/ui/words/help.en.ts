import { words } from './words.ts';

/** Words of the page that says what one can do here. */
export const help = words('help', {
  title: 'Help',
  lead: 'Whoever runs a program for you can say anything about it afterwards. Affidavit checks what they can prove: that this code ran, on this data, in this environment, at this time, and that the record has not changed since.',
  contents: 'On this page',
  first: {
    title: 'For the first visit',
    steps: [
      {
        title: 'Check a sample.',
        text: 'The overview has some: one that holds, one that was changed, one of which nobody can tell yet.',
        action: 'To the samples',
        href: '#/',
      },
      {
        title: 'Look at why.',
        text: 'Under the verdict stands every single check with its reason and the bytes that it rests on. The one that decided is open already.',
        action: 'Check a file',
        href: 'check.html',
      },
      {
        title: 'Choose whom you believe.',
        text: 'Only what you have pinned decides. The anchors page shows all of it; without a pin the answer is “cannot tell”, never “holds”.',
        action: 'To the anchors',
        href: '#/anchors',
      },
    ],
  },
  /** In the order of the drawings in jobs.tsx. */
  jobs: [
    {
      title: 'Check a certificate that was sent to you',
      text: 'Drop the file: certificates, attestations of hardware, credentials, signed tokens, PDFs that carry one. What it is, its content says. It never leaves your machine: the page that checks is not allowed to connect to anything.',
      caption:
        'Three answers, each with its own shape. What is missing, unreachable or not pinned is never taken for good.',
      action: 'Check a file',
      href: 'check.html',
      command: 'npm run -s check -- --trust trust.json FILE',
    },
    {
      title: 'Prove that something was recorded, or that a task ran',
      text: 'Record the digest of a file, or open the task on its ledger. Once its block is final, make a certificate: one file, or one page that checks itself, which anybody can check offline.',
      caption:
        'How a record is shown to be in a block without showing the rest: each pair is hashed into the box above, up to the root.',
      action: 'Record a file',
      href: '#/record',
      command: 'npm run -s certify -- --trust trust.json my-data.csv',
    },
    {
      title: 'Audit what an operator has written',
      text: 'Pin the chain and open it: every block is read and verified, from the first to the last that is shown. Forks, gaps, contradictions and lost copies are named, with the bytes that show them. What you found becomes a report that you sign (Reports).',
      caption:
        'The zipper: blocks on one side, their timestamps on the other. Closed where both fit, apart where something was not shown, broken where they contradict each other.',
      action: 'To your chains',
      href: '#/',
      command: 'npm run -s audit -- --trust trust.json',
    },
    {
      title: 'Start a program only where others vouch for the machine',
      text: 'Choose validators of different operators, and how many of them must agree. Each looks at the host by itself and gives its share of the key only then, so nobody opens the program before that.',
      caption:
        'Seats of validators. Behind the third one is the line that must be reached: the two that count here do not suffice.',
      action: 'Launch',
      href: '#/launch',
      command: 'npm run -s launch -- run --trust trust.json --host URL --validator URL --image FILE',
    },
    {
      title: 'Publish something with its verdict beside it',
      text: 'Save a certificate as a page that checks itself, and put it beside the paper or the download. Such a page comes with the evidence, so it proves nothing against whoever sends it: it says so, and how to check elsewhere.',
      caption:
        'Every digest that people compare has a rosette of its own: two people on the phone can compare it. Beside it always stands the digest itself.',
      action: 'Check a file',
      href: 'check.html',
      command: 'npm run -s certify -- --wrap CERTIFICATE.json --html certificate.html',
    },
    {
      title: 'Follow runs, tasks and networks',
      text: 'Run a program here and keep the trace of what it did, prove one step of it, run it again elsewhere and compare. Read the tasks of a ledger, and how a network of nodes came to its votes.',
      caption:
        'What each node of a network did has a shape and a word, but no colour of a verdict: a vote is nobody’s verdict here.',
      action: 'Run a program',
      href: '#/trace',
      command: 'npm run -s trace -- run --program program.wasm --out run.trace',
    },
    {
      title: 'Operate the writing side',
      text: 'One command starts all services on this machine, with stand-ins for what is a third party’s in earnest; each has a page in the source about how it is set up for real. What was written that way says so everywhere.',
      caption:
        'The label of what proves nothing to others: it stands on every screen and in every certificate that rests on it.',
      action: 'What is simulated',
      href: '#/about',
      command: 'npm ci && npm start',
    },
  ],
  commandOf: 'command: {title}',
  command: 'By command',
  outcomes: ['closed: it holds', 'open: nobody can tell yet', 'broken: it does not hold'],
  zipper: 'Picture of a zipper: seven pairs of teeth closed, one broken, two apart because they were not shown.',
  seats: {
    label:
      'Picture of five seats: two signed, one signed with a key that counts already, two missing; three are needed.',
    names: ['North', 'South', 'East', 'West', 'Centre'],
  },
  glossary: {
    title: 'Ten words',
    terms: [
      [
        'Anchor',
        'What you take as given, such as a manufacturer’s root or the first block of a chain, and all that a verdict rests on in the end.',
      ],
      ['Certificate', 'A file that holds everything needed to check one statement offline, except for your anchors.'],
      [
        'Chain',
        'Blocks of records, each tied to the one before and to a timestamp, so that nothing can be changed later without a tear.',
      ],
      [
        'Digest',
        'A fingerprint of 32 bytes: two files with the same one are the same file, and it tells nothing about the contents of the file.',
      ],
      [
        'Enclave',
        'A part of a computer that even its operator cannot look into, and that can prove which program runs in it.',
      ],
      ['Evidence', 'Bytes that somebody shows, and that prove something only once every check of them has passed.'],
      ['Quorum', 'As many of a group as must agree before it counts, however the rest behaves.'],
      ['Seal', 'The signature of a validator under a block of a ledger.'],
      ['Timestamp', 'A service’s signed statement that it has seen a digest at a certain time.'],
      ['Trace', 'The list of what a program did, step by step, of which single steps can be shown without the others.'],
    ],
  },
  more: {
    title: 'More',
    reports: 'Sign what you found in an audit, or take the reports of others together',
    limits: 'Who could still deceive you',
    about: 'How it decides, and how to do without this page',
    keys: 'The key ? lists what keys do on each page.',
  },
});
