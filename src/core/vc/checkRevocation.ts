import type { JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Note } from '../verdict/check.ts';
import { isObject, text, texts, type Credential } from './credential.ts';
import { statusBit } from './statusList.ts';
import type { IssuerJudged } from './checkIssuer.ts';

/** Whether the issuer took the certificate back: by its entry in a status list, and by the issuer's list of revoked certificates. */
export function checkRevocation(credential: Credential, documents: readonly JsonObject[], issuer: IssuerJudged): Check {
  const status = credential.json['credentialStatus'];
  const entries = (Array.isArray(status) ? status : status === undefined ? [] : [status]).filter((entry) =>
    isObject(entry),
  );
  if (entries.length > 0) {
    const checks = entries.map((entry) => checkEntry(entry, documents));
    return (
      checks.find((check) => check.status === 'fail') ??
      checks.find((check) => check.status === 'unknown') ??
      (checks[0] as Check)
    );
  }
  return checkList(credential, documents, issuer);
}

const listTypes = ['StatusList2021Entry', 'BitstringStatusListEntry'];

function checkEntry(entry: JsonObject, documents: readonly JsonObject[]): Check {
  const spec = 'Bitstring Status List 1.0 §3.2';
  const list = text(entry, 'statusListCredential') ?? text(entry, 'id') ?? '';
  const place = Number(entry['statusListIndex']);
  const params = { list, place: Number.isSafeInteger(place) ? place : -1 };
  const open = (reason: string) => unknown('CERT_REVOCATION', { spec, params: { ...params, reason } });
  if (!texts(entry['type']).some((type) => listTypes.includes(type))) {
    return open(`Its status is of the type ${texts(entry['type'])[0]?.slice(0, 64) ?? '(none)'}, which is not known.`);
  }
  if (!Number.isSafeInteger(place) || place < 0) return open('It names no place in the list.');
  const found = documents.find((document) => text(document, 'id') === list);
  if (!found) return open(`The status list ${list} was not given.`);
  try {
    const subject = found['credentialSubject'];
    const [purpose, listed] = [
      text(entry, 'statusPurpose') ?? 'revocation',
      isObject(subject) ? text(subject, 'statusPurpose') : undefined,
    ];
    if (listed !== undefined && listed !== purpose) return open(`The list is for ${listed}, the entry for ${purpose}.`);
    if (statusBit(found, place)) return fail('CERT_REVOCATION', { spec, params: { ...params, purpose } });
    return open(
      'The list that was given does not have it as revoked, but the signature on the list is none that is judged here.',
    );
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return open(error.message);
  }
}

function checkList(
  { json, form }: Credential,
  documents: readonly JsonObject[],
  { profile, pinned }: IssuerJudged,
): Check {
  const spec = 'Open Badges 2.0 RevocationList';
  const badge = json['badge'];
  const embedded = form === 'openBadge' && isObject(badge) && isObject(badge['issuer']) ? badge['issuer'] : undefined;
  const address = text(embedded, 'revocationList') ?? text(profile, 'revocationList');
  const id = text(json, 'id') ?? '';
  const params = { ...(address === undefined ? {} : { list: address }), id };
  if (address === undefined) {
    if (profile && pinned) return pass('CERT_REVOCATION', { spec, params });
    const reason = 'Whether its issuer keeps a list of revoked certificates stands in the issuer’s profile.';
    return unknown('CERT_REVOCATION', { spec, params: { ...params, reason } });
  }
  const list = documents.find(
    (document) => text(document, 'id') === address && texts(document['type']).includes('RevocationList'),
  );
  const revoked = list?.['revokedAssertions'];
  if (!list || !Array.isArray(revoked)) {
    const reason = `The issuer’s list of revoked certificates, ${address}, was not given.`;
    return unknown('CERT_REVOCATION', { spec, params: { ...params, reason } });
  }
  // Nobody signs these lists: they are worth what the place is worth that they came from.
  const notes: Note[] = [{ code: 'CERT_LIST_UNSIGNED', params: { list: address } }];
  const entry = revoked.find((each) => (isObject(each) ? text(each, 'id') : each) === id);
  if (entry === undefined) return pass('CERT_REVOCATION', { spec, params, notes });
  const reason = isObject(entry) ? (text(entry, 'revocationReason') ?? '').slice(0, 200) : '';
  return fail('CERT_REVOCATION', { spec, params: { ...params, purpose: 'revocation', reason }, notes });
}
