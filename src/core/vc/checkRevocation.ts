import type { JsonObject } from '../bytes/json.ts';
import { fail, pass, unknown, type Check, type Note } from '../verdict/check.ts';
import { isObject, text, texts, type Credential } from './credential.ts';
import { checkStatusEntries, type StatusContext } from './statusEntry.ts';
import type { IssuerJudged } from './checkIssuer.ts';

/** Whether the issuer took the certificate back: by its entry in a status list, and by the issuer's list of revoked certificates. */
export async function checkRevocation(
  credential: Credential,
  documents: readonly JsonObject[],
  issuer: IssuerJudged,
  status: StatusContext,
): Promise<Check> {
  return (await checkStatusEntries(credential.json, status))?.check ?? checkList(credential, documents, issuer);
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
  const lists = documents.filter(
    (document) => text(document, 'id') === address && texts(document['type']).includes('RevocationList'),
  );
  const revoked = lists.map((list) => list['revokedAssertions']).filter((entries) => Array.isArray(entries));
  if (revoked.length === 0) {
    const reason = `The issuer’s list of revoked certificates, ${address}, was not given.`;
    return unknown('CERT_REVOCATION', { spec, params: { ...params, reason } });
  }
  // Nobody signs these lists: they are worth what the place is worth that they came from.
  const notes: Note[] = [{ code: 'CERT_LIST_UNSIGNED', params: { list: address } }];
  // Of several that were given, an older one must not hide what stands in another.
  const entry = revoked.flat().find((each) => (isObject(each) ? text(each, 'id') : each) === id);
  if (entry === undefined) return pass('CERT_REVOCATION', { spec, params, notes });
  const reason = isObject(entry) ? (text(entry, 'revocationReason') ?? '').slice(0, 200) : '';
  return fail('CERT_REVOCATION', { spec, params: { ...params, purpose: 'revocation', reason }, notes });
}
