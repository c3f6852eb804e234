import { fromBase64Url } from '../bytes/base64.ts';
import { decodeUtf8 } from '../bytes/bytes.ts';
import { parseJson, type JsonObject } from '../bytes/json.ts';
import { isObject } from '../vc/credential.ts';
import { readJwk, readMultikey } from '../vc/proof/key.ts';
import { FormatError } from '../verdict/auditorError.ts';

/**
 * The document of a DID that is a key itself (did:key, did:jwk): one method, for every purpose of signing. Undefined for any other DID.
 * @throws FormatError where the key cannot be read
 */
export function ownDocument(did: string): JsonObject | undefined {
  const multikey = /^did:key:(z[1-9A-HJ-NP-Za-km-z]{1,4096})$/.exec(did)?.[1];
  if (multikey !== undefined) {
    readMultikey(multikey);
    const id = `${did}#${multikey}`;
    return documentOf(did, { id, type: 'Multikey', controller: did, publicKeyMultibase: multikey });
  }
  const encoded = /^did:jwk:([A-Za-z0-9_-]{1,4096})$/.exec(did)?.[1];
  if (encoded === undefined) return undefined;
  const jwk = parseJson(decodeUtf8(fromBase64Url(encoded)), { maximumDepth: 4 });
  if (!isObject(jwk)) throw new FormatError('did:jwk: expected an object.', 0);
  if (jwk['use'] === 'enc') throw new FormatError('did:jwk: the key is for encryption.', 0);
  readJwk(jwk);
  return documentOf(did, { id: `${did}#0`, type: 'JsonWebKey', controller: did, publicKeyJwk: jwk });
}

function documentOf(did: string, method: JsonObject & { readonly id: string }): JsonObject {
  const { id } = method;
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    verificationMethod: [method],
    assertionMethod: [id],
    authentication: [id],
  };
}
