import type { Messages } from '../../verdict/messages.ts';

export const eifMessages: Messages = {
  TEE_FORM: {
    title: 'It has the form of an enclave image',
    pass: 'The header and all sections have the form that AWS describes, and nothing stands between or behind them.',
    fail: 'It does not have the form of an enclave image (byte {offset}). {reason}',
    unknown: 'The image was not read.',
    action:
      'Get the image again from whoever built it, or build it yourself: it may have been cut or altered on the way.',
  },
  EIF_CRC: {
    title: 'Its checksum is right',
    pass: 'The checksum is right ({computed}), so the file came through undamaged.',
    fail: 'The file states the checksum {stated} and has {computed}: it was damaged or altered since it was built.',
    unknown: 'The checksum was not computed. {reason}',
    action:
      'Get the image again. A right checksum proves nothing, a wrong one says that this is not the file that was built.',
  },
  TEE_MEASUREMENT: {
    title: 'The image is one that you expect',
    pass: 'What the image measures is pin {pin} in your trust file.',
    fail: 'The image measures none of what you have pinned. {reason}',
    unknown: 'Nothing says which image was to be expected. {reason}',
    action:
      'Compare PCR 0, 1 and 2 with what the builder publishes or with a build of your own, and pin them; or give an attestation document beside the image.',
  },
  EIF_ATTESTED: {
    title: 'The attested enclave ran this image',
    pass: 'The enclave {module} of “{name}” was started from this very image, as attested at {time}.',
    fail: 'The enclave {module} of “{name}” was not started from this image. {reason}',
    unknown: 'Whether the enclave of “{name}” ran this image cannot be told. {reason}',
    action: 'Ask for the image and the attestation that belong together.',
  },
  EIF_SIGNATURE: {
    title: 'The signature in the image holds',
    pass: 'The image is signed by {subject}. Who that is, only a pin of PCR 8 or the certificate itself can say.',
    fail: 'The image carries a signature that does not hold, and no host would start it.',
    unknown: 'Whether the signature in the image holds cannot be told.',
    action: 'Ask whoever built the image for one that is signed right, or unsigned.',
  },
  EIF_CERTIFICATE: {
    title: 'The signature and its certificate can be read',
    pass: 'The certificate of {subject} has a key for signing images.',
    fail: 'The signature or its certificate cannot be used. {reason}',
    unknown: 'The certificate was not read. {reason}',
  },
  TEE_SIGNATURE: {
    title: 'The signature holds',
    pass: 'It is signed by the key of its certificate, and not one signed byte has changed since.',
    fail: 'The signature does not hold. {reason}',
    unknown: 'The signature could not be checked. {reason}',
  },
  EIF_SIGNED_REGISTER: {
    title: 'It signs this image',
    pass: 'What is signed is PCR 0 of this very image.',
    fail: 'What is signed is register {register} with the value {value}, which is not PCR 0 of this image.',
    unknown: 'What is signed was not read. {reason}',
  },
  TEE_TIME: {
    title: 'The certificate is valid at the time',
    pass: 'Valid from {from} to {to}, and so at {at}.',
    fail: 'Valid from {from} to {to}, and so not at {at}.',
    unknown: 'Whether it was valid cannot be told. {reason}',
    action:
      'Images have no time of their own. Give the time at which the enclave was started, or an attestation of it beside the image.',
  },
  EIF_UNSIGNED: { title: 'The image is not signed: PCR 8 of its enclaves is zeros.' },
  EIF_SIGNED_AGAIN: {
    title:
      'The header states another size for the signature than it has: AWS’s tool leaves that behind where it signs an image again.',
  },
  EIF_METADATA_FREE: {
    title: 'The metadata (name, version, time of build) are neither measured nor signed: anyone can change them.',
  },
  EIF_METADATA_UNREAD: { title: 'The metadata are no JSON that can be read.' },
  EIF_OTHER_REGISTERS: {
    title: 'Your pins name registers that come from the machine and not from the image; these were not compared.',
  },
};
