import { words } from './words.ts';

/** Words of the about page. */
export const about = words('about', {
  title: 'How this works, and why you need not believe it',
  version: {
    title: 'This program',
    version: 'Version',
    build: 'Digest of the build',
    compare: 'How to compare it',
    compareText:
      'The digest is over every file of this site. The same source gives the same digest on any machine: build it yourself, or have every file of this host fetched, hashed and compared. That is worth more than what this page says of itself, since an altered page could show any digest.',
    commands: [
      ['Build it yourself: the digest is in dist/build.json', 'npm ci && npm run build'],
      ['Build twice and see that nothing differs', 'npm run reproduce'],
      ['Compare this host with your own build', 'npm run reproduce -- --against {address}'],
    ] as readonly (readonly [string, string])[],
    bill: 'What it is made of',
    billLink: 'sbom.cdx.json',
    billText: 'Every package with its version and digest (CycloneDX).',
    offline: 'Without a network',
    isKept:
      'This version is kept in this browser: it opens without a network. Another one never runs here without being named.',
    isNotKept: 'Not kept in this browser (yet): without a network the page may not open.',
    noBuild: 'This page was not built but is served for development, so it has no digest.',
    licence: 'Licence',
    licenceText: 'Apache-2.0',
    list: 'The digest of each file',
    listLink: 'build.json',
  },
  trust: {
    limits: 'Limits, and who could still deceive you',
    title: 'How trust works here',
    items: [
      [
        'Nothing that comes over a wire is believed.',
        'Not the storage, not the operator, not the server of this page. Everything is verified by its signatures and hashes, in workers inside your browser.',
      ],
      [
        'What you trust is a short list that you make.',
        'Keys, roots, measurements and block zero of a chain are pinned on the anchors page, by you, one by one or from a file. A verdict says which of them it used.',
      ],
      [
        'There are three answers, not two.',
        'Holds, does not hold, cannot tell. Whatever is missing, out of reach or not pinned is never taken for good.',
      ],
      [
        'A genuine enclave is not yet the right one.',
        'That some real enclave signed, and that it ran the code which you expect for this role, are two checks.',
      ],
      [
        'A certificate says “recorded between two times”.',
        'It never says that something is the first of its kind, nor that it did not exist before.',
      ],
    ] as readonly (readonly [string, string])[],
  },
  zipper: {
    title: 'Why a zipper',
    text: 'A block carries the hash of the timestamp before it; a timestamp carries the hash of its block. So blocks and timestamps interlock like the teeth of a zipper, and no tooth can be taken out or exchanged without every later one coming apart. An enclave numbers the blocks, and every number is kept in six places, so a missing one is noticed.',
  },
  repeat: {
    title: 'Repeat it on the command line',
    text: 'The same code runs without a browser, offline, on any machine with Node. Download your trust file from the anchors page first.',
    commands: [
      ['Check a certificate or any other evidence', 'npm run -s check -- --trust trust.json FILE'],
      ['Audit a chain from its storage', 'npm run -s audit -- --trust trust.json CHAIN'],
      ['Make a certificate for a file', 'npm run -s certify -- --trust trust.json --out FILE.affidavit.json FILE'],
    ] as readonly (readonly [string, string])[],
    exit: 'Each ends with 0 only if everything holds, with 1 if something does not or cannot be told, with 2 if it was called wrongly.',
  },
  simulated: {
    title: 'What is simulated',
    text: 'With “npm start” everything runs on one machine so that it can be tried out. Two parts are stand-ins, and everything that rests on them is labelled:',
    items: [
      [
        'Simulated',
        'The enclave. Its documents have exactly the form of AWS Nitro’s, but their root is made at the first start, and no hardware vouches for it.',
      ],
      [
        'Development key',
        'The timestamp service. It is a local stand-in for Amazon Cognito, and its signing key is published with it.',
      ],
    ] as readonly (readonly [string, string])[],
    real: 'Both are exchanged for the real ones without changing what is checked.',
  },
  privacy: {
    title: 'What leaves this machine',
    text: 'The check page may not connect to anything at all, and the browser enforces it. The other pages ask the storage that you have pinned for a chain, fetch what a link tells them to and say so, and, if you record a file, send its digest to the writer that you started yourself. There are no cookies and no measuring of visitors.',
  },
} as const);
