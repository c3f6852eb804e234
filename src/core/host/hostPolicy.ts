import { sameDid } from '../did/didChange.ts';
import type { HostPin, Trust } from '../trust/trust.ts';

export type PolicyChoice = { readonly policy: HostPin } | { readonly reason: string };

/**
 * The entry of a trust file that speaks for a host: the one that is named by its DID; else the only one there is, unless that is named by another host's.
 */
export function hostPolicy({ hosts = [] }: Trust, host: string): PolicyChoice {
  const named = hosts.find(({ name }) => sameDid(name) === sameDid(host));
  if (named) return { policy: named };
  const general = hosts.filter(({ name }) => !name.startsWith('did:'));
  const [only] = general;
  if (only && general.length === 1) return { policy: only };
  if (hosts.length === 0) return { reason: 'Your trust file selects no validators (hosts).' };
  return general.length > 1
    ? { reason: `Your trust file has ${general.length} entries for hosts, and none is named ${host.slice(0, 200)}.` }
    : { reason: `Your trust file has no entry for the host ${host.slice(0, 200)}.` };
}
