import { readSignature } from '../tee/tpm/parseSignature.ts';
import { looksLikePcrValues } from '../tee/tpm/pcrValues.ts';
import { isTraceRequest } from '../trace/requestForm.ts';
import { affidavitType, type Content } from './content.ts';
import {
  looksLikeBitcoinTransaction,
  looksLikeContext,
  looksLikeIssuerProfile,
  looksLikeRevocationList,
  looksLikeStatusList,
  looksLikeTransactions,
} from '../vc/companionForms.ts';
import { firstCertificate, isCertificate, isRevocationList } from '../x509/recognise.ts';

/**
 * A file that is no evidence by itself but settles a check of some: a certificate of a processor's key, a revocation list, collateral, a log.
 * It is recognised so that page and command line can say what it is and what it goes with; what it is worth is for the kinds to judge.
 */
export interface Companion {
  /** Stable: `amd-vcek`. */
  readonly name: string;
  /** With its article, as it stands in a sentence: `an AMD VCEK certificate`. */
  readonly title: string;
  /** Cheap and bounded, from content alone; must not throw on any bytes. */
  readonly recognise: (content: Content) => boolean;
  /** Names of the kinds that can use it. */
  readonly serves: readonly string[];
}

/** Kinds of certificates whose hash is recorded on a ledger. */
const certificateKinds = ['bloxberg', 'blockcerts', 'pox'];
/** These, and credentials that are signed. */
const credentialKinds = [...certificateKinds, 'vc'];

/** Every companion that is known. The first that recognises a file names it, so the narrow ones stand before the wide ones. */
export const companions: readonly Companion[] = [
  {
    name: 'trace-request',
    title: 'a request for a proof about a trace',
    recognise: isTraceRequest,
    serves: ['trace-proof'],
  },
  {
    name: 'amd-vcek',
    title: 'an AMD VCEK certificate',
    recognise: (content) => /CN=SEV-VCEK(,|$)/.test(subjectOf(content)),
    serves: ['sev-snp', 'tpm'],
  },
  {
    name: 'amd-vlek',
    title: 'an AMD VLEK certificate',
    recognise: (content) => /CN=SEV-VLEK(,|$)/.test(subjectOf(content)),
    serves: ['sev-snp', 'tpm'],
  },
  {
    name: 'amd-authority',
    title: 'a certificate of an AMD authority',
    recognise: (content) => /CN=(ARK|SEV)-/.test(subjectOf(content)),
    serves: ['sev-snp', 'tpm'],
  },
  {
    name: 'amd-collateral',
    title: 'a set of AMD certificates',
    recognise: ({ text }) => opensLikeJson(text) && /"vcekCert"\s*:/.test(endsOf(text)),
    serves: ['sev-snp', 'tpm'],
  },
  {
    name: 'dcap-collateral',
    title: 'collateral for Intel quotes',
    recognise: ({ text }) =>
      opensLikeJson(text) && /"(tcb_info|tcbInfo|qe_identity|enclaveIdentity)"\s*:/.test(endsOf(text)),
    serves: ['dcap'],
  },
  {
    name: 'intel-signing-chain',
    title: 'a chain of Intel’s signer, as a header sent it',
    recognise: ({ text }) => text !== undefined && endsOf(text).includes('-----BEGIN%20CERTIFICATE-----'),
    serves: ['dcap'],
  },
  {
    name: 'tcg-event-log',
    title: 'a TCG event log',
    recognise: ({ bytes }) => hasAscii(bytes, 32, 'Spec ID Event03\0') && bytes[4] === 3,
    serves: ['tpm', 'dcap'],
  },
  {
    name: 'pcr-values',
    title: 'a list of TPM register values',
    recognise: ({ text }) => text !== undefined && looksLikePcrValues(text),
    serves: ['tpm'],
  },
  {
    name: 'tpm-signature',
    title: 'a signature by a TPM',
    recognise: ({ bytes }) => bytes[0] === 0 && /^(14|16|18)$/.test((bytes[1] ?? 0).toString(16)) && isSignature(bytes),
    serves: ['tpm'],
  },
  {
    name: 'status-list',
    title: 'a list of the status of many credentials',
    recognise: looksLikeStatusList,
    serves: credentialKinds,
  },
  {
    name: 'revocation-list',
    title: 'an issuer’s list of revoked certificates',
    recognise: looksLikeRevocationList,
    serves: certificateKinds,
  },
  { name: 'json-ld-context', title: 'a JSON-LD context', recognise: looksLikeContext, serves: credentialKinds },
  {
    name: 'issuer-profile',
    title: 'an issuer’s profile',
    recognise: looksLikeIssuerProfile,
    serves: credentialKinds,
  },
  {
    name: 'transactions',
    title: 'a list of a ledger’s transactions',
    recognise: looksLikeTransactions,
    serves: certificateKinds,
  },
  {
    name: 'bitcoin-transaction',
    title: 'a Bitcoin transaction',
    recognise: looksLikeBitcoinTransaction,
    serves: certificateKinds,
  },
  {
    name: 'wasm',
    title: 'a WebAssembly module',
    recognise: ({ fileBytes }) => hasAscii(fileBytes, 0, '\0asm'),
    serves: ['blocky', 'certificate', 'trace'],
  },
  {
    name: 'crl',
    title: 'a revocation list',
    recognise: isRevocationList,
    serves: ['nitro', 'sev-snp', 'dcap', 'tpm', 'blocky'],
  },
  {
    name: 'certificate-x509',
    title: 'an X.509 certificate',
    recognise: isCertificate,
    serves: ['sev-snp', 'dcap', 'tpm'],
  },
];

/** What kinds of evidence can use beside a companion's file: evidence too, of these kinds. */
export const evidenceBeside: Readonly<Record<string, readonly string[]>> = {
  equivocation: ['certificate'],
  nitro: ['eif'],
  'evm-block': [...certificateKinds, 'report'],
};

/** Kinds that compare a digest with any file that is given beside them: a data set, a program, an input. */
export const takesAnyFile: readonly string[] = ['certificate', 'blocky', 'sev-snp', 'bloxberg', 'pox'];

/** What a file is beside evidence, or undefined; asked only of files that no kind recognises. */
export function recogniseCompanion(content: Content): Companion | undefined {
  // Our own documents are kinds or broken, never companions; only a request is none by itself.
  if (affidavitType(content) !== undefined && !isTraceRequest(content)) return undefined;
  return companions.find(({ recognise }) => recognise(content));
}

/** Only with its scheme before it: a bare one looks like any bytes. */
function isSignature(bytes: Uint8Array): boolean {
  const signature = readSignature(bytes);
  return typeof signature !== 'string' && signature.scheme !== undefined;
}

function subjectOf(content: Content): string {
  return firstCertificate(content)?.subject.text ?? '';
}

function opensLikeJson(text: string | undefined): text is string {
  return text !== undefined && /^\s*\{/.test(text);
}

/** Collateral is some tens of KiB; members that name it stand near an end of even a long file. */
function endsOf(text: string): string {
  return text.length <= 262_144 ? text : text.slice(0, 131_072) + text.slice(-131_072);
}

function hasAscii(bytes: Uint8Array, offset: number, text: string): boolean {
  return [...text].every((character, index) => bytes[offset + index] === character.charCodeAt(0));
}
