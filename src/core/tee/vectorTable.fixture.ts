/**
 * What each published file that is no Nitro document is for us (those have their word in the manifest):
 * `accept`: everything holds but what a pin decides, and verified once what the evidence offers is pinned; `reject`: rejected with or without pins,
 * by this check; `open`: undetermined also with pins, because of this check;
 * `companion`: no evidence, but known as this; `unit`: material of these tests.
 */
export type Expectation = { readonly word: 'accept' } | { readonly word: 'reject' | 'open'; readonly code: string };

export interface EvidenceRow {
  readonly file: string;
  readonly kind: string;
  readonly beside?: readonly string[];
  /** RFC 3339; the present of the vectors where it is left out. */
  readonly at?: string;
  readonly expected: Expectation;
}

const accept = { word: 'accept' } as const;
const open = (code: string): Expectation => ({ word: 'open', code });
const reject = (code: string): Expectation => ({ word: 'reject', code });

/** The set of collateral of one platform, which counts in spring 2026. */
const platformCollateral = [
  'pck_crl_platform.der',
  'root_ca_crl.der',
  'td_qe_identity.json',
  'qe_identity_signing_chain.pem',
  'tcb_info_90c06f000000.json',
  'tcb_signing_chain.pem',
].map((file) => `dcap/collateral/${file}`);
const spring = '2026-03-20T00:00:00Z';
const summer = '2025-07-04T10:25:00Z';
const milan = ['sev-snp/milan-virtee-vcek.der', 'sev-snp/milan-chain-ask-ark.pem'];

export const evidenceRows: readonly EvidenceRow[] = [
  { file: 'sev-snp/milan-virtee-report.hex', kind: 'sev-snp', beside: milan, expected: accept },
  { file: 'sev-snp/milan-virtee-report.hex', kind: 'sev-snp', expected: open('TEE_SIGNATURE') },
  {
    file: 'sev-snp/milan-virtee-report.hex',
    kind: 'sev-snp',
    beside: ['sev-snp/NEG-vcek-invalid-legacy.der', 'sev-snp/milan-chain-ask-ark.pem'],
    expected: reject('TEE_CHAIN'),
  },
  {
    file: 'sev-snp/milan-virtee-report.hex',
    kind: 'sev-snp',
    beside: milan,
    at: '2020-01-01T00:00:00Z',
    expected: reject('TEE_TIME'),
  },
  {
    file: 'sev-snp/genoa-ms-report.bin',
    kind: 'sev-snp',
    beside: ['sev-snp/genoa-ms-vcek.pem', 'sev-snp/genoa-ms-ask.pem'],
    expected: accept,
  },
  { file: 'sev-snp/genoa-ms-report.bin', kind: 'sev-snp', beside: milan, expected: reject('TEE_SIGNATURE') },
  {
    file: 'sev-snp/genoa-v5-live-report.bin',
    kind: 'sev-snp',
    beside: ['sev-snp/genoa-v5-live-vcek.der', 'sev-snp/genoa-tinfoil-chain.pem'],
    expected: accept,
  },
  { file: 'sev-snp/tinfoil-attestation-bundle.json', kind: 'sev-snp', expected: accept },
  { file: 'sev-snp/azure-snp-evidence-v1.json', kind: 'tpm', expected: accept },
  {
    file: 'dcap/phala-tdx_quote',
    kind: 'dcap',
    beside: ['dcap/phala-tdx_quote_collateral.json'],
    at: summer,
    expected: accept,
  },
  {
    file: 'dcap/phala-tdx_quote',
    kind: 'dcap',
    beside: ['dcap/phala-tdx_quote_collateral.json'],
    at: spring,
    expected: open('DCAP_TCB'),
  },
  {
    file: 'dcap/phala-sgx_quote',
    kind: 'dcap',
    beside: ['dcap/phala-sgx_quote_collateral.json'],
    at: summer,
    expected: open('DCAP_TCB'),
  },
  { file: 'dcap/automata-quotev4.hex', kind: 'dcap', expected: open('DCAP_TCB') },
  {
    file: 'dcap/azure-tdx-td-quote.bin',
    kind: 'dcap',
    beside: platformCollateral,
    at: spring,
    expected: open('DCAP_TCB'),
  },
  { file: 'dcap/google-quote_v5_sample.dat', kind: 'dcap', beside: platformCollateral, at: spring, expected: accept },
  { file: 'dcap/google-quote_v5_sample.dat', kind: 'dcap', expected: open('DCAP_TCB') },
  { file: 'dcap/dstack-quote-report.json', kind: 'dcap', beside: platformCollateral, at: spring, expected: accept },
  { file: 'tpm/gce-cos-85-nonce9009.pb', kind: 'tpm', expected: accept },
  {
    file: 'tpm/azure-tpm-quote.msg',
    kind: 'tpm',
    beside: ['tpm/azure-tpm-quote.sig', 'tpm/azure-hcl-report.bin'],
    expected: reject('TPM_SIGNATURE'),
  },
  { file: 'tpm/azure-tpm-quote.msg', kind: 'tpm', expected: open('TPM_SIGNATURE') },
  { file: 'tpm/azure-hcl-report.bin', kind: 'tpm', expected: open('TPM_QUOTE') },
  { file: 'blocky/styks-nitro-2025-08-19.json', kind: 'blocky', expected: accept },
  { file: 'blocky/plain-error_handling-out-success.json', kind: 'blocky', expected: reject('TEE_PLATFORM') },
  { file: 'blocky/twap-nitro-2025-02-17-old-format.json', kind: 'blocky', expected: accept },
];

