import { sameDid } from '../../core/did/didChange.ts';
import { hostPolicy } from '../../core/host/hostPolicy.ts';
import type { Candidate } from '../../core/host/selection/selectValidators.ts';
import type { HostPin, Trust } from '../../core/trust/trust.ts';

/** What the person has selected for one host, as an entry of a trust file; what was measured stays what is pinned. */
export function selectedPolicy(trust: Trust, did: string, chosen: readonly Candidate[], threshold: number): HostPin {
  const pinned = hostPolicy(trust, did);
  const measurements = 'policy' in pinned ? pinned.policy.measurements : undefined;
  return {
    name: did,
    validators: chosen.map(({ did: validator, operator, region }) => ({
      did: validator,
      ...(operator === '' ? {} : { operator }),
      ...(region === '' ? {} : { region }),
    })),
    threshold,
    ...(measurements && { measurements }),
  };
}

/** The trust file with this entry in place of the one for the same host. */
export function trustWith(trust: Trust, policy: HostPin): Trust {
  const others = (trust.hosts ?? []).filter(({ name }) => sameDid(name) !== sameDid(policy.name));
  return { ...trust, hosts: [...others, policy] };
}
