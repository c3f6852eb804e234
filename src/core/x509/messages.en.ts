import type { Messages } from '../verdict/messages.ts';

export const x509Messages: Messages = {
  X509_FORM: {
    title: 'Every certificate can be read',
    pass: 'All {count} certificates have the strict form of X.509.',
    fail: 'Certificate {number} cannot be read. {reason}',
    unknown: 'The certificates were not read.',
    action: 'Get the evidence again from where it was made: it may have been cut or altered on the way.',
  },
  X509_ALGORITHM: {
    title: 'Keys and signatures use the expected algorithms',
    pass: 'All {count} certificates use the expected kind of key and signature.',
    fail: 'Certificate {number} ({subject}) uses another algorithm. {reason}',
    unknown: 'The algorithms were not looked at, because a certificate could not be read.',
  },
  X509_CRITICAL: {
    title: 'No certificate has a critical condition that is not understood',
    pass: 'No certificate carries a critical extension that this verifier does not understand.',
    fail: 'Certificate {number} ({subject}) has a condition that may not be ignored. {reason}',
    unknown: 'The extensions were not looked at, because a certificate could not be read.',
  },
  X509_NAMES: {
    title: 'Each certificate names the one before it as its issuer',
    pass: 'Issuer and subject names link all {count} certificates in the given order.',
    fail: 'Certificate {number} ({subject}) breaks the line of issuers. {reason}',
    unknown: 'The names were not compared, because a certificate could not be read.',
  },
  X509_AUTHORITY: {
    title: 'Only authorities issue certificates',
    pass: 'Every issuer is marked as an authority, and the certificate that signs the evidence is not.',
    fail: 'Certificate {number} ({subject}) is used for what it is not made for. {reason}',
    unknown: 'The rights of the issuers were not looked at, because a certificate could not be read.',
  },
  X509_PATH_LENGTH: {
    title: 'No authority has more authorities below it than it may',
    pass: 'Every issuer stays within its path length.',
    fail: 'There are too many certificates below certificate {number} ({subject}). {reason}',
    unknown: 'The path lengths were not looked at, because a certificate could not be read.',
  },
  X509_KEY_USAGE: {
    title: 'Each key may be used for what it was used for',
    pass: 'Issuers may sign certificates, and the last key may sign data.',
    fail: 'The key of certificate {number} ({subject}) may not be used so. {reason}',
    unknown: 'The uses of the keys were not looked at, because a certificate could not be read.',
  },
  X509_SIGNATURE: {
    title: 'Each certificate is signed by the one before it',
    pass: 'The signatures of all certificates below the root hold.',
    fail: 'The signature on certificate {number} ({subject}) does not hold. {reason}',
    unknown: 'Not every signature could be checked. {reason}',
  },
  X509_VALIDITY: {
    title: 'Certificate {number} is valid at the time',
    pass: 'Certificate {number} ({subject}) is valid from {from} to {to}, and so at {at}.',
    fail: 'Certificate {number} ({subject}) is valid from {from} to {to}, not at {at}.',
    unknown: 'The window of validity was not compared with the time.',
    action:
      'Evidence is judged at its own signed time unless another is given. Give a time inside the window, or none.',
  },
  X509_REVOCATION: {
    title: 'The certificate is not revoked',
    pass: 'The list of {issuer}, which counts from {from} to {to}, does not revoke certificate {number} ({subject}) for {at}.',
    fail: 'Certificate {number} ({subject}) is revoked by its issuer. {reason}',
    unknown: 'Whether certificate {number} ({subject}) was revoked at {at} cannot be told. {reason}',
    action:
      'Get a revocation list of {issuer} that counts at the time at which the evidence is judged, and give it with --with or drop it beside.',
  },
  X509_REVOKED_LATER: {
    title: 'The certificate was revoked at {date}, after the time {at} at which the evidence is judged.',
  },
  X509_CRL_FORM: {
    title: 'The revocation list can be read',
    unknown: 'The revocation list {file} cannot be read, so what it says is not known. {reason}',
    action: 'Get the list again from its issuer, whole, in DER or PEM.',
  },
};