/** Files that no kind takes, by the name of the companion that they are. */
export const companionRows: Readonly<Record<string, string>> = {
  'sev-snp/milan-virtee-vcek.der': 'amd-vcek',
  'sev-snp/genoa-ms-vcek.pem': 'amd-vcek',
  'sev-snp/genoa-v5-live-vcek.der': 'amd-vcek',
  'sev-snp/NEG-vcek-invalid-legacy.der': 'amd-vcek',
  'sev-snp/milan-chain-ask-ark.pem': 'amd-authority',
  'sev-snp/genoa-ms-ask.pem': 'amd-authority',
  'sev-snp/milan-google-vlek-chain-asvk-ark.pem': 'amd-authority',
  'sev-snp/genoa-tinfoil-chain.pem': 'amd-authority',
  'sev-snp/amd-milan-ark.der': 'amd-authority',
  'sev-snp/amd-genoa-ark.der': 'amd-authority',
  'sev-snp/amd-turin-ark.der': 'amd-authority',
  'sev-snp/amd-milan-asvk.der': 'amd-authority',
  'dcap/phala-sgx_quote_collateral.json': 'dcap-collateral',
  'dcap/phala-tdx_quote_collateral.json': 'dcap-collateral',
  'dcap/collateral/td_qe_identity.json': 'dcap-collateral',
  'dcap/collateral/tcb_info_90c06f000000.json': 'dcap-collateral',
  'dcap/collateral/pck_crl_platform.der': 'crl',
  'dcap/collateral/root_ca_crl.der': 'crl',
  'dcap/collateral/qe_identity_signing_chain.pem': 'certificate-x509',
  'dcap/collateral/tcb_signing_chain.pem': 'certificate-x509',
  'dcap/intel-sgx-root-ca.der': 'certificate-x509',
  'nitro/aws-nitro-root-g1.pem': 'certificate-x509',
};

/** Material of other tests, from `src/core`; a signature alone goes beside its quote, which is judged above. */
export const unitRows: readonly [files: RegExp, test: string][] = [
  [/^cose\//, 'cose/verify.test.ts'],
  [/^wycheproof\/ecdsa_secp(384|256)r1/, 'x509/ecdsa.test.ts'],
  [/^wycheproof\/rsa_/, 'x509/rsaWycheproof.test.ts'],
  [/^wycheproof\/ecdsa_secp256k1/, 'x509/secp256k1Wycheproof.test.ts'],
  [/^x509-limbo\//, 'x509/limbo.test.ts'],
  [/^tpm\/azure-tpm-quote\.sig$/, 'tee/tpm/vectors.test.ts'],
];
