import { sameDid } from '../../core/did/didChange.ts';
import { hostPolicy } from '../../core/host/hostPolicy.ts';
import type { Candidate } from '../../core/host/selection/selectValidators.ts';
import type { HostPin, Trust } from '../../core/trust/trust.ts';

/** What the person has selected for one host, as an entry of a trust file; what was measured stays what is pinned. */
export function selectedPolicy(trust: Trust, did: string, chosen: readonly Candidate[], threshold: number): HostPin {
  const pinned = hostPolicy(trust, did);
  const policy = 'policy' in pinned ? pinned.policy : undefined;
  // A certificate names the entry that it was made under: where that says the same, it is that very entry.
  if (policy && sameDid(policy.name) === sameDid(did) && isSame(policy, chosen, threshold)) return policy;
  const measurements = policy?.measurements;
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

function isSame(policy: HostPin, chosen: readonly Candidate[], threshold: number): boolean {
  const dids = new Set(policy.validators.map((each) => sameDid(each.did)));
  return (
    policy.threshold === threshold && dids.size === chosen.length && chosen.every((each) => dids.has(sameDid(each.did)))
  );
}
