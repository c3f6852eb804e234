import { equalBytes } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { concatBytes } from '../../bytes/bytes.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Note } from '../../verdict/check.ts';
import { importEcdsaKey, verifyEcdsa } from '../../x509/ecdsa.ts';
import { examinePath, pathCodes, type Path } from '../../x509/path.ts';
import { DcapFormError, parseQuote } from './parse.ts';
import { intelPathRules } from './pathRules.ts';
import { readPckFacts, type PckFacts } from './pckExtension.ts';
import { readPemChain, type PemBlock } from './pemChain.ts';
import { checkPlatform } from './platform.ts';
import { bytesOf, certificationTypes, type Quote } from './quote.ts';

/** Every check of a quote that needs nothing but the quote: form, path, signatures. */
export interface Examination {
  /** Undefined where it could not be read. */
  readonly quote: Quote | undefined;
  readonly path: Path | undefined;
  /** Index of the trusted root that the path begins with. */
  readonly root: number | undefined;
  /** What the PCK certificate says of the processor; undefined where it says nothing readable. */
  readonly pck: PckFacts | undefined;
  readonly form: Check;
  readonly platform: Check;
  readonly chain: Check;
  readonly pckCheck: Check;
  readonly qeSignature: Check;
  readonly qeBinding: Check;
  readonly signature: Check;
}

const specs = {
  form: 'Intel SGX ECDSA Quote Library API, appendix A; TDX DCAP Quoting Library API, A.3',
  chain: 'Intel SGX PCK Certificate and CRL Specification; RFC 5280 §6.1',
  pck: 'Intel SGX PCK Certificate and CRL Specification §1.3.5; Intel QVL 4.1.2.4.4',
  qeSignature: 'Intel QVL 4.1.2.4.12',
  qeBinding: 'Intel QVL 4.1.2.4.13',
  signature: 'Intel QVL 4.1.2.4.16',
} as const;

const pckChainType = 5;

/**
 * Our own reading of a quote, with WebCrypto alone, under the given roots (DER). A PCK chain that the quote does not carry may be given beside (`givenChain`, leaf
 * first as in quotes); one that it carries is never replaced.
 */
export async function examineQuote(
  bytes: Uint8Array,
  roots: readonly Uint8Array[],
  givenChain?: readonly Uint8Array[],
): Promise<Examination> {
  let quote: Quote;
  let blocks: readonly PemBlock[] | undefined;
  try {
    quote = parseQuote(bytes);
    blocks = pckBlocks(quote);
  } catch (error) {
    if (!(error instanceof DcapFormError)) throw error;
    return unreadable(error);
  }
  const ders = blocks?.map(({ der }) => der) ?? givenChain;
  const path = ders && (await examinePath([...ders].reverse(), intelPathRules));
  const root = path ? roots.findIndex((candidate) => equalBytes(candidate, ders.at(-1) ?? new Uint8Array())) : -1;
  const { facts, check } = pckCheck(quote, path);
  return {
    quote,
    path,
    root: root < 0 ? undefined : root,
    pck: facts,
    form: pass('TEE_FORM', {
      spec: specs.form,
      params: { version: quote.version, tee: quote.tee },
      ...withNotes(paddingNotes(quote)),
    }),
    platform: checkPlatform(quote),
    chain: chainCheck(quote, path, root),
    pckCheck: check,
    qeSignature: await qeSignatureCheck(quote, path),
    qeBinding: await qeBindingCheck(quote),
    signature: await signatureCheck(quote),
  };
}

/** The certificates that the quote carries, or undefined where its certification data is none. @throws DcapFormError with the offset in the quote. */
export function pckBlocks(quote: Quote): readonly PemBlock[] | undefined {
  const { type, data, bytes } = quote.certification;
  if (type !== pckChainType) return undefined;
  try {
    // One character for each byte, so that offsets in the text are offsets in the data.
    return readPemChain(String.fromCharCode(...bytes.subarray(0, 65_536)));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new DcapFormError('PCK chain', error.message, data.offset + error.offset);
  }
}

function paddingNotes({ padding, bytes }: Quote): Note[] {
  if (padding.length === 0) return [];
  const zeros = bytes.subarray(padding.offset).every((byte) => byte === 0);
  const params = { length: padding.length, offset: padding.offset };
  return [{ code: zeros ? 'DCAP_PADDING' : 'DCAP_TRAILING', params }];
}

function withNotes(notes: readonly Note[]): { notes?: readonly Note[] } {
  return notes.length > 0 ? { notes } : {};
}

