import { describe, expect, it } from 'vitest';
import { equalBytes } from '../bytes/bytes.ts';
import { readJson, vectorFolder } from '../tee/vectors.fixture.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { unwrapText } from '../bytes/unwrap.ts';
import { checkRevocation } from './checkRevocation.ts';
import { parseCrl } from './crl.ts';
import { parseCertificate } from './parse.ts';
import { parsePem } from './pem.ts';
import { verifyPath } from './verifyPath.fixture.ts';

interface LimboCase {
  readonly id: string;
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly peer_certificate: string;
  readonly untrusted_intermediates: readonly string[];
  readonly trusted_certs: readonly string[];
  readonly crls?: readonly string[];
  readonly validation_time: string | null;
}

const rules = {
  keyAlgorithms: ['P-256', 'P-384'],
  signatureAlgorithms: ['ecdsa-with-SHA256', 'ecdsa-with-SHA384'],
  maximumLength: 8,
};

/** Failures that other rules decide: x509-limbo is about web servers, a path of evidence has no server name and no purpose of TLS. */
const outOfScope: readonly [ids: RegExp, why: string][] = [
  [/^(rfc5280::san|webpki::san|webpki::cn)::/, 'names of servers'],
  [/::eku::/, 'purposes of TLS'],
  [/::(aki|ski)::/, 'key identifiers, which only help to search'],
  [/^pathlen::max-chain-depth-/, 'a limit of the TLS client'],
  [/::root-non-critical-basic-constraints$/, 'a duty of issuers; the constraint itself is obeyed'],
];

/** What x509-limbo lets pass and these rules refuse, on purpose. */
const stricter: readonly [ids: RegExp, why: string][] = [
  [/^crl::issuer-no-keyusage-extension$/, 'issuers must state keyCertSign'],
  [/^(pathlen::validation-ignores-pathlen-in-leaf|rfc5280::ca-as-leaf)$/, 'what signs evidence is no authority'],
  [/^(rfc5280|webpki)::nc::/, 'name constraints are not evaluated'],
  [/^cve::cve-2024-0567$/, 'a critical subject alternative name is not evaluated'],
];

/** What a few of the failures must be called. */
const codes: Readonly<Record<string, string>> = {
  'rfc5280::validity::expired-root': 'X509_VALIDITY',
  'rfc5280::validity::expired-leaf': 'X509_VALIDITY',
  'rfc5280::validity::notbefore-fractional': 'X509_VALIDITY',
  'rfc5280::unknown-critical-extension-root': 'X509_CRITICAL',
  'rfc5280::ca-empty-subject': 'X509_NAMES',
  'rfc5280::duplicate-extensions': 'X509_FORM',
  'rfc5280::serial::negative': 'X509_FORM',
  'crl::revoked-certificate-with-crl': 'X509_REVOCATION',
  'crl::crlnumber-critical': 'X509_CRL_FORM',
  'webpki::explicit-curve': 'X509_FORM',
  'webpki::forbidden-p192-root': 'X509_ALGORITHM',
  'webpki::forbidden-dsa-root': 'X509_ALGORITHM',
};

const folder = vectorFolder('x509-limbo');
const cases = folder ? readJson<{ testcases: LimboCase[] }>(folder, 'limbo-subset.json').testcases : [];

describe.skipIf(!folder)('x509-limbo', () => {
  it.each(cases.map((limbo) => [limbo.id, limbo] as const))('%s', async (id, limbo) => {
    const outcomes = await judge(limbo);
    const passes = outcomes.some((failed) => failed.length === 0);
    const exceptions = limbo.expected_result === 'SUCCESS' ? stricter : outOfScope;
    const excepted = exceptions.some(([ids]) => ids.test(id));
    // Inside a family that is excepted some cases do agree; outside of it all must.
    if (!excepted) expect(passes, outcomes.join(' | ')).toBe(limbo.expected_result === 'SUCCESS');
    const code = codes[id];
    if (code !== undefined) expect(outcomes.every((failed) => failed.includes(code))).toBe(true);
  });

  it('every exception is one', async () => {
    for (const [list, expected] of [
      [stricter, 'SUCCESS'],
      [outOfScope, 'FAILURE'],
    ] as const) {
      for (const [ids] of list) {
        const family = cases.filter((limbo) => limbo.expected_result === expected && ids.test(limbo.id));
        const outcomes = await Promise.all(
          family.map(async (limbo) => (await judge(limbo)).some((failed) => failed.length === 0)),
        );
        expect(outcomes, String(ids)).toContain(expected === 'FAILURE');
      }
    }
  });
});

/** The failing codes of every path that can be built by names; none at all counts as one that fails. */
async function judge(limbo: LimboCase): Promise<(readonly string[])[]> {
  const at = limbo.validation_time ? Date.parse(limbo.validation_time) : Date.UTC(2026, 10, 21);
  const paths = buildPaths(limbo);
  const failing = await Promise.all(
    paths.map(async (path) => {
      const { checks } = await verifyPath(path, at, rules);
      const failed = checks.filter(({ status }) => status !== 'pass').map(({ code }) => code as string);
      return [...failed, ...(await revocationFaults(path, limbo.crls ?? [], at))];
    }),
  );
  return failing.length > 0 ? failing : [['no path']];
}

/** Codes of the lists that cannot be read and of the certificates that they do not let pass. */
async function revocationFaults(path: readonly Uint8Array[], pems: readonly string[], at: number): Promise<string[]> {
  if (pems.length === 0) return [];
  try {
    const crls = pems.map((pem) => parseCrl(unwrapText(pem)!.bytes));
    const certificates = path.map(parseCertificate);
    const checks = await Promise.all(
      certificates.slice(1).map((certificate, above) => checkRevocation(certificate, certificates[above]!, crls, at)),
    );
    return checks.filter((check) => check?.status !== 'pass').map((check) => check?.code ?? 'no list');
  } catch (error) {
    if (error instanceof FormatError) return ['X509_CRL_FORM'];
    throw error;
  }
}

function buildPaths({ peer_certificate, untrusted_intermediates, trusted_certs }: LimboCase): Uint8Array[][] {
  const leaf = parsePem(peer_certificate);
  const roots = trusted_certs.map((pem) => parsePem(pem));
  const pool = untrusted_intermediates.map((pem) => parsePem(pem));
  if ([leaf, ...roots].some((der) => issuerOf(der) === undefined)) return [[roots[0] ?? leaf, leaf]];
  const paths: Uint8Array[][] = [];
  // Some cases are made to blow up whoever searches. Evidence brings its path in order; only this test searches, and not for long.
  let steps = 0;
  const extend = (path: Uint8Array[]): void => {
    const wanted = issuerOf(path[0] as Uint8Array)?.issuer.der;
    if (!wanted || path.length >= rules.maximumLength || ++steps > 200) return;
    const issues = (der: Uint8Array) => equalBytes(issuerOf(der)?.subject.der ?? new Uint8Array(), wanted);
    for (const root of roots.filter(issues)) paths.push([root, ...path]);
    for (const above of pool.filter((der) => issues(der) && !path.includes(der))) extend([above, ...path]);
  };
  extend([leaf]);
  return paths;
}

function issuerOf(der: Uint8Array) {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
