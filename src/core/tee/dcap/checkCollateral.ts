import { equalBytes, utf8 } from '../../bytes/bytes.ts';
import { all, fail, pass, unknown, type Check, type Code } from '../../verdict/check.ts';
import { checkRevocation } from '../../x509/checkRevocation.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { verifyEcdsa } from '../../x509/ecdsa.ts';
import { examinePath, type Path } from '../../x509/path.ts';
import { isWithin, timeText } from '../../x509/validity.ts';
import type { Addresses } from './addresses.ts';
import type { Collateral, SignedDocument } from './collateral.ts';
import { intelPathRules } from './pathRules.ts';
import type { PckFacts } from './pckExtension.ts';
import type { QeIdentity } from './qeIdentity.ts';
import type { TeeName } from './quote.ts';
import type { TcbInfo } from './tcbInfo.ts';

/** A document of Intel that fits the quote, with the chain under which its signature was looked at. */
export interface Chosen<T> {
  readonly document: SignedDocument<T>;
  /** Leaf first, as it was given. */
  readonly chain: readonly Uint8Array[] | undefined;
  readonly path: Path | undefined;
  /** Whether the chain begins with a trusted root. */
  readonly trusted: boolean;
  /** Whether the signature holds under the chain's leaf. */
  readonly signed: boolean;
  /** Both, and every rule of the path. */
  readonly genuine: boolean;
}

export interface CheckedCollateral {
  /** `DCAP_COLLATERAL`. */
  readonly check: Check;
  readonly tcbInfo: Chosen<TcbInfo> | undefined;
  readonly qeIdentity: Chosen<QeIdentity> | undefined;
  /** Whether both documents are of the judged time. */
  readonly current: boolean;
}

/** What the quote says that collateral must fit. */
export interface CollateralQuestion {
  readonly tee: TeeName;
  readonly pck: PckFacts;
  /** The path of the PCK certificate, root first. */
  readonly certificates: readonly Certificate[];
  readonly addresses: Addresses;
}

const spec = {
  document: 'Intel PCS API v4; Intel QVL 4.1.2.5',
  signature: 'Intel PCS API v4, "TCB Info" and "Enclave Identity": ECDSA P-256, SHA-256, r ‖ s over the JSON as sent',
  window: 'Intel PCS API v4, issueDate and nextUpdate',
  revocation: 'RFC 5280 §6.3.3; Intel SGX PCK Certificate and CRL Specification',
} as const;

/** Judges what was given beside a quote: whether it is Intel's, of this processor and of the judged time. Missing or of another time is open, forged fails. */
export async function checkCollateral(
  { tee, pck, certificates, addresses }: CollateralQuestion,
  collateral: Collateral,
  roots: readonly Uint8Array[],
  at: number,
): Promise<CheckedCollateral> {
  const { faults, chains } = collateral;
  const isOurs = ({ value }: SignedDocument<TcbInfo>): boolean =>
    value.id === tee && value.fmspc === pck.fmspc && value.pceId === pck.pceId;
  const qeName = tee === 'TDX' ? 'TD_QE' : 'QE';
  const info = newest(collateral.tcbInfos.filter(isOurs), at);
  const identity = newest(
    collateral.qeIdentities.filter(({ value }) => value.id === qeName),
    at,
  );
  const tcbInfo = info && (await choose(info, chains, roots));
  const qeIdentity = identity && (await choose(identity, chains, roots));

  const others = collateral.tcbInfos.map(({ value }) => `${value.id}, FMSPC ${value.fmspc}, PCEID ${value.pceId}`);
  const missingInfo =
    others.length > 0 ? `TCB info was given for ${others.slice(0, 4).join('; ')} alone.` : none(faults);
  const otherNames = collateral.qeIdentities.map(({ value }) => value.id);
  const missingIdentity =
    otherNames.length > 0 ? `An identity was given for ${otherNames.slice(0, 4).join(', ')} alone.` : none(faults);
  const what = { tee, fmspc: pck.fmspc };
  const window = windowOf([tcbInfo, qeIdentity]);
  const current = window !== undefined && tcbInfo !== undefined && qeIdentity !== undefined && within(window, at);
  const signers = [tcbInfo, qeIdentity].flatMap((chosen) => (chosen?.path ? [chosen.path.certificates] : []));
  const children = [
    documentCheck('DCAP_TCB_INFO', tcbInfo, missingInfo, { ...what, address: addresses.tcbInfo }),
    documentCheck('DCAP_QE_IDENTITY', qeIdentity, missingIdentity, {
      ...what,
      name: qeName,
      address: addresses.qeIdentity,
    }),
    windowCheck(window, current, at, addresses),
    await revocationCheck([certificates, ...signers], collateral, at, addresses),
  ];
  const params = { at: timeText(at), address: addresses.tcbInfo, ...(window && textOfWindow(window)) };
  return { check: all('DCAP_COLLATERAL', children, { spec: spec.document, params }), tcbInfo, qeIdentity, current };
}

function none(faults: readonly string[]): string {
  return faults.length === 0 ? 'None was given.' : `None that could be read was given. ${faults.slice(0, 3).join(' ')}`;
}

interface Dated {
  readonly issued: number;
  readonly nextUpdate: number;
}

