import type { Messages } from '../../verdict/messages.ts';
import { x509Messages } from '../../x509/messages.en.ts';

export const nitroMessages: Messages = {
  ...x509Messages,
  TEE_FORM: {
    title: 'The document has the form of an AWS Nitro attestation',
    pass: 'The document has the form that AWS describes, with every field it must have.',
    fail: 'The document does not have the form of an AWS Nitro attestation ({rule}, byte {offset}). {reason}',
    unknown: 'The document was not read.',
    action:
      'Get the document again from where it was made, as bytes: it may have been cut, converted or altered on the way.',
  },
  TEE_PLATFORM: {
    title: 'It speaks for an enclave',
    pass: 'The document was made for a Nitro enclave.',
    fail: 'The document was made for the NitroTPM of an ordinary virtual machine, not for an enclave.',
    unknown: 'What the document speaks for cannot be told. {reason}',
  },
  TEE_CHAIN: {
    title: 'The signing key goes back to a trusted root',
    pass: 'The certificates lead from a trusted root to the key that signed, and every rule of the path holds.',
    fail: 'The certificates do not lead from a trusted root to the key that signed.',
    unknown: 'Whether the certificates lead to a trusted root cannot be told.',
  },
  TEE_ROOT: {
    title: 'The root is one that you trust',
    pass: 'The first certificate is, byte for byte, a root that you trust: {subject}.',
    fail: 'The first certificate is neither the root of AWS nor one that you have pinned: {subject}.',
    unknown: 'The root was not looked at. {reason}',
    action: 'AWS has one root for all enclaves, and it is built in. Pin another only if you know whose it is and why.',
  },
  TEE_SIGNATURE: {
    title: 'The signature on the document holds',
    pass: 'The document is signed by the key of its last certificate, and not one signed byte has changed since.',
    fail: 'The signature on the document does not hold. {reason}',
    unknown: 'The signature could not be checked. {reason}',
  },
  TEE_TIME: {
    title: 'All certificates are valid at the time',
    pass: 'All certificates are valid together from {from} to {to}, and so at {at}.',
    fail: 'Not all certificates are valid at {at}. Together they are from {from} to {to}; the document was signed at {signed}.',
    unknown: 'Whether the certificates were valid cannot be told. {reason}',
    action:
      'A key of AWS Nitro lives for three hours, so old documents are judged at their own signed time. Give no time to do that.',
  },
  TEE_MEASUREMENT: {
    title: 'The code is the code you expect',
    pass: 'The measured code is the one of pin {pin} in your trust file.',
    fail: 'The measured code is none of those that you have pinned. {reason}',
    unknown: 'You have pinned no measurement, so nothing says which code was to be expected.',
    action: 'Get the measurement (PCR 0, 1 and 2) from whoever builds the image, or build it yourself, and pin it.',
  },
  TEE_DEBUG: {
    title:
      'Debug mode: the enclave can be read and changed from outside, and its measurements are zeros. It proves nothing.',
  },
  TEE_LONG_FIELD: {
    title:
      'The field {field} has {length} bytes. AWS describes {usual} in one place and 1024 in another; genuine documents reach 1024.',
  },
  TEE_REVOCATION: {
    title: 'No certificate is revoked',
    pass: 'No certificate whose issuer has a revocation list among those given is revoked.',
    fail: 'A certificate was revoked by its issuer, so what its key signed is worth nothing from then on.',
    unknown: 'Whether a certificate was revoked cannot be told from the revocation lists given.',
    action: 'Give the revocation list of the issuer that counts at the judged time with --with, or drop it beside.',
  },
  TEE_REVOCATION_OPEN: {
    title:
      'Whether certificates were revoked was not checked for all of them. Revocation lists can be given with --with or dropped beside; their addresses: {addresses}.',
  },
  TEE_CRL_OTHER: {
    title: 'A revocation list that was given is of none of the issuers here, but of {issuer}.',
  },
  TEE_CLOCK: {
    title:
      'The time is only {seconds} seconds {side} the window in which all certificates are valid. If it comes from a clock, that clock is probably wrong.',
  },
  TEE_SECONDS: {
    title:
      'The timestamp would be {at}, inside of the windows, if it counted seconds. Documents of AWS count milliseconds, so this one was not made by their module.',
  },
  TEE_SIGNED_LATER: {
    title: 'The document was signed at {signed}, later than the time {at} at which it is judged.',
  },
  NITRO_TAG: { title: 'CBOR tag 18 says that a COSE_Sign1 follows. AWS leaves it out; both forms mean the same.' },
  NITRO_COSE: { title: 'A signed message of four parts: protected header, unprotected header, payload, signature.' },
  NITRO_PROTECTED: { title: 'What is signed together with the payload: the algorithm.' },
  NITRO_UNPROTECTED: { title: 'What is not signed. Nothing in it counts.' },
  NITRO_PAYLOAD: { title: 'What the Nitro Security Module states and signs.' },
  NITRO_SIGNATURE: { title: 'ECDSA with P-384 over protected header and payload, by the key of the certificate.' },
  NITRO_MODULE_ID: { title: 'The instance and the enclave on it, as AWS names them.' },
  NITRO_DIGEST: { title: 'How the registers were computed.' },
  NITRO_TIMESTAMP: { title: 'When it was signed, by the clock of the hypervisor, in milliseconds since 1970.' },
  NITRO_PCRS: {
    title:
      'What was measured. 0: the whole image, 1: kernel and boot, 2: application, 3: role of the instance, 4: instance, 8: who signed the image.',
  },
  NITRO_TPM_PCRS: { title: 'Registers of the TPM of a virtual machine. They say nothing of an enclave.' },
  NITRO_CERTIFICATE: { title: 'The certificate of the key that signed. It lives for three hours.' },
  NITRO_CABUNDLE: { title: 'The certificates from the root to the issuer of that certificate, in this order.' },
  NITRO_PUBLIC_KEY: { title: 'A key that the program in the enclave gave, for talking to it.' },
  NITRO_USER_DATA: { title: 'Bytes that the program in the enclave gave. What they mean is its own to say.' },
  NITRO_NONCE: {
    title: 'Bytes that the program in the enclave gave, as a rule those of who asked, to show that the answer is new.',
  },
  NITRO_UNKNOWN_FIELD: { title: 'A field that AWS has not described.' },
};
