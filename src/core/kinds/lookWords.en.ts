/** What a file of no known kind looks like, to stand behind its name, and what to do about it. Keyed by the look. */
export const lookWords = {
  empty: { is: 'is empty (0 bytes).', todo: 'Fetch it again: the download may have failed.' },
  privateKey: {
    is: 'is a PRIVATE KEY ({form}).',
    todo: 'Whoever has it can sign in its owner’s name. It was not kept, sent or shown here. Never send it to anyone; if it came to you from somebody, tell its owner to replace it. What is checked here are signatures and certificates, never keys of this sort.',
  },
  zip: { is: 'is a ZIP archive with no file in it.', todo: 'Pack it again, or give the files that belong in it.' },
  gzip: { is: 'is compressed with gzip.', todo: 'Decompress it and give what is inside.' },
  tar: { is: 'is a tar archive with no file in it.', todo: 'Pack it again, or give the files that belong in it.' },
  pdf: {
    is: 'is a PDF to which no file is attached.',
    todo: 'A drawn page proves nothing that could be checked here. Give the file of evidence that came with it, or the PDF that has it attached.',
  },
  zstandard: {
    is: 'is compressed with Zstandard.',
    todo: 'Decompress it, or pack it as ZIP or gzip, which are opened here.',
  },
  packed: {
    is: 'is an archive of a form that is not opened here.',
    todo: 'Unpack it, or pack it as ZIP, tar or gzip.',
  },
  picture: {
    is: 'is a picture.',
    todo: 'A picture of evidence proves nothing: give the file itself. If it is a QR code on a printed certificate, scan it: it leads to the check page.',
  },
  utf16: { is: 'looks like text in UTF-16.', todo: 'Save it as UTF-8.' },
  program: {
    is: 'is a program or a library of machine code.',
    todo: 'It is not run and not judged by itself. Drop it together with a certificate or an attestation that names it by digest.',
  },
  database: { is: 'is a SQLite database.', todo: 'If a certificate names it by digest, drop both together.' },
  brokenPage: {
    is: 'is a page that checks itself, but its certificate cannot be taken out: at offset {offset}, {reason}.',
    todo: 'Ask for the page again.',
  },
  web: {
    is: 'is a web page or XML document.',
    todo: 'It may be what a server sent in place of the file. Fetch the file itself.',
  },
  request: {
    is: 'is a request for a certificate (CSR).',
    todo: 'It says what somebody wants to have certified. Give the certificate that was issued, beside the evidence that it goes with.',
  },
  publicKey: {
    is: 'is a public key.',
    todo: 'By itself it proves nothing. Keys are pinned in a trust file; see the page of anchors for what each is for.',
  },
  certificate: {
    is: 'is an X.509 certificate of {subject}.',
    todo: 'It goes beside evidence that was signed with its key: drop both together.',
  },
  revocationList: { is: 'is a list of revoked certificates.', todo: 'It goes beside evidence: drop both together.' },
  sshKey: {
    is: 'is a public SSH key.',
    todo: 'No evidence that is checked here is signed with keys of this sort.',
  },
  pem: { is: 'is a PEM file of the sort “{label}”.', todo: 'No evidence that is checked here has this form.' },
  der: {
    is: 'is ASN.1 in DER, but neither a certificate, nor a request, nor a list of revoked ones.',
    todo: 'If it is a signature or a timestamp, give the document that it belongs to.',
  },
  url: {
    is: 'is the address {url}, not the document there.',
    todo: 'Nothing is fetched unasked. Fetch it and give the file, or let the overview fetch it.',
  },
  did: {
    is: 'is the name of somebody (a DID), not a document.',
    todo: 'Give the credential that this issuer signed; look a host up on the page of hosts.',
  },
  digest: {
    is: 'is 32 bytes: a digest, or a key.',
    todo: 'If it is the digest of a record, look it up on the overview. If it is a secret key, tell nobody.',
  },
  address: {
    is: 'is the address of an account or a contract.',
    todo: 'Look a contract up on the overview, under the ledger that it is on.',
  },
  token: {
    is: 'looks like a signed token, but not like one that can be read.',
    todo: 'Give it whole: three parts with dots between them, without quotation marks or line ends.',
  },
  otherDocument: {
    is: 'calls itself a document of Affidavit of the form “{type}”, which this version does not judge.',
    todo: 'It may go beside other evidence, or be of a later version.',
  },
  json: {
    is: 'is JSON with the members {members}.',
    todo: 'No kind of evidence looks like this. Check that it is the whole document and not a part of it.',
  },
  jsonList: {
    is: 'is a list in JSON, of {count} entries.',
    todo: 'Give its entries one by one: each as a file of its own.',
  },
  jsonLines: {
    is: 'is JSON, one document on each line.',
    todo: 'Give its lines one by one: each as a file of its own.',
  },
  brokenJson: { is: 'begins like JSON but is none: {reason}', todo: 'It may be cut off. Fetch it again.' },
  cborList: { is: 'is CBOR: a list of {count}.', todo: 'No kind of evidence looks like this.' },
  cborMap: { is: 'is CBOR: a map of {count}.', todo: 'No kind of evidence looks like this.' },
  cborTagList: { is: 'is CBOR: a list of {count}, with the tag {tag}.', todo: 'No kind of evidence looks like this.' },
  cborTagMap: { is: 'is CBOR: a map of {count}, with the tag {tag}.', todo: 'No kind of evidence looks like this.' },
  wrapped: {
    is: 'is {encoding}; inside are {length} bytes beginning with {start} (hex).',
    todo: 'No kind of evidence begins like this. Check that it is the whole file and the right one.',
  },
  bytes: {
    is: 'is of no kind that is known here: {length} bytes beginning with {start} (hex).',
    todo: 'Check that it is the whole file and the right one. If it is a data file, drop it together with its certificate.',
  },
  text: {
    is: 'is of no kind that is known here: {length} bytes of text beginning with “{start}”.',
    todo: 'Check that it is the whole file and the right one. If it is a data file, drop it together with its certificate.',
  },
} as const;
