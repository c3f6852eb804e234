import type { JsonObject } from '../../bytes/json.ts';
import type { VerifiedProof } from '../proof/verifyProofs.ts';

/** The DID document that a DID which is a key stands for, so that it can be pinned: did:key with its Multikey, did:jwk with its JWK. */
export function didDocumentOf({
  controller,
  method,
}: Pick<VerifiedProof, 'controller' | 'method'>): JsonObject | undefined {
  if (controller === null || method === null) return undefined;
  const multikey = /^did:key:(z\w+)$/.exec(controller)?.[1];
  if (multikey === undefined) return undefined;
  const id = `${controller}#${multikey}`;
  return {
    id: controller,
    verificationMethod: [{ id, type: 'Multikey', controller, publicKeyMultibase: multikey }],
    assertionMethod: [id],
  };
}
