import type { Verdict } from '../../core/verdict/status.ts';
import { words } from './words.ts';

/** What is said of one kind of attestation before any of its checks. */
export interface AttestationWords {
  /** The verdict's sentence, without the verdict. */
  readonly headline: Readonly<Record<Verdict, string>>;
  /** Fields that are named first: what people call them, the name that the format gives them (or the first of several, parted by `|`), and whether their bytes say more than words. */
  readonly facts: readonly (readonly [title: string, field: string, as?: 'bytes'])[];
}

const other = (what: string): Readonly<Record<'rejected' | 'undetermined', string>> => ({
  rejected: `This says that it is ${what}.`,
  undetermined: `This is ${what}.`,
});

/** Words of all kinds of attestations that one view draws. */
export const attestations = words('attestations', {
  nitro: {
    headline: {
      verified: 'This document is by the enclave image that you pinned.',
      ...other('an AWS Nitro attestation document'),
    },
    facts: [
      ['Signed at', 'timestamp'],
      ['Enclave', 'module_id'],
      ['Public key', 'public_key', 'bytes'],
      ['User data', 'user_data', 'bytes'],
      ['Nonce', 'nonce', 'bytes'],
    ],
  },
  'sev-snp': {
    headline: {
      verified: 'This report is by the virtual machine image that you pinned, on a genuine AMD processor.',
      ...other('an AMD SEV-SNP attestation report'),
    },
    facts: [
      ['Report data', 'REPORT_DATA', 'bytes'],
      ['Guest policy', 'POLICY'],
      ['Privilege level', 'VMPL'],
      ['Host data', 'HOST_DATA'],
      ['Processor', 'CHIP_ID'],
    ],
  },
  dcap: {
    headline: {
      verified: 'This quote is by the code that you pinned, on a genuine Intel processor.',
      ...other('an Intel SGX or TDX quote'),
    },
    facts: [
      ['Report data', 'REPORTDATA', 'bytes'],
      ['Attributes', 'TDATTRIBUTES|ATTRIBUTES'],
    ],
  },
  tpm: {
    headline: {
      verified: 'This quote is signed by the attestation key that you pinned.',
      ...other('a TPM 2.0 quote'),
    },
    facts: [
      ['Nonce', 'extraData', 'bytes'],
      ['Clock', 'clockInfo'],
      ['Firmware', 'firmwareVersion'],
    ],
  },
  jwt: {
    headline: { verified: 'This token is by the issuer that you pinned.', ...other('a signed token') },
    facts: [
      ['Issued', 'iat'],
      ['Not before', 'nbf'],
      ['Expires', 'exp'],
      ['Issuer', 'iss'],
      ['About', 'sub'],
      ['For', 'aud'],
      ['Key', 'kid'],
    ],
  },
} as const satisfies Readonly<Record<string, AttestationWords>>);

/** What is said of a token that could be read. */
export const tokens = words('tokens', {
  verified: 'This token was issued by {issuer}{time}.',
  other: 'This token says that it was issued by {issuer}{time}.',
  time: ' on {time}',
  nobody: 'nobody',
} as const);
