import { blockyMessages } from '../tee/blocky/messages.en.ts';
import { dcapMessages } from '../tee/dcap/messages.en.ts';
import { nitroMessages } from '../tee/nitro/messages.en.ts';
import { sevSnpMessages } from '../tee/sevSnp/messages.en.ts';
import { tpmMessages } from '../tee/tpm/messages.en.ts';
import type { Messages } from '../verdict/messages.ts';

/** Words for checks of attestation documents of all kinds together, where one list of words serves a document of whatever kind: what kinds share is said in general. */
export const attestationMessages: Messages = {
  ...tpmMessages,
  ...blockyMessages,
  ...dcapMessages,
  ...sevSnpMessages,
  ...nitroMessages,
  TEE_FORM: {
    title: 'The attestation document has the form of its kind',
    fail: 'The attestation document does not have the form of its kind. {reason}',
    action: 'Get the document again from where it was made, as bytes.',
  },
  TEE_PLATFORM: {
    title: 'It speaks for an isolated environment of its kind',
    unknown: 'What the document speaks for cannot be told. {reason}',
  },
  TEE_CHAIN: { title: 'The signing key goes back to a trusted root' },
  TEE_ROOT: {
    title: 'The root is one that you trust',
    fail: 'The root of the document is none that you trust: {subject}.',
    unknown: 'The root was not looked at. {reason}',
  },
  TEE_SIGNATURE: {
    title: 'The signature on the document holds',
    fail: 'The signature on the document does not hold. {reason}',
    unknown: 'The signature could not be checked. {reason}',
  },
  TEE_TIME: { title: 'All certificates are valid at the time' },
  TEE_MEASUREMENT: {
    title: 'The code is the code you expect',
    pass: 'The measured code is the one of pin {pin} in your trust file.',
    fail: 'The measured code is none of those that you have pinned. {reason}',
    unknown: 'You have pinned no measurement of the runner, so nothing says which code was to be expected.',
    action: 'Get the measurement of the runner from whoever builds it, or build it yourself, and pin it.',
  },
};
