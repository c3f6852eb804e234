/** For policies that allow addresses of workers only to those who are named. */
interface Policy {
  readonly createScriptURL: (address: string) => string;
}
interface Policies {
  readonly createPolicy: (name: string, rules: Policy) => Policy;
}

const made = new Map<string, Policy>();

/**
 * A worker that runs a whole program given as text: one that a page's policy has admitted by its digest, or that was compared with one.
 * @throws where the browser or the policy allows no worker
 */
export function spawnFromText(program: string, policyName = 'affidavit', name = 'affidavit'): Worker {
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(trustedAddress(address, policyName), { name });
  const release = (): void => URL.revokeObjectURL(address);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}

/** An address of a worker as a page with Trusted Types wants it, under the policy of this name; as it is, where the page does not name it. */
export function trustedAddress(address: string, policyName: string): string {
  const policies = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes;
  if (!policies) return address;
  try {
    const policy = made.get(policyName) ?? policies.createPolicy(policyName, { createScriptURL: (each) => each });
    made.set(policyName, policy);
    return policy.createScriptURL(address);
  } catch {
    // Where the page demands trusted addresses, the worker is refused.
    return address;
  }
}
