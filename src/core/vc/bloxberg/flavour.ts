import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../bytes/hex.ts';
import type { Context } from '../../kinds/kind.ts';
import { fail, pass, unknown, type Check, type Plan } from '../../verdict/check.ts';
import { otherFiles } from '../otherFiles.ts';
import { blockcertsV3Alpha } from '../contexts/blockcertsV3.ts';
import { bloxbergContext } from '../contexts/bloxberg.ts';
import { credentialsV1 } from '../contexts/credentialsV1.ts';
import { isObject, text, type Credential } from '../credential.ts';
import type { Flavour } from '../flavour.ts';
import { sentinelOf } from '../sentinels.ts';

/** Research object certificates of bloxberg: a digest of data (`crid`), recorded on its ledger. */
export const bloxbergFlavour: Flavour = {
  isBloxberg: true,
  contexts: () => ({ required: [[credentialsV1.address], [bloxbergContext.address, blockcertsV3Alpha.address]] }),
  essential: ({ json }) => ['issuer', 'issuanceDate', 'crid', ...(json['cridType'] === undefined ? [] : ['cridType'])],
  refusesUnmapped: false,
  facts: ({ json }) => {
    const subject = json['credentialSubject'];
    return [
      { name: 'crid' as const, path: 'crid', value: text(json, 'crid') },
      { name: 'issued' as const, path: 'issuanceDate', value: text(json, 'issuanceDate') },
      { name: 'issuer' as const, path: 'issuer', value: text(json, 'issuer') },
      {
        name: 'subject' as const,
        path: 'credentialSubject.id',
        value: isObject(subject) ? text(subject, 'id') : undefined,
      },
    ].flatMap(({ value, ...fact }) => (value === undefined ? [] : [{ ...fact, value }]));
  },
  plan: (_credential, companions): readonly Plan[] => [
    { code: 'CERT_CRID' },
    ...(otherFiles(companions).length > 0 ? [{ code: 'CERT_CONTENT' as const }] : []),
  ],
  check: (credential, _coverage, context) => {
    const crid = checkCrid(credential, context);
    return {
      checks: [crid.check, ...checkContent(credential, context)],
      labels: crid.isEmpty ? ['certifies no content'] : [],
    };
  },
};

/** The digest that the certificate is about: lower-case, without 0x; undefined where it is none. */
export function cridOf({ json }: Credential): string | undefined {
  return /^(?:0x)?([0-9a-f]{64})$/i.exec(text(json, 'crid') ?? '')?.[1]?.toLowerCase();
}

/**
 * A certificate whose digest is of no content is evidence of nothing, so it never comes out as holding; that a digest is of nothing does not make the certificate
 * false either, so it cannot be told what it certifies: unknown.
 */
export function checkCrid(
  credential: Credential,
  { companions }: Context,
): { readonly check: Check; readonly isEmpty: boolean } {
  const { json } = credential;
  const spec = 'BLIP-2 (crid, cridType)';
  const stated = (text(json, 'crid') ?? '').slice(0, 200);
  const type = text(json, 'cridType');
  const digest = cridOf(credential);
  const open = (reason: string, isEmpty = false) => ({
    isEmpty,
    check: unknown('CERT_CRID', { spec, params: { crid: stated, reason } }),
  });
  if (stated === '') return open('It names nothing that it would be about.', true);
  if (type !== undefined && type !== 'sha2-256')
    return open(`Its digest is of the type “${type.slice(0, 64)}”, which is not known.`);
  if (digest === undefined) return open(`What stands in the place of a digest is none: “${stated}”.`, true);
  const empty = sentinelOf(digest);
  if (empty !== undefined) return open(`It is about the digest of ${empty}. It certifies no content.`, true);
  const notes = otherFiles(companions).length === 0 ? [{ code: 'CERT_NO_CONTENT' as const }] : undefined;
  return { isEmpty: false, check: pass('CERT_CRID', { spec, params: { crid: digest }, ...(notes ? { notes } : {}) }) };
}

function checkContent(credential: Credential, { companions }: Context): readonly Check[] {
  const files = otherFiles(companions);
  const digest = cridOf(credential);
  if (files.length === 0) return [];
  const found = files.find(({ fileBytes }) => toHex(sha256(fileBytes)) === digest);
  const names = files
    .map(({ name }) => name)
    .join(', ')
    .slice(0, 400);
  if (found) return [pass('CERT_CONTENT', { params: { file: found.name, part: 'crid' } })];
  return [fail('CERT_CONTENT', { params: { files: names } })];
}