function chainCheck(quote: Quote, path: Path | undefined, root: number): Check {
  const { type } = quote.certification;
  if (!path) {
    const params = { reason: `Its certification data is of type ${type}: ${certificationTypes[type] ?? 'unknown'}.` };
    return all(
      'TEE_CHAIN',
      (['TEE_ROOT', ...pathCodes] as const).map((code) => unknown(code, { params })),
      { spec: specs.chain, params },
    );
  }
  const params = { subject: path.certificates[0]?.subject.text ?? 'a certificate whose name was not read' };
  const rootCheck = root < 0 ? fail('TEE_ROOT', { params }) : pass('TEE_ROOT', { params });
  const given: Note[] = type === pckChainType ? [] : [{ code: 'DCAP_GIVEN_CHAIN', params: { type } }];
  return all('TEE_CHAIN', [rootCheck, ...path.checks], {
    spec: specs.chain,
    params: { count: path.certificates.length },
    ...withNotes(given),
  });
}

function pckCheck(quote: Quote, path: Path | undefined): { facts?: PckFacts; check: Check } {
  const spec = specs.pck;
  const leaf = path?.certificates.at(-1);
  if (!leaf) {
    return {
      check: unknown('DCAP_PCK', { spec, params: { reason: 'There is no PCK certificate that could be read.' } }),
    };
  }
  try {
    const facts = readPckFacts(leaf);
    if (!/(^|, )CN=Intel SGX PCK Certificate(,|$)/.test(leaf.subject.text)) {
      const reason = `It is called ${leaf.subject.text}, and not Intel SGX PCK Certificate.`;
      return { check: fail('DCAP_PCK', { spec, params: { reason } }) };
    }
    const { fmspc, pceId, ppid } = facts;
    return { facts, check: pass('DCAP_PCK', { spec, params: { fmspc, pceId, ppid, tee: quote.tee } }) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { check: fail('DCAP_PCK', { spec, params: { reason: error.message } }) };
  }
}

async function qeSignatureCheck(quote: Quote, path: Path | undefined): Promise<Check> {
  const spec = specs.qeSignature;
  if (!path?.leafKey) {
    return unknown('DCAP_QE_SIGNATURE', { spec, params: { reason: 'There is no PCK key that could be used.' } });
  }
  const { qeSignature, qeReport } = quote;
  const holds = await verifyEcdsa(path.leafKey, 'SHA-256', bytesOf(quote, qeSignature), bytesOf(quote, qeReport.range));
  return holds ? pass('DCAP_QE_SIGNATURE', { spec }) : fail('DCAP_QE_SIGNATURE', { spec });
}

async function qeBindingCheck(quote: Quote): Promise<Check> {
  const spec = specs.qeBinding;
  const joined = concatBytes(bytesOf(quote, quote.attestationKey), bytesOf(quote, quote.qeAuth));
  const digest = new Uint8Array(64);
  digest.set(new Uint8Array(await crypto.subtle.digest('SHA-256', joined as Uint8Array<ArrayBuffer>)));
  if (equalBytes(digest, quote.qeReport.get('REPORTDATA'))) return pass('DCAP_QE_BINDING', { spec });
  const params = { expected: toHex(digest), found: toHex(quote.qeReport.get('REPORTDATA')) };
  return fail('DCAP_QE_BINDING', { spec, params });
}

/** SubjectPublicKeyInfo of a key on P-256 up to its coordinates (RFC 5480 §2). */
const p256Prefix = fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004');

async function signatureCheck(quote: Quote): Promise<Check> {
  const spec = specs.signature;
  const key = await importEcdsaKey(concatBytes(p256Prefix, bytesOf(quote, quote.attestationKey)), 'P-256');
  if (!key) return fail('TEE_SIGNATURE', { spec, params: { reason: 'The attestation key is no point on P-256.' } });
  const holds = await verifyEcdsa(key, 'SHA-256', bytesOf(quote, quote.signature), bytesOf(quote, quote.signed));
  if (holds) return pass('TEE_SIGNATURE', { spec, params: { length: quote.signed.length } });
  return fail('TEE_SIGNATURE', { spec, params: { reason: 'It is not of these bytes under the attestation key.' } });
}

export function unreadable({ message, offset, rule }: DcapFormError): Examination {
  const params = { reason: 'The quote could not be read.' };
  const open = (code: 'TEE_PLATFORM' | 'DCAP_PCK' | 'DCAP_QE_SIGNATURE' | 'DCAP_QE_BINDING' | 'TEE_SIGNATURE') =>
    unknown(code, { params });
  return {
    quote: undefined,
    path: undefined,
    root: undefined,
    pck: undefined,
    form: fail('TEE_FORM', { spec: specs.form, params: { reason: message, rule, offset } }),
    platform: open('TEE_PLATFORM'),
    chain: all(
      'TEE_CHAIN',
      (['TEE_ROOT', ...pathCodes] as const).map((code) => unknown(code, { params })),
      { spec: specs.chain, params },
    ),
    pckCheck: open('DCAP_PCK'),
    qeSignature: open('DCAP_QE_SIGNATURE'),
    qeBinding: open('DCAP_QE_BINDING'),
    signature: open('TEE_SIGNATURE'),
  };
}
