import type { Service } from 'did-resolver';
import { webAddress } from '../../core/did/webAddress.ts';
import type { HostLedger } from '../../core/host/hostLedger.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { createResolver, type ResolverParts } from '../did/createResolver.ts';

/**
 * Where a host answers: the service in its DID document (the last that its registry proves, or that is pinned), or the server of its `did:web`. It need not be believed: what it answers is signed.
 * @throws AuditorError `usage` HOST_ADDRESS where nothing says
 */
export async function findHost(
  did: string,
  parts: Omit<ResolverParts, 'ledgers'> & { readonly ledgers: readonly HostLedger[] },
): Promise<string> {
  const { didDocument } = await createResolver(parts).resolve(did);
  const named = (didDocument?.service ?? []).filter(isHost).at(-1)?.serviceEndpoint;
  const address = typeof named === 'string' && /^https?:\/\//.test(named) ? named : webAddress(did)?.url;
  if (address !== undefined && URL.canParse(address)) {
    return typeof named === 'string' ? named.replace(/\/+$/, '') : new URL(address).origin;
  }
  const words = `Nothing that is pinned or proven says where ${did.slice(0, 200)} answers: give its address.`;
  throw new AuditorError('usage', 'HOST_ADDRESS', words);
}

function isHost({ type }: Service): boolean {
  return type === 'AffidavitHost';
}
