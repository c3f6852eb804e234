import { isHex } from '../bytes/hex.ts';

/** `<chain>/seq/<k>` → the enclave attestation aₖ. `chain` is the hex of H(b₀); `k` is decimal without padding. */
export function sequenceName(chain: string, k: number): string {
  return `${chain}/seq/${k}`;
}

/** `<chain>/tuple/<H(t)>` → ⟨m, b, t⟩. */
export function tupleName(chain: string, timestampHash: string): string {
  return `${chain}/tuple/${timestampHash}`;
}

/** What a listed name says, or undefined where it is none of ours: a listing is only ever a hint of what to fetch. */
export function parseName(
  chain: string,
  name: string,
): { readonly seq: number } | { readonly tuple: string } | undefined {
  if (!name.startsWith(`${chain}/`)) return undefined;
  const [area, rest, ...more] = name.slice(chain.length + 1).split('/');
  if (rest === undefined || more.length > 0) return undefined;
  if (area === 'seq' && /^(0|[1-9][0-9]{0,15})$/.test(rest) && Number.isSafeInteger(Number(rest))) {
    return { seq: Number(rest) };
  }
  if (area === 'tuple' && isHex(rest, 32)) return { tuple: rest };
  return undefined;
}
