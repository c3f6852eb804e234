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
  /** Others whose lists count as the issuer's own do; where given, a list of anybody else says nothing. Where left out, the credential's naming of a list says that it may take it back. */
  readonly also?: readonly string[];
}

const spec = 'Bitstring Status List 1.0 §3.2';
const listTypes = ['StatusList2021Entry', 'BitstringStatusListEntry'];

export interface StatusJudged {
  readonly check: Check;
  /** For each entry the list that it was read from; undefined where none could be. */
  readonly lists: readonly (JsonObject | undefined)[];
}

/** The entries of `credentialStatus`; the worst of them counts. Undefined where there are none. */
export async function checkStatusEntries(json: JsonObject, context: StatusContext): Promise<StatusJudged | undefined> {
  const status = json['credentialStatus'];
  const entries = (Array.isArray(status) ? status : status === undefined ? [] : [status]).slice(0, 16);
  if (entries.length === 0) return undefined;
  const judged: EntryJudged[] = [];
  for (const entry of entries) {
    judged.push(
      isObject(entry)
        ? await checkEntry(entry, context)
        : {
            check: unknown('CERT_REVOCATION', { spec, params: { list: '', reason: 'Its status cannot be read.' } }),
            list: undefined,
          },
    );
  }
  const checks = judged.map(({ check }) => check);
  const check =
    checks.find(({ status: each }) => each === 'fail') ??
    checks.find(({ status: each }) => each === 'unknown') ??
    (checks[0] as Check);
  return { check, lists: judged.map(({ list }) => list) };
}

interface EntryJudged {
  readonly check: Check;
  readonly list: JsonObject | undefined;
}

async function checkEntry(entry: JsonObject, context: StatusContext): Promise<EntryJudged> {
  const list = text(entry, 'statusListCredential') ?? text(entry, 'id') ?? '';
  const index = entry['statusListIndex'];
  const place = typeof index === 'number' || /^\d{1,15}$/.test(String(index)) ? Number(index) : NaN;
  const purpose = text(entry, 'statusPurpose') ?? 'revocation';
  const params = { list, place: Number.isSafeInteger(place) ? place : -1, purpose };
  const open = (reason: string, from?: JsonObject): EntryJudged => ({
    check: unknown('CERT_REVOCATION', { spec, params: { ...params, reason } }),
    list: from,
  });
  if (!texts(entry['type']).some((type) => listTypes.includes(type))) {
    return open(`Its status is of the type ${texts(entry['type'])[0]?.slice(0, 64) ?? '(none)'}, which is not known.`);
  }
  if (!Number.isSafeInteger(place) || place < 0) return open('It names no place in the list.');
  if (entry['statusSize'] !== undefined && entry['statusSize'] !== 1) return open('Its status has more than one bit.');
  const given = context.documents.filter((document) => text(document, 'id') === list).slice(0, maximumLists);
  if (given.length === 0) return open(`The status list ${list} was not given.`);
  const read: ListRead[] = [];
  for (const each of given) read.push(await readList(each, place, purpose, context));
  // Whoever gives the files may give an older list beside the newest, or one that nobody signed: neither their order nor junk among them decides.
  // One that is signed, though not in a way that shows it to be its keeper's, is believed where it takes something back and no other speaks, never where it does not.
  const signed = read
    .filter(({ signed: own }) => own === true)
    .sort((a, b) => b.from - a.from || Number(b.isSet) - Number(a.isSet));
  const [newest] = signed;
  const usable = signed.find(({ reason }) => reason === undefined);
  if (newest?.isSet || usable?.isSet) {
    return { check: fail('CERT_REVOCATION', { spec, params }), list: (newest?.isSet ? newest : usable)?.list };
  }
  if (usable) return { check: pass('CERT_REVOCATION', { spec, params, notes: usable.notes }), list: usable.list };
  const unread = read.find(({ signed: own, isSet }) => own === undefined && isSet);
  if (unread) return { check: fail('CERT_REVOCATION', { spec, params }), list: unread.list };
  const [first] = newest ? signed : read;
  return open(first?.reason ?? '', first?.list);
}

/** Lists of one address that are looked at: each takes a signature. */
const maximumLists = 16;

