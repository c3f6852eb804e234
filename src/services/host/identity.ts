import { toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import type { ProofSigner } from '../../core/vc/proof/jcsProof.ts';
import type { P256Key } from './p256Key.ts';

/** Who signs: a DID, the method in its name, and its document where others cannot make that from the DID. */
export interface Identity {
  readonly did: string;
  readonly signer: ProofSigner;
  readonly document: JsonObject | undefined;
}

export type DidMethod = 'key' | 'jwk' | 'web' | 'ethr';

/** A key under the name that was asked for. @throws AuditorError as the ledger part does */
export async function identityOf(
  method: DidMethod,
  key: P256Key,
  where: { readonly origin: string; readonly ledger?: { identity(key: P256Key): Promise<Identity> } | undefined },
): Promise<Identity> {
  if (method === 'ethr' && where.ledger) return where.ledger.identity(key);
  if (method === 'web') return webIdentity(key, where.origin);
  return method === 'jwk' ? jwkIdentity(key) : keyIdentity(key);
}

function signerOf(method: string, { sign }: P256Key): ProofSigner {
  return { method, curve: 'P-256', sign };
}

/** `did:key`: the key itself. */
export function keyIdentity(key: P256Key): Identity {
  const did = `did:key:${key.multikey}`;
  return { did, signer: signerOf(`${did}#${key.multikey}`, key), document: undefined };
}

/** `did:jwk`: the key itself, as JSON. */
function jwkIdentity(key: P256Key): Identity {
  const [x, y] = [toBase64Url(key.point.subarray(0, 32)), toBase64Url(key.point.subarray(32))];
  const did = `did:jwk:${toBase64Url(utf8(canonicalJson({ kty: 'EC', crv: 'P-256', x, y })))}`;
  return { did, signer: signerOf(`${did}#0`, key), document: undefined };
}

/** `did:web`: whoever serves that address says whose key it is. @param origin `http://127.0.0.1:8470` */
function webIdentity(key: P256Key, origin: string): Identity {
  const did = `did:web:${new URL(origin).host.replaceAll(':', '%3A')}`;
  const id = `${did}#key-1`;
  const document: JsonObject = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: key.multikey }],
    assertionMethod: [id],
    authentication: [id],
  };
  return { did, signer: signerOf(id, key), document };
}

/** `did:ethr`: the registry says which keys it has; `method` is the name that the key has in the document made from there. */
export function ethrIdentity(key: P256Key, did: string, method: string): Identity {
  return { did, signer: signerOf(method, key), document: undefined };
}
