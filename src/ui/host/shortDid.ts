/** A DID as one recognises it: its method and both ends; the whole stands where it can be copied. */
export function shortDid(did: string): string {
  return did.length <= 34 ? did : `${did.slice(0, 20)}…${did.slice(-8)}`;
}
