import type { Messages } from '../verdict/messages.ts';

export const trustMessages: Messages = {
  TRUST_JSON: {
    title: 'The file is strict JSON',
    pass: 'The file is strict JSON: every member stands once, nothing follows the end.',
    fail: '{reason}',
    action: 'Correct the file there, or fetch it again if it is cut off.',
  },
  TRUST_VERSION: {
    title: 'The file says that it is a trust file of a version that is known here',
    pass: 'The file is a trust file, version 1.',
    fail: '{reason}',
    unknown: 'The version could not be read.',
    action: 'Use a version of Affidavit that knows this form of the file.',
  },
  TRUST_FORM: {
    title: 'Every part has the form it must have, and nothing in it is unknown',
    pass: 'Every part has the form it must have. The file would pin {count} facts.',
    fail: '{reason}',
    unknown: 'The parts could not be looked at.',
    action: 'Correct the part that is named, or take it out. Nothing of a file that is refused is pinned.',
  },
};
