import { words } from './words.ts';

/** Words of handing on a certificate as a page that checks itself, and of taking it out of one. */
export const certificatePage = words('certificatePage', {
  save: 'Download as a page that checks itself',
  hint: 'One HTML file to mail: whoever opens it sees the checks made anew, offline. It proves nothing against its sender, and says so.',
  withTrust: 'Put in the anchors that this verdict rests on, to be offered as given by you',
  failed: 'The page could not be made.',
  takenOut: 'Taken out of',
  takenOutText: 'a page that checks itself. Its own program was not run.',
  givenTrust: 'It also brings anchors of its sender’s, which count for nothing here.',
  exports: {
    vc: 'Download as a W3C credential',
    dsse: 'Download as an in-toto statement',
    hint: 'For tools that keep such documents: the certificate stands in it byte for byte, and this page and the command line take it out again. It is signed with a key that this browser makes and never gives away; that says through whose hands it went, not that it holds.',
    noStatement: 'An in-toto statement is about a file; this certificate is about none, so there is none of it.',
    signedBy: 'Signed by',
    failed: 'The export could not be made.',
  },
} as const);
