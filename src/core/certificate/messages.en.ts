import type { Messages } from '../verdict/messages.ts';

export const certificateMessages = {
  CERTIFICATE_FORM: {
    title: 'The file is a whole certificate',
    pass: 'The file is a certificate in its one canonical form.',
    fail: 'The file is not a whole certificate: {reason}',
    action: 'Ask for the file again: it may have been cut off, edited or saved by a program that changed it.',
  },
  CERTIFICATE_VERSION: {
    title: 'This version can read it',
    unknown: 'The file says that it is a “{version}”; this version of Affidavit reads “{known}”.',
    action:
      'Use a newer version of Affidavit. If the file should be of the known version, it was changed: ask for the original.',
  },
  CERTIFICATE_DIGEST: {
    title: 'Nothing in the file was changed',
    pass: 'The digest in the file is that of all its other fields.',
    fail: 'The file says its digest is {digest}, but its fields give {found}: something was changed after it was made.',
    action: 'Ask for the original file.',
  },
  CERTIFICATE_SYSTEM: {
    title: 'This version can judge such certificates',
    unknown: 'Certificates of the system “{system}” cannot be judged by this version.',
    action: 'Use a newer version of Affidavit.',
  },
  CERTIFICATE_CLAIM: {
    title: 'What is claimed can be read',
    pass: 'Claim, proof and anchors have the form that they must have.',
    fail: 'Claim, proof or anchors do not have the form that they must have: {reason}',
    action: 'Ask for the file again.',
  },
  CERTIFICATE_IDENTITY: {
    title: 'It is about the chain that you pinned',
    pass: 'Block zero and sequencer key are those that your trust file pins for “{chain}”.',
    fail: 'The certificate names another {part} than your trust file pins for “{chain}”.',
    unknown: 'Your trust file does not pin the chain with block zero {genesis}.',
    action: 'Get this chain’s identity from a source that you trust, not from the certificate, and pin it.',
  },
  CERTIFICATE_TRANSCRIPT: {
    title: 'Every block and attestation in it is genuine',
    pass: 'All {count} blocks with their timestamps and numbers are signed by the pinned keys.',
    fail: 'Number {k} does not hold: {reason}',
    unknown: 'No block in it was judged.',
    action:
      'Pin its chain first. If it is pinned, ask for the original file: a genuine certificate holds valid blocks, and nothing else.',
  },
  CERTIFICATE_BLOCK: {
    title: 'The block is on the main chain',
    pass: 'The block stands at height {height} of the main chain, number {k}.',
    fail: 'The block that the certificate names is not at height {height} of the main chain.',
    unknown: 'The main chain could not be followed as far as the block that the certificate names.',
    action: 'The block may be on a fork that lost. Audit the chain to see.',
  },
  CERTIFICATE_INCLUSION: {
    title: 'The record is in the block',
    pass: 'The record is leaf {leaf} of {leaves} in the block’s tree.',
    fail: 'The record is not leaf {leaf} of {leaves} in the block’s tree.',
    action: 'The proof was made for something else. Ask for the original file.',
  },
  CERTIFICATE_TIMES: {
    title: 'The two times are those of the timestamps around it',
    pass: 'The times are those of the timestamp before the block and of its own; the clock may be off by {skew} s as you allow.',
    fail: 'The certificate says {after} and {before}, but the timestamps say {signedAfter} and {signedBefore}.',
    unknown: 'The timestamps around the block could not be read.',
    action: 'Do not rely on the times that the file names.',
  },
  CERTIFICATE_ANCHORS: {
    title: 'It lists what you must have pinned',
    pass: 'The anchors that it lists are the ones that it was judged under.',
    fail: 'The anchors that it lists are not the ones that it was judged under: {part}.',
    unknown: 'Whether what it lists would do cannot be told: {part}.',
    action: 'The list was changed after the certificate was made. Ask for the original file.',
  },
  CERTIFICATE_LABELS: {
    title: 'It says what must be said of its evidence',
    pass: 'The labels that it carries are the ones that its evidence asks for.',
    fail: 'It should carry the labels “{expected}”, but carries “{found}”.',
    action: 'Somebody took a warning away or added one. Ask for the original file.',
  },
  CERTIFICATE_FILE: {
    title: 'The file beside it is the one that was recorded',
    pass: '{name} is the file that was recorded{how}.',
    fail: 'None of the files beside the certificate is the one that was recorded.',
    action: 'Check that you have the very same file: a single changed byte makes it another one.',
  },
  CERTIFICATE_RECORDED: {
    title: 'The certificate was itself recorded',
    pass: 'This very file was recorded in turn, as {name} shows, between {after} and {before}. Whoever relies on that chain alone knows that the file, and so the record, was there at {before}; by all {links} further certificates together it was there at {bound}.',
    fail: '{name} says that this very file was recorded in turn, but does not hold.',
    unknown:
      '{name} says that this very file was recorded in turn, between {after} and {before}, but that could not be decided.',
    action: 'Look at the checks of the second certificate below. Leave it away to judge the first one alone.',
  },
  CERTIFICATE_RECORD_WEAKER: {
    title:
      '{name} also says that this file was recorded, but does not hold or could not be decided; another one counts.',
  },
  CERTIFICATE_COMPANION_OTHER: {
    title: 'The certificate {name} given beside it is not about this file, and decides nothing.',
  },
  CERTIFICATE_COMPANION_FORM: {
    title: 'The file {name} given beside it is not a whole certificate, and decides nothing.',
  },
  CERTIFICATE_WRAPPER: {
    title: 'The certificate can be taken out of what stands around it',
    fail: 'This is a certificate in the form of another tool, but not as an export of it: {reason}',
    unknown: 'What stands around the certificate could not be judged: {reason}',
    action: 'Ask for the export again, or for the certificate’s own file.',
  },
  CERTIFICATE_CREDENTIAL: {
    title: 'The credential around the certificate was signed as it says',
    pass: 'The credential around the certificate holds: {signer} signed it.',
    fail: 'The signature of the credential around the certificate does not hold: {reason}',
    unknown: 'The signature of the credential around the certificate could not be verified: {reason}',
    action:
      'Ask for the export again, or for the certificate’s own file, which needs no signature of whoever sends it.',
  },
  CERTIFICATE_ENVELOPE: {
    title: 'The envelope around the certificate was signed as it says',
    pass: 'The envelope around the certificate holds: {signer} signed it.',
    fail: 'The signature of the envelope around the certificate does not hold: {reason}',
    unknown: 'The signature of the envelope around the certificate could not be verified: {reason}',
    action:
      'Ask for the export again, or for the certificate’s own file, which needs no signature of whoever sends it.',
  },
  CERTIFICATE_EXPORTER: {
    title:
      'Who {signer} is, your trust file does not say: anyone can make such a key. The certificate stands by itself and needs nobody’s word.',
  },
} as const satisfies Messages;
