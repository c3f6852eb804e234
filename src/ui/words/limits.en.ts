import { words } from './words.ts';

/** Words of the page that says against whom this protects, and where that ends. */
export const limits = words('limits', {
  title: 'Limits, and who could still deceive you',
  lead: 'A verdict is only as good as what it rests on. Here stands, for everybody who might lie, what they can try, what this program does about it, and what remains for you to judge.',
  threats: {
    title: 'Who might lie',
    columns: ['Who', 'What they could try', 'What happens here', 'What remains'],
    rows: [
      [
        'The storage',
        'Hand out old, changed or made-up objects, or none.',
        'Every object is decoded from several places and held against hashes and signatures; whichever place lied or is down is named. Nothing that is missing counts as good.',
        'What nobody shows cannot be known: the end of a chain is its end as shown.',
      ],
      [
        'The operator of a chain',
        'Rewrite the past, leave something out, tell two people different things.',
        'Numbers without gaps from an enclave, timestamps chained into blocks: a change tears everything after it, and two attestations for one number are kept as a proof of fraud.',
        'An operator who never records something has not lied about it. A certificate says “recorded between”, never “first” and never “not before”.',
      ],
      [
        'The timestamp service',
        'Sign a wrong time.',
        'Its keys are pinned, times may not run backwards, and each is compared with the clock of the enclave that numbered the block.',
        'If timestamp service and enclave lie together, about the same time, the time is wrong and nothing here can show it.',
      ],
      [
        'An enclave, or its maker',
        'Run other code than it says; leak its key through a fault in the hardware.',
        'The measurement must be one that you have pinned, for this role; debug mode, foreign roots and revoked hardware are refused.',
        'Whoever breaks the hardware, or has the manufacturer’s root key, can forge its documents. Known faults show in the lists of the manufacturers, where you give them.',
      ],
      [
        'The nodes of a ledger',
        'Leave events out, answer with another chain, hold back blocks.',
        'Headers are judged by the seals of the pinned validators, events and storage by Merkle proofs, completeness by counters in the contract.',
        'A quorum of the validators together can write whatever it likes. A node that you ask alone can hold back the newest blocks.',
      ],
      [
        'The validators of a host',
        'Vouch for a machine that they did not look at.',
        'Each counts once, under a key that was valid then, only if you chose it; a threshold of them is needed, and of the shares of the key as well.',
        'As many as your threshold, acting together, can vouch for anything and open the image. Choose them from different operators and regions.',
      ],
      [
        'Who traced a program',
        'Sign a trace of something that never ran.',
        'Signed, included, anchored and run again are four answers, never one. With the inputs your own browser runs it again.',
        'Until somebody has run it again, that something was not called is their claim. A zero-knowledge proof made with the development setup can be forged by whoever ran that setup.',
      ],
      [
        'Who sent you a certificate',
        'Send one that brings its own anchors, or a page that always says “holds”.',
        'The verdict comes from your own trust file alone. A page that checks itself says that it proves nothing against its sender.',
        'Check on a page or with a command that you have from elsewhere.',
      ],
      [
        'Who serves this page',
        'Serve a changed program.',
        'Builds are reproducible, and every file’s digest is published: two people can compare them, and the command line does without any server.',
        'A server may give one person other files than the rest. Who must be sure builds it, or takes the command line.',
      ],
      [
        'Your own machine',
        'Browser, extensions and system can show you anything.',
        'Nothing is believed that this browser kept without a seal of its own key.',
        'There is no protection against it. Take another machine.',
      ],
    ],
  },
  limits: {
    title: 'What is not done',
    items: [
      [
        'Not everything is read at once.',
        'A file is judged up to 96 MiB; only enclave images and recorded files may be longer, since they are read piece by piece.',
      ],
      [
        'Nothing is looked up behind your back.',
        'Collateral, revocation lists and status lists are asked for by name; without them the answer is “cannot tell”.',
      ],
      [
        'Recording is for good.',
        'What you record cannot be deleted. By default that is a digest alone, which says nothing to whoever does not have the file; for contents that can be guessed, it does.',
      ],
      [
        'Simulated parts are labelled, not hidden.',
        'On one machine the enclaves and the TPM are simulated and development keys are published. Every screen, report and certificate that rests on them says so.',
      ],
      [
        'Not yet tried on the real thing.',
        'The adapters for a Nitro enclave, Azure and Google storage, Amazon Cognito and public ledgers are written against their documentation and tested against stand-ins here.',
      ],
    ],
  },
  more: 'How it decides',
});
