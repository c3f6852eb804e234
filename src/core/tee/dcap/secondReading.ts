import { toHex } from '../../bytes/hex.ts';
import { toBase64 } from '../../bytes/base64.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import type { Crl } from '../../x509/crl.ts';
import type { Chosen } from './checkCollateral.ts';
import type { QeIdentity } from './qeIdentity.ts';
import type { Quote } from './quote.ts';
import type { TcbInfo } from './tcbInfo.ts';

/** All that the library is given: what our own reading was given and found good. */
export interface SecondQuestion {
  readonly quote: Quote;
  /** The PCK chain where the quote does not carry it, leaf first. */
  readonly givenChain: readonly Uint8Array[] | undefined;
  readonly tcbInfo: Chosen<TcbInfo>;
  readonly qeIdentity: Chosen<QeIdentity>;
  readonly crls: readonly Crl[];
  readonly root: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the library came to: Intel's word, a refusal of the evidence, or that it does not judge such quotes at all. */
export type SecondReading = { readonly word: string } | { readonly refusal: string } | { readonly silent: string };

const spec = '@phala/dcap-qvl 0.3.9, verify';

/** Rules of the library that are its own and come before or after Intel's levels: with them it says no word, and nothing is to be compared. */
const ownRules = [
  'SGX TEE quote must have version 3',
  'Debug mode is enabled',
  'Reserved bits in TD attributes are set',
  'SEPT_VE_DISABLE is not enabled',
  'Invalid mr service td',
];

/**
 * The quote and its collateral judged once more, by a library that shares no code with ours. It is loaded here and nowhere else, when a quote with collateral is
 * judged: it is large, and pages that judge other things never load it.
 * @throws AuditorError `source` where it cannot be loaded.
 */
export async function readAgain(question: SecondQuestion): Promise<SecondReading> {
  const { QuoteVerifier, utils } = await loadLibrary();
  const { quote, givenChain, tcbInfo, qeIdentity, crls, root, at } = question;
  const byIssuer = (isRoot: boolean): string => {
    const found = crls.find(({ issuer }) => issuer.text.includes('Root CA') === isRoot);
    return found ? toHex(found.der) : '';
  };
  // Its own reader of PEM makes the Buffer that it wants, in Node and in browsers alike; it takes text, which its types do not say.
  const [anchor] = utils.extractCerts(pem([root]) as unknown as Buffer);
  if (!anchor) throw new AuditorError('internal', 'DCAP_LIBRARY', 'The library did not take the root certificate.');
  try {
    const { status } = QuoteVerifier.newWithRootCa(anchor).verify(
      quote.bytes,
      {
        tcb_info: tcbInfo.document.text,
        tcb_info_signature: toHex(tcbInfo.document.signature),
        tcb_info_issuer_chain: pem(tcbInfo.chain),
        qe_identity: qeIdentity.document.text,
        qe_identity_signature: toHex(qeIdentity.document.signature),
        qe_identity_issuer_chain: pem(qeIdentity.chain),
        pck_crl: byIssuer(false),
        pck_crl_issuer_chain: '',
        root_ca_crl: byIssuer(true),
        ...(givenChain && { pck_certificate_chain: pem(givenChain) }),
      },
      Math.floor(at / 1000),
    );
    return { word: status };
  } catch (error) {
    // Whatever it throws is its answer: it has no other way of refusing.
    const message = error instanceof Error ? error.message : String(error);
    const invalid = /^TCB status is invalid: (\w+)$/.exec(message)?.[1];
    if (invalid !== undefined) return { word: invalid };
    return ownRules.includes(message) ? { silent: message } : { refusal: message };
  }
}

async function loadLibrary() {
  try {
    const library = await import('@phala/dcap-qvl');
    // CommonJS: a bundler gives its exports by name, Node some of them as the default alone.
    return 'QuoteVerifier' in library ? library : (library as { default: typeof import('@phala/dcap-qvl') }).default;
  } catch (cause) {
    const message =
      'The library that reads Intel quotes a second time could not be loaded. Reload the page and try again.';
    throw new AuditorError('source', 'DCAP_LIBRARY', message, { cause });
  }
}

/** `DCAP_AGREEMENT`: both readings come to one word. Where ours reached none, there is nothing to compare, and the check stays open beside what kept ours from it. */
export function checkAgreement(ours: string | undefined, reading: SecondReading | undefined): Check {
  if (ours === undefined || !reading) {
    const reason = 'Our own reading came to no word that could be compared.';
    return unknown('DCAP_AGREEMENT', { spec, params: { reason } });
  }
  if ('silent' in reading) {
    const reason = `The library does not judge such quotes: ${reading.silent}.`;
    return unknown('DCAP_AGREEMENT', { spec, params: { ours, reason } });
  }
  const theirs = 'word' in reading ? reading.word : `a refusal (${reading.refusal})`;
  const params = { ours, theirs };
  return theirs === ours ? pass('DCAP_AGREEMENT', { spec, params }) : fail('DCAP_AGREEMENT', { spec, params });
}

function pem(chain: readonly Uint8Array[] | undefined): string {
  return (chain ?? [])
    .map(
      (der) =>
        `-----BEGIN CERTIFICATE-----\n${toBase64(der).replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    )
    .join('');
}
