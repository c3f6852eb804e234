import type { JsonObject } from '../../core/bytes/json.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { createResolver, type ResolverParts } from './createResolver.ts';

/** A document that a server gave, for a person to look at and to pin: until then it counts for nothing. */
export interface DocumentOffer {
  readonly did: string;
  readonly url: string;
  readonly labels: readonly string[];
  readonly document: JsonObject;
  /** What would be added to the trust file (`mergeTrust`). */
  readonly pins: Trust;
}

/** Documents of those `did:web` that are not pinned yet. What no server has is left out. */
export async function offerDocuments(dids: readonly string[], parts: ResolverParts): Promise<readonly DocumentOffer[]> {
  const resolver = createResolver(parts);
  const wanted = [...new Set(dids)].filter((did) => did.startsWith('did:web:')).slice(0, 64);
  const offers = await Promise.all(
    wanted.map(async (did): Promise<readonly DocumentOffer[]> => {
      const { didDocument, didResolutionMetadata } = await resolver.resolve(did);
      const { origin, url, labels = [] } = didResolutionMetadata;
      if (!didDocument || origin !== 'fetched') return [];
      const document = didDocument as unknown as JsonObject;
      return [{ did, url: String(url), labels: labels as string[], document, pins: { dids: { [did]: document } } }];
    }),
  );
  return offers.flat();
}
