/** For policies that allow addresses of workers only to those who are named. */
interface Policies {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ) => { readonly createScriptURL: (address: string) => string };
}

/**
 * A worker that runs a page's own program once more, for pages of one file. The text is one that the page's policy has admitted by its digest.
 * @throws where the browser or the policy allows no worker
 */
export function spawnFromText(program: string): Worker {
  return new Worker(scriptAddress(program), { name: 'affidavit' });
}

function scriptAddress(program: string): string {
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const policies = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes;
  return policies
    ? policies.createPolicy('affidavit', { createScriptURL: () => address }).createScriptURL(address)
    : address;
}
