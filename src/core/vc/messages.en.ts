import type { Messages } from '../verdict/messages.ts';

/** The words of certificates: bloxberg, Blockcerts, Proof of eXecution. */
export const certificateMessages: Messages = {
  CERT_FORM: {
    title: 'It is a certificate that can be read',
    pass: 'The certificate and its proofs have the form that they must have.',
    fail: 'The certificate cannot be read. {reason}',
    action: 'Get the certificate again from whoever gave it to you, as the JSON file that was issued.',
  },
  CERT_PDF_PAGES: {
    title:
      'What was judged is the certificate that is attached to the PDF. Its drawn pages may say anything: no proof covers them.',
  },
  CERT_CONTEXT: {
    title: 'Its words mean what readers take them for',
    pass: 'Each of its {count} contexts is known, and none gives a known word another meaning.',
    fail: 'Its words cannot be taken for what they seem. {reason}',
    unknown: 'The context {address} is not at hand, so that its words and its hash cannot be told.',
    action:
      'Fetch {address}, compare it with what others have, and pin it under “contexts” in your trust file, or give it with --with or drop it beside.',
  },
  CERT_OWN_CONTEXT: {
    title:
      'It brings {count} contexts of its own or that you gave. They add words and change none; what the added words mean, the issuer alone says.',
  },
  CERT_PROOF: {
    title: 'Proof {number} ({suite}) holds',
    pass: 'Proof {number} ({suite}) holds.',
    fail: 'Proof {number} ({suite}) does not hold.',
    unknown: 'Whether proof {number} ({suite}) holds cannot be told.',
  },
  CERT_PREVIOUS: {
    title: 'The proofs that it builds on are there and hold',
    pass: 'Each proof that it builds on stands there, is part of what it covers, and holds.',
    fail: 'A proof that it builds on is not there or does not hold. {reason}',
    unknown: 'A proof that it builds on cannot be judged. {reason}',
  },
  CERT_SIGNATURE: {
    title: 'The signature holds',
    pass: 'The key {method} ({curve}) signed it, by {suite}.',
    fail: 'The signature ({suite}) does not hold. {reason}',
    unknown: 'Whether the signature ({suite}) holds cannot be told. {reason}',
    action:
      'Get what is missing (the signer’s DID document or profile, a context) from the signer itself, compare it with a second source, and pin it in your trust file, or give it with --with or drop it beside.',
  },
  CERT_HASH: {
    title: 'The certificate is the one that was recorded',
    pass: 'The covered fields hash to {target}, which is what was recorded.',
    fail: 'A covered field was changed, or the proof is of another certificate. It should hash to {target}. {reason}',
    unknown: 'The hash could not be computed. {reason}',
  },
  CERT_MERKLE: {
    title: 'The hash is in the tree that was recorded',
    pass: 'In {steps} steps the hash leads to the root {root}.',
    fail: 'The path leads to {reached}, not to the root {root}.',
    unknown: 'The path was not followed.',
  },
  CERT_ANCHOR: {
    title: 'It names a transaction of a ledger',
    pass: 'The root is said to be in transaction {transaction} on {ledger}.',
    fail: 'It does not say where the root is recorded. {reason}',
    unknown: 'Where the root is recorded cannot be told. {reason}',
  },
  CERT_TRANSACTION: {
    title: 'That transaction records the root',
    pass: 'The transaction of that very identifier says the root.',
    fail: 'The transaction of that identifier does not say the root {root}: another certificate was recorded there, or none.',
    unknown: 'What the transaction says cannot be told. {reason}',
    action:
      'Look at {address}, and get the transaction from a node (eth_getBlockByNumber of its block, with whole transactions; Bitcoin: the raw transaction in hex). Give it with --with or drop it beside.',
  },
  CERT_LEDGER: {
    title: 'The transaction is on the ledger',
    pass: 'Block {block} holds it, sealed by enough of the validators that you pinned, at {time}.',
    fail: 'The blocks that were given do not prove it. {reason}',
    unknown: 'Whether the ledger holds it cannot be told. {reason}',
    action:
      'See {address}; then give the sealed headers of its block (an evm-block file) and all of the block’s transactions with --with or drop them beside, and pin the ledger’s validators.',
  },
  CERT_COVERAGE: {
    title: 'The hash covers what it is about',
    pass: 'A change of any of {covered} fields would show; that was tried out field by field.',
    fail: 'The hash does not cover what it must. {reason}',
    unknown: 'The hash does not protect what the certificate is about. {reason}',
    action: 'Rely on nothing in it that is marked as not covered. Ask the issuer for the same from another source.',
  },
  CERT_DISCLOSED: {
    title: 'It is a part of what was issued: whoever shows it has left out what they did not want to show.',
  },
  CERT_UNCOVERED: {
    title: '{count} fields are NOT covered by the hash, and may have been changed by anyone: {fields}.',
  },
  CERT_UNTRIED: {
    title: 'It has so many fields that {count} were not tried out. They count as not covered.',
  },
  CERT_ISSUER: {
    title: 'Its issuer is one that you trust',
    pass: 'The profile of {issuer} that you pinned lists the key that signed the transaction.',
    fail: 'It was not issued by whom it says. {reason}',
    unknown: 'Who issued it cannot be told. {reason}',
    action:
      'Fetch {issuer} from the issuer itself and compare it with a second source; give it with --with or drop it beside, and pin it under “contexts” in your trust file.',
  },
  CERT_REVOCATION: {
    title: 'Its issuer did not take it back',
    pass: 'The issuer’s list of revoked certificates does not have it, or the issuer keeps none.',
    fail: 'The issuer took it back: it is marked in {list}.',
    unknown: 'Whether it was taken back cannot be told. {reason}',
    action: 'Fetch the list {list} today, and give it with --with or drop it beside.',
  },
  CERT_LIST_UNSIGNED: {
    title: 'Nobody signs the list {list}: it is worth what the place is worth that you got it from.',
  },
  CERT_LIST_DATED: {
    title: 'The list does not say how long it may be used; it is of {date}. What was taken back since is not in it.',
  },
  CERT_TIME: {
    title: 'It is valid at this time',
    pass: 'At {time} it is valid.',
    fail: 'At {time} it is not valid. {reason}',
  },
  CERT_CRID: {
    title: 'It is about a digest of something',
    pass: 'It is about the content whose SHA-256 is {crid}.',
    unknown: 'It cannot be told what it is about. {reason}',
    action: 'Have the content certified again with a program that hashes the file itself.',
  },
  CERT_NO_CONTENT: {
    title: 'No file was given to compare with the digest, so what it is about was not seen.',
  },
  CERT_CONTENT: {
    title: 'The file beside it is what it is about',
    pass: 'It is about {file} ({part}).',
    fail: 'It is about none of the files that were given: {files}.',
    action: 'Give the very file, byte for byte: opening and saving it again may change it.',
  },
  POX_METADATA: {
    title: 'What it says about the order is protected',
    pass: 'The hash covers what it says about order {order} of {contract}.',
    fail: 'What it says about its order cannot be read. {reason}',
    unknown:
      'Order {order} of {contract}, and all else that it says about the execution, cannot be confirmed. {reason}',
    action: 'Audit the order itself from the contract, and compare what it says with this certificate.',
  },
  POX_RESULT: {
    title: 'Its result and the result’s identifier agree',
    pass: 'The result that it shows has the identifier {result}. That both are right is not shown by that.',
    fail: 'The result that it shows has the identifier {computed}, not {result}.',
    unknown: 'Its result cannot be compared with its identifier. {reason}',
  },
};
