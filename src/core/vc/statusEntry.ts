import type { JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Note } from '../verdict/check.ts';
import { contextSource } from './contextSource.ts';
import { idOf, isObject, text, texts } from './credential.ts';
import { readMoment } from './moment.ts';
import { verifyProofs, type ProofContext, type VerifiedProof } from './proof/verifyProofs.ts';
import { statusBit } from './statusList.ts';

/** What a status list is judged by. */
export interface StatusContext extends Omit<ProofContext, 'source'> {
  readonly documents: readonly JsonObject[];
  readonly source: (addresses: readonly string[]) => ReturnType<typeof contextSource>;
  /** Who issued what the entry belongs to: nobody else takes it back. */
  readonly issuer: string | undefined;
  /** Others whose lists count as the issuer's own do. */
  readonly also?: readonly string[];
}

const spec = 'Bitstring Status List 1.0 §3.2';
const listTypes = ['StatusList2021Entry', 'BitstringStatusListEntry'];

/** The entries of `credentialStatus`; the worst of them counts. Undefined where there are none. */
export async function checkStatusEntries(json: JsonObject, context: StatusContext): Promise<Check | undefined> {
  const status = json['credentialStatus'];
  const entries = (Array.isArray(status) ? status : status === undefined ? [] : [status]).slice(0, 16);
  if (entries.length === 0) return undefined;
  const checks: Check[] = [];
  for (const entry of entries) {
    checks.push(
      isObject(entry)
        ? await checkEntry(entry, context)
        : unknown('CERT_REVOCATION', { spec, params: { list: '', reason: 'Its status cannot be read.' } }),
    );
  }
  return (
    checks.find((check) => check.status === 'fail') ??
    checks.find((check) => check.status === 'unknown') ??
    (checks[0] as Check)
  );
}

async function checkEntry(entry: JsonObject, context: StatusContext): Promise<Check> {
  const list = text(entry, 'statusListCredential') ?? text(entry, 'id') ?? '';
  const index = entry['statusListIndex'];
  const place = typeof index === 'number' || /^\d{1,15}$/.test(String(index)) ? Number(index) : NaN;
  const purpose = text(entry, 'statusPurpose') ?? 'revocation';
  const params = { list, place: Number.isSafeInteger(place) ? place : -1, purpose };
  const open = (reason: string) => unknown('CERT_REVOCATION', { spec, params: { ...params, reason } });
  if (!texts(entry['type']).some((type) => listTypes.includes(type))) {
    return open(`Its status is of the type ${texts(entry['type'])[0]?.slice(0, 64) ?? '(none)'}, which is not known.`);
  }
  if (!Number.isSafeInteger(place) || place < 0) return open('It names no place in the list.');
  if (entry['statusSize'] !== undefined && entry['statusSize'] !== 1) return open('Its status has more than one bit.');
  const found = context.documents.find((document) => text(document, 'id') === list);
  if (!found) return open(`The status list ${list} was not given.`);
  try {
    const subject = found['credentialSubject'];
    const listed = isObject(subject) ? subject['statusPurpose'] : undefined;
    if (listed !== undefined && !texts(listed).includes(purpose)) {
      return open(`The list is for ${texts(listed)[0]?.slice(0, 64) ?? 'nothing'}, the entry for ${purpose}.`);
    }
    if (statusBit(found, place)) return fail('CERT_REVOCATION', { spec, params });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return open(error.message);
  }
  const worth = await listWorth(found, context);
  if ('reason' in worth) return open(worth.reason);
  return pass('CERT_REVOCATION', { spec, params, notes: worth.notes });
}

/** A bit that is not set says something only if the issuer has signed the list, and not long ago. */
async function listWorth(
  list: JsonObject,
  context: StatusContext,
): Promise<{ readonly reason: string } | { readonly notes: readonly Note[] }> {
  const { at, issuer, also = [] } = context;
  const from = readMoment(text(list, 'validFrom') ?? text(list, 'issuanceDate'));
  const until = readMoment(text(list, 'validUntil') ?? text(list, 'expirationDate'));
  if (from !== undefined && at < from) return { reason: 'The list is of a later time.' };
  if (until !== undefined && at >= until) {
    return { reason: `The list was valid up to ${new Date(until).toISOString()}: a newer one is needed.` };
  }
  const subject = list['credentialSubject'];
  const ttl = isObject(subject) ? Number(subject['ttl']) : NaN;
  if (from !== undefined && ttl > 0 && at >= from + ttl) {
    return { reason: `The list may be used for ${Math.round(ttl / 1000)} s and is older: a newer one is needed.` };
  }
  const signer = idOf(list['issuer']);
  if (signer === undefined || (signer !== issuer && !also.includes(signer))) {
    return { reason: `The list is issued by ${signer ?? 'nobody'}, not by the issuer.` };
  }
  const contexts = list['@context'];
  const addresses = (Array.isArray(contexts) ? contexts : [contexts]).filter((each) => typeof each === 'string');
  let proofs: readonly VerifiedProof[];
  try {
    proofs = await verifyProofs(list, { ...context, source: context.source(addresses) });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { reason: error.message };
  }
  if (proofs.length === 0) return { reason: 'Nobody has signed the list.' };
  const bad = proofs.find(({ status }) => status !== 'pass');
  if (bad) {
    const words = bad.status === 'fail' ? 'does not hold' : 'cannot be judged';
    return { reason: `The signature on the list ${words}. ${String(bad.signature.params?.['reason'] ?? '')}`.trim() };
  }
  if (!proofs.some(({ controller, key }) => controller === signer && key?.origin !== 'beside')) {
    return { reason: 'The list is signed with a key that is not known to be the issuer’s.' };
  }
  const dated = from === undefined ? 'no date' : new Date(from).toISOString();
  return { notes: until === undefined && !(ttl > 0) ? [{ code: 'CERT_LIST_DATED', params: { date: dated } }] : [] };
}
