import type { Messages } from '../../verdict/messages.ts';
import { attestationMessages } from '../../task/attestationMessages.en.ts';
import { hostMessages } from '../../host/messages.en.ts';
import { certificateMessages } from '../messages.en.ts';

/** The words of credentials that are signed: those of certificates, and where a signature says it otherwise than a hash. */
export const verifiableMessages: Messages = {
  ...attestationMessages,
  ...certificateMessages,
  ...hostMessages,
  CERT_FORM: {
    title: 'It is a credential that can be read',
    pass: 'The credential and its proofs have the form that they must have.',
    fail: 'The credential cannot be read. {reason}',
    action: 'Get the credential again from whoever gave it to you, as the JSON file that was issued.',
  },
  CERT_UNSIGNED: {
    title: 'Somebody has signed it',
    unknown: 'It has no proof: anyone can have written it.',
  },
  CERT_CONTEXT: {
    ...certificateMessages['CERT_CONTEXT'],
    title: 'Its words mean what readers take them for',
    unknown: 'The context {address} is not at hand, so that its words cannot be told.',
  },
  CERT_COVERAGE: {
    title: 'The signature covers all of it',
    pass: 'Every member of the credential is signed; a change of any would break the signature.',
    unknown: 'Whether the signature covers all of it cannot be told. {reason}',
    action: 'Rely on nothing in it.',
  },
  CERT_ISSUER: {
    title: 'Its issuer is one that you trust',
    pass: 'The document of {issuer} that you pinned lists a key that signed it.',
    fail: 'It was not issued by whom it says. {reason}',
    unknown: 'Who issued it cannot be told. {reason}',
    action:
      'Get the document of {issuer} from the issuer itself, compare it with a second source, and pin it in your trust file: under “dids” where it is a DID, else under “contexts”.',
  },
  CERT_REVOCATION: {
    title: 'Its issuer did not take it back',
    pass: 'Place {place} of the issuer’s signed list {list} is not marked ({purpose}).',
    fail: 'The issuer took it back ({purpose}): place {place} is marked in {list}.',
    unknown: 'Whether it was taken back cannot be told. {reason}',
    action: 'Fetch the list {list} today, and give it with --with or drop it beside.',
  },
};
