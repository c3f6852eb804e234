/** A certificate's members stand in order, so its digest is near one end of what may be a long file. */
const searched = 2 ** 20;

/** The digest that a certificate carries, for its seal and for comparing; whether it is right is for the checks to say. */
export function sealedDigest(bytes: Uint8Array): string | undefined {
  const parts = [bytes.subarray(0, searched), bytes.subarray(-searched)];
  for (const part of parts) {
    const found = /"digest":"([0-9a-f]{64})"/.exec(new TextDecoder().decode(part))?.[1];
    if (found) return found;
  }
  return undefined;
}
