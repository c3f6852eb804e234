import { secp256k1 } from '@noble/curves/secp256k1.js';
import { fromBase64Url } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { toHex0x } from '../evm/hex.ts';
import type { Context } from '../kinds/kind.ts';
import type { Trust } from '../trust/trust.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import { idOf, isObject, text, type Credential } from './credential.ts';
import { readMoment } from './moment.ts';

/** Who issued a certificate, as it says itself. */
export interface NamedIssuer {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

export function issuerOf({ json, form }: Credential): NamedIssuer {
  const badge = json['badge'];
  const issuer: JsonValue | undefined =
    form === 'openBadge' ? (isObject(badge) ? badge['issuer'] : undefined) : json['issuer'];
  return { id: idOf(issuer), name: isObject(issuer) ? text(issuer, 'name') : undefined };
}

/** The key that a proof says it was made with: `ecdsa-koblitz-pubkey:0x…`, or an address in the issuer's profile. */
export function keyNameOf({ json, form }: Credential, proof: JsonObject): string | undefined {
  const from = form === 'openBadge' ? json['verification'] : proof;
  if (!isObject(from)) return undefined;
  return text(from, 'verificationMethod') ?? text(from, 'publicKey') ?? text(from, 'creator');
}

export interface IssuerJudged {
  readonly check: Check;
  /** The profile that was looked into, and whether a person had pinned it. */
  readonly profile?: JsonObject;
  readonly pinned: boolean;
  /** What could be pinned: the profile that was given beside. */
  readonly offered?: Trust;
}

/**
 * Whether the issuer that the certificate names is one that the person trusts, and the key is that issuer's. A profile stands at an address that anyone can write
 * into a certificate, and a file beside may come from whoever made the certificate: a pinned profile alone tells. It is pinned under its address among `contexts`, a DID document among `dids`.
 */
export function checkIssuer(
  credential: Credential,
  proof: JsonObject | undefined,
  sender: string | undefined,
  time: number,
  documents: readonly JsonObject[],
  { trust }: Context,
): IssuerJudged {
  const { id } = issuerOf(credential);
  const spec = 'Blockcerts issuer profile; W3C DID 1.0 §5.2';
  if (id === undefined) {
    return { pinned: false, check: fail('CERT_ISSUER', { spec, params: { reason: 'It names no issuer.' } }) };
  }
  const pinned = pinnedProfile(trust, id);
  const beside = documents.find((document) => text(document, 'id') === id);
  const profile = pinned ?? beside;
  const params = { issuer: id, key: (proof && keyNameOf(credential, proof)) ?? '', sender: sender ?? '' };
  if (!profile) {
    const reason = `The profile of the issuer, ${id}, is neither pinned nor given.`;
    return { pinned: false, check: unknown('CERT_ISSUER', { spec, params: { ...params, reason } }) };
  }
  const found = { profile, pinned: pinned !== undefined, ...(pinned ? {} : { offered: offer(id, profile) }) };
  const fault = keyFault(params.key, sender, time, profile);
  if (fault !== undefined) {
    const make = fault.open ? unknown : fail;
    return { ...found, check: make('CERT_ISSUER', { spec, params: { ...params, reason: fault.reason } }) };
  }
  if (!pinned) {
    const reason = 'The profile that was given lists the key, but you have not pinned it: anyone can write one.';
    return { ...found, check: unknown('CERT_ISSUER', { spec, params: { ...params, reason } }) };
  }
  if (sender === undefined) {
    const reason =
      'The pinned profile lists the key that the proof names. Whether that key signed shows in the transaction.';
    return { ...found, check: unknown('CERT_ISSUER', { spec, params: { ...params, reason } }) };
  }
  return { ...found, check: pass('CERT_ISSUER', { spec, params }) };
}

function pinnedProfile({ contexts = {}, dids = {} }: Trust, id: string): JsonObject | undefined {
  const from = id.startsWith('did:') ? dids : contexts;
  const value = Object.hasOwn(from, id) ? (from[id] as JsonValue) : undefined;
  return isObject(value) ? value : undefined;
}

function offer(id: string, profile: JsonObject): Trust {
  return id.startsWith('did:') ? { dids: { [id]: profile } } : { contexts: { [id]: profile } };
}

interface Fault {
  readonly reason: string;
  /** What is missing, rather than wrong. */
  readonly open?: true;
}

/** Why the key of the proof, or the one that signed the transaction, is not the issuer's at that time. */
function keyFault(key: string, sender: string | undefined, time: number, profile: JsonObject): Fault | undefined {
  const keys = [profile['publicKey'], profile['verificationMethod']]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter((entry) => isObject(entry));
  const entry = keys.find((each) => namesOf(each, profile).some((name) => sameKey(name, key)));
  if (!entry) return { reason: 'The profile does not list the key that the proof names.' };
  const [created, expires] = [readMoment(text(entry, 'created')), readMoment(text(entry, 'expires'))];
  const revoked = readMoment(text(entry, 'revoked'));
  if (created !== undefined && time < created) return { reason: 'The key was not yet the issuer’s when it was used.' };
  if (expires !== undefined && time >= expires) return { reason: 'The key had expired when it was used.' };
  if (revoked !== undefined && time >= revoked) return { reason: 'The issuer had given the key up when it was used.' };
  if (sender === undefined) return undefined;
  const addresses = [...namesOf(entry, profile).map(bare), addressOfJwk(entry['publicKeyJwk'])];
  if (addresses.includes(sender)) return undefined;
  if (addresses.some((address) => address !== undefined && /^0x[0-9a-f]{40}$/.test(address))) {
    return { reason: `The transaction was signed by ${sender}, which is not the key of the issuer.` };
  }
  return { open: true, reason: 'The profile gives the key in a form from which its address cannot be told.' };
}

function namesOf(entry: JsonObject, profile: JsonObject): readonly string[] {
  const own = [text(entry, 'id'), text(entry, 'publicKey')].filter((name) => name !== undefined);
  const profileId = text(profile, 'id') ?? '';
  return own.flatMap((name) => (name.startsWith('#') ? [name, profileId + name] : [name]));
}

/** Prefixes (`ecdsa-koblitz-pubkey:`, `ethereum-pubkey:`) say the same of one address; hex in either case is one address. */
function bare(name: string): string {
  const value = /^(?:ecdsa-koblitz-pubkey|ethereum-pubkey):(.+)$/.exec(name)?.[1] ?? name;
  return /^0x[0-9a-f]{40}$/i.test(value) ? value.toLowerCase() : value;
}

function sameKey(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

/** The account of a secp256k1 key: the end of the hash of its point. */
function addressOfJwk(value: JsonValue | undefined): string | undefined {
  if (!isObject(value) || value['crv'] !== 'secp256k1') return undefined;
  try {
    const [x, y] = [fromBase64Url(text(value, 'x') ?? ''), fromBase64Url(text(value, 'y') ?? '')];
    const point = concatBytes(Uint8Array.of(4), x, y);
    secp256k1.Point.fromBytes(point).assertValidity();
    return toHex0x(keccak256(point.subarray(1)).subarray(12));
  } catch {
    // Whatever is no key of this curve has no account.
    return undefined;
  }
}
