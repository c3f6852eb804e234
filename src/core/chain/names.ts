import { isHex } from '../bytes/hex.ts';
import { limits } from './limits.ts';

/** `<chain>/seq/<k>` → the enclave attestation aₖ. `chain` is the hex of H(b₀); `k` is decimal without padding. */
export function sequenceName(chain: string, k: number): string {
  return `${chain}/seq/${k}`;
}

/** `<chain>/tuple/<H(t)>` → ⟨m, b, t⟩. */
export function tupleName(chain: string, timestampHash: string): string {
  return `${chain}/tuple/${timestampHash}`;
}

/** `<chain>/seg/<n>` → numbers 256n … 256n + 255 at once: a cache, on any fault of which the single objects count (CHAIN.md 20). */
export function segmentName(chain: string, n: number): string {
  return `${chain}/seg/${n}`;
}

/** `<chain>/hold/<bucket index>` → a hold attestation of that bucket, in whichever bucket it lies (CHAIN.md 34). */
export function holdName(chain: string, bucket: number): string {
  return `${chain}/hold/${bucket}`;
}

/** What a listed name says, or undefined where it is none of ours: a listing is only ever a hint of what to fetch. */
export function parseName(
  chain: string,
  name: string,
): { readonly seq: number } | { readonly tuple: string } | { readonly seg: number } | undefined {
  if (!name.startsWith(`${chain}/`)) return undefined;
  const [area, rest, ...more] = name.slice(chain.length + 1).split('/');
  if (rest === undefined || more.length > 0) return undefined;
  const isNumber = /^(0|[1-9][0-9]{0,15})$/.test(rest) && Number.isSafeInteger(Number(rest));
  if (area === 'seq' && isNumber) return { seq: Number(rest) };
  if (area === 'seg' && isNumber && Number(rest) <= limits.number / 256 - 1) return { seg: Number(rest) };
  if (area === 'tuple' && isHex(rest, 32)) return { tuple: rest };
  return undefined;
}
