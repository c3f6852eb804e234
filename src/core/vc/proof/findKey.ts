import { fromBase64Url } from '../../bytes/base64.ts';
import { decodeUtf8 } from '../../bytes/bytes.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import type { Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { isObject, text, texts } from '../credential.ts';
import { readMoment } from '../moment.ts';
import { readJwk, readMethodKey, readMultikey, type ProofKey } from './key.ts';

/** Documents that say whose keys are whose: those that the person pinned, and those in files beside, which anyone can write. */
export interface KeyDocuments {
  readonly trust: Trust;
  readonly beside: readonly JsonObject[];
  /** The document of a DID at a time (milliseconds since 1970), as its ledger proves it. */
  readonly ledger?: ((did: string, at: number) => JsonObject | undefined) | undefined;
}

/** `itself`: the DID is the key (did:key, did:jwk), so that it says nothing about who holds it. `ledger`: its registry, at the time of the signature. */
export type KeyOrigin = 'itself' | 'pinned' | 'ledger' | 'beside';

export interface FoundKey {
  readonly key: ProofKey;
  /** DID, or the address of an issuer's profile. */
  readonly controller: string;
  readonly origin: KeyOrigin;
}

/** `missing`: no document says it; else what the document says is against it. */
export interface NoKey {
  readonly reason: string;
  readonly missing: boolean;
}

/**
 * The key of a verification method for one purpose at one time. A pinned document always counts before what a DID says of itself, so that a key that its owner
 * gave up stays so; nothing is fetched.
 */
export function findKey(method: string, purpose: string, at: number, documents: KeyDocuments): FoundKey | NoKey {
  const [controller = ''] = method.split('#', 1);
  if (controller === '' || method.length > 8192) return { reason: 'It names no key.', missing: false };
  try {
    const pinned = pinnedDocument(controller, documents.trust);
    if (pinned) return inDocument(pinned, controller, method, purpose, at, 'pinned');
    const proven = documents.ledger?.(controller, at);
    if (proven) return inDocument(proven, controller, method, purpose, at, 'ledger');
    const own = ownKey(controller, method);
    if (own) return { key: own, controller, origin: 'itself' };
    const beside = documents.beside.find((each) => text(each, 'id') === controller);
    if (beside) return inDocument(beside, controller, method, purpose, at, 'beside');
    return { reason: `The document of ${controller.slice(0, 200)} is neither pinned nor given.`, missing: true };
  } catch (error) {
    if (error instanceof FormatError) return { reason: error.message, missing: false };
    throw error;
  }
}

function pinnedDocument(controller: string, { dids = {}, contexts = {} }: Trust): JsonObject | undefined {
  const from = controller.startsWith('did:') ? dids : contexts;
  const value = Object.hasOwn(from, controller) ? (from[controller] as JsonValue) : undefined;
  return isObject(value) ? value : undefined;
}

/** did:key (fragment = the key), did:jwk (fragment `0`). @throws FormatError */
function ownKey(did: string, method: string): ProofKey | undefined {
  const [, fragment] = method.split('#');
  const multikey = /^did:key:(z[1-9A-HJ-NP-Za-km-z]+)$/.exec(did)?.[1];
  if (multikey !== undefined) {
    if (fragment !== undefined && fragment !== multikey) throw new FormatError('did:key: it has no such key.', 0);
    return readMultikey(multikey);
  }
  const jwk = /^did:jwk:([A-Za-z0-9_-]{1,4096})$/.exec(did)?.[1];
  if (jwk === undefined) return undefined;
  if (fragment !== undefined && fragment !== '0') throw new FormatError('did:jwk: it has no such key.', 0);
  const json = parseJson(decodeUtf8(fromBase64Url(jwk)), { maximumDepth: 4 });
  if (!isObject(json)) throw new FormatError('did:jwk: expected an object.', 0);
  if (json['use'] === 'enc') throw new FormatError('did:jwk: the key is for encryption.', 0);
  return readJwk(json);
}

function inDocument(
  document: JsonObject,
  controller: string,
  method: string,
  purpose: string,
  at: number,
  origin: KeyOrigin,
): FoundKey | NoKey {
  const isNamed = (value: JsonValue | undefined): boolean =>
    typeof value === 'string' && (value === method || (value.startsWith('#') && controller + value === method));
  const listed = (list: JsonValue | undefined): readonly JsonValue[] =>
    Array.isArray(list) ? list : list === undefined ? [] : [list];
  // Keys may stand under the purpose itself.
  const entries = [
    ...listed(document['verificationMethod']),
    ...listed(document['publicKey']),
    ...listed(document[purpose]),
  ];
  const entry = entries.find((each): each is JsonObject => isObject(each) && isNamed(each['id']));
  if (!entry) return { reason: `The document of ${controller} does not list the key.`, missing: false };
  const allowed = document[purpose];
  const isAllowed = listed(allowed).some((each) => isNamed(isObject(each) ? each['id'] : each));
  // Blockcerts profiles have no lists of purposes; a DID document without one allows nothing.
  if (!isAllowed && (allowed !== undefined || controller.startsWith('did:'))) {
    return { reason: `The document of ${controller} does not allow the key for ${purpose}.`, missing: false };
  }
  const revoked = readMoment(text(entry, 'revoked'));
  const expires = readMoment(text(entry, 'expires'));
  const created = readMoment(text(entry, 'created'));
  if (revoked !== undefined && at >= revoked)
    return { reason: 'The key was given up before it was used.', missing: false };
  if (expires !== undefined && at >= expires)
    return { reason: 'The key had expired before it was used.', missing: false };
  if (created !== undefined && at < created) return { reason: 'The key was used before it was there.', missing: false };
  const owners = texts(entry['controller']);
  if (owners.length > 0 && !owners.includes(controller)) {
    return { reason: `The key belongs to ${owners[0]}.`, missing: false };
  }
  return { key: readMethodKey(entry), controller, origin };
}