interface ListRead {
  readonly list: JsonObject;
  /** Whether the bit is set. */
  readonly isSet: boolean;
  /** By its keeper, for this purpose and not for a later time: else it says nothing, neither for nor against. Undefined where it is signed, though not in a way that shows it to be its keeper's. */
  readonly signed: boolean | undefined;
  /** Milliseconds since 1970; of a list without a date before all others. */
  readonly from: number;
  /** Why a bit that is not set says nothing; undefined where it does. */
  readonly reason: string | undefined;
  readonly notes: readonly Note[];
}

/** A bit says something only if the issuer has signed the list, and where it is not set, not long ago. */
async function readList(list: JsonObject, place: number, purpose: string, context: StatusContext): Promise<ListRead> {
  const { at } = context;
  const from = readMoment(text(list, 'validFrom') ?? text(list, 'issuanceDate'));
  const until = readMoment(text(list, 'validUntil') ?? text(list, 'expirationDate'));
  const base = { list, isSet: false, signed: false, from: from ?? -Infinity, notes: [] };
  const subject = list['credentialSubject'];
  const listed = isObject(subject) ? subject['statusPurpose'] : undefined;
  if (listed !== undefined && !texts(listed).includes(purpose)) {
    const words = `The list is for ${texts(listed)[0]?.slice(0, 64) ?? 'nothing'}, the entry for ${purpose}.`;
    return { ...base, reason: words };
  }
  let isSet: boolean;
  try {
    isSet = statusBit(list, place);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { ...base, reason: error.message };
  }
  if (from !== undefined && at < from) return { ...base, reason: 'The list is of a later time.' };
  const fault = await signatureFault(list, context);
  if (fault) return { ...base, isSet, signed: fault.isOpen ? undefined : false, reason: fault.reason };
  const ttl = isObject(subject) ? Number(subject['ttl']) : NaN;
  const reason =
    until !== undefined && at >= until
      ? `The list was valid up to ${new Date(until).toISOString()}: a newer one is needed.`
      : from !== undefined && ttl > 0 && at >= from + ttl
        ? `The list may be used for ${Math.round(ttl / 1000)} s and is older: a newer one is needed.`
        : undefined;
  const dated = from === undefined ? 'no date' : new Date(from).toISOString();
  const isEndless = until === undefined && !(ttl > 0);
  const notes: Note[] = isEndless ? [{ code: 'CERT_LIST_DATED', params: { date: dated } }] : [];
  return { ...base, isSet, signed: true, reason, notes };
}

interface SignatureFault {
  readonly reason: string;
  /** It is signed, though not in a way that shows it to be its keeper's. */
  readonly isOpen: boolean;
}

/** Why it is not signed by who may keep it; undefined where it is. */
async function signatureFault(list: JsonObject, context: StatusContext): Promise<SignatureFault | undefined> {
  const { issuer, also } = context;
  const signer = idOf(list['issuer']);
  const isForeign = signer === undefined || (signer !== issuer && !also?.includes(signer));
  const foreign = `The list is issued by ${signer ?? 'nobody'}, not by the issuer.`;
  if (isForeign && also) return refuse(foreign);
  const contexts = list['@context'];
  const addresses = (Array.isArray(contexts) ? contexts : [contexts]).filter((each) => typeof each === 'string');
  let proofs: readonly VerifiedProof[];
  try {
    proofs = await verifyProofs(list, { ...context, source: context.source(addresses) });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return refuse(error.message);
  }
  if (proofs.length === 0) return refuse('Nobody has signed the list.');
  const bad = proofs.find(({ status }) => status !== 'pass');
  if (bad) {
    const words = bad.status === 'fail' ? 'does not hold' : 'cannot be judged';
    const reason = `The signature on the list ${words}. ${String(bad.signature.params?.['reason'] ?? '')}`.trim();
    return { reason: isForeign ? foreign : reason, isOpen: proofs.every(({ status }) => status !== 'fail') };
  }
  if (isForeign) return { reason: foreign, isOpen: true };
  if (!proofs.some(({ controller, key }) => controller === signer && key?.origin !== 'beside')) {
    return refuse('The list is signed with a key that is not known to be the issuer’s.');
  }
  return undefined;
}

const refuse = (reason: string): SignatureFault => ({ reason, isOpen: false });