/** Of several the one that counts at the time, and of these the last that Intel made. */
function newest<T extends Dated>(found: readonly SignedDocument<T>[], at: number): SignedDocument<T> | undefined {
  const rank = ({ value }: SignedDocument<T>) =>
    [isWithin(at, value.issued, value.nextUpdate) ? 1 : 0, value.issued] as const;
  return [...found].sort((one, other) => rank(other)[0] - rank(one)[0] || rank(other)[1] - rank(one)[1])[0];
}

/** The document with the chain under which it holds; where it holds under none, with the first, so that the checks say how it fails. */
async function choose<T>(
  document: SignedDocument<T>,
  chains: readonly (readonly Uint8Array[])[],
  roots: readonly Uint8Array[],
): Promise<Chosen<T>> {
  let first: Chosen<T> | undefined;
  for (const chain of document.chain ? [document.chain] : chains.slice(0, 16)) {
    const path = await examinePath([...chain].reverse(), intelPathRules);
    const signed =
      path.leafKey !== undefined &&
      (await verifyEcdsa(path.leafKey, 'SHA-256', document.signature, utf8(document.text)));
    const trusted = roots.some((root) => equalBytes(root, chain.at(-1) ?? new Uint8Array()));
    const chosen = { document, chain, path, trusted, signed, genuine: signed && trusted && path.status === 'pass' };
    if (chosen.genuine) return chosen;
    first ??= chosen;
  }
  return first ?? { document, chain: undefined, path: undefined, trusted: false, signed: false, genuine: false };
}

type Params = Readonly<Record<string, string>>;

function documentCheck(code: Code, chosen: Chosen<unknown> | undefined, missing: string, params: Params): Check {
  if (!chosen) return unknown(code, { spec: spec.document, params: { ...params, reason: missing } });
  const { path, document, trusted, signed } = chosen;
  if (!path) {
    const reason = `The chain of certificates that signed ${document.file} was not given: Intel sends it in a header beside it.`;
    return unknown(code, { spec: spec.document, params: { ...params, reason } });
  }
  const root = { params: { subject: path.certificates[0]?.subject.text ?? 'a certificate whose name was not read' } };
  const signature = { spec: spec.signature, params: { file: document.file } };
  return all(
    code,
    [
      trusted ? pass('TEE_ROOT', root) : fail('TEE_ROOT', root),
      ...path.checks,
      signed
        ? pass('DCAP_SIGNED', signature)
        : path.leafKey
          ? fail('DCAP_SIGNED', signature)
          : unknown('DCAP_SIGNED', signature),
    ],
    { spec: spec.document, params: { ...params, file: document.file } },
  );
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/** When both documents, and the certificates of their signers, count together. */
function windowOf(chosen: readonly (Chosen<Dated> | undefined)[]): Window | undefined {
  const windows = chosen.flatMap((entry): Window[] => {
    if (!entry) return [];
    const { value } = entry.document;
    const own = { from: value.issued, to: value.nextUpdate };
    const path = entry.path;
    return path && path.certificates.length > 0 ? [own, { from: path.notBefore, to: path.notAfter }] : [own];
  });
  if (windows.length === 0) return undefined;
  return { from: Math.max(...windows.map(({ from }) => from)), to: Math.min(...windows.map(({ to }) => to)) };
}

function within({ from, to }: Window, at: number): boolean {
  return isWithin(at, from, to);
}

function textOfWindow({ from, to }: Window): Params {
  return { from: timeText(from), to: timeText(to) };
}

/** Collateral of another time is not false, it says nothing of this one: open, with the window, and never a pass. */
function windowCheck(window: Window | undefined, current: boolean, at: number, { tcbInfo }: Addresses): Check {
  const params = { at: timeText(at), address: tcbInfo };
  if (!window) return unknown('DCAP_WINDOW', { spec: spec.window, params: { ...params, reason: 'None was given.' } });
  const shown = textOfWindow(window);
  if (current) return pass('DCAP_WINDOW', { spec: spec.window, params: { ...params, ...shown } });
  const reason = within(window, at)
    ? 'One of the two documents was not given.'
    : `What was given counts from ${shown['from']} to ${shown['to']}, not at ${timeText(at)}.`;
  return unknown('DCAP_WINDOW', { spec: spec.window, params: { ...params, ...shown, reason } });
}

/** Every certificate below a root, of the PCK path and of the signers of documents, by the lists of its own issuer. */
async function revocationCheck(
  paths: readonly (readonly Certificate[])[],
  { crls, faults }: Collateral,
  at: number,
  { pckCrl, rootCrl }: Addresses,
): Promise<Check> {
  const seen = new Set<string>();
  const checks: Check[] = [];
  for (const certificates of paths) {
    for (const [above, certificate] of certificates.slice(1).entries()) {
      const issuer = certificates[above];
      const key = `${issuer?.subject.text} ${certificate.serial}`;
      if (!issuer || seen.has(key)) continue;
      seen.add(key);
      const address = above === 0 ? rootCrl : pckCrl;
      const missing = unknown('X509_REVOCATION', {
        spec: spec.revocation,
        params: {
          number: above + 2,
          subject: certificate.subject.text,
          issuer: issuer.subject.text,
          at: timeText(at),
          reason: [
            `No revocation list of ${issuer.subject.text} was given; Intel publishes it at ${address}.`,
            ...faults.slice(0, 3),
          ].join(' '),
        },
      });
      checks.push((await checkRevocation(certificate, issuer, crls, at, above + 2)) ?? missing);
    }
  }
  return all('DCAP_REVOCATION', checks, { spec: spec.revocation, params: { pckCrl, rootCrl } });
}
