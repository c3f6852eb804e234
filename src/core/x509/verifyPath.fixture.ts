import type { Check } from '../verdict/check.ts';
import { examinePath, type PathRules } from './path.ts';
import { checkValidity } from './validity.ts';

/**
 * Everything about a path at one time: root first, leaf last, `at` in milliseconds since 1970. `leafKey` is there only where the leaf's key
 * is allowed; use what it verifies only when all checks pass. That the first certificate is trusted is the caller's to decide, by its bytes.
 */
export async function verifyPath(
  ders: readonly Uint8Array[],
  at: number,
  rules: PathRules,
): Promise<{ checks: readonly Check[]; leafKey: CryptoKey | undefined }> {
  const path = await examinePath(ders, rules);
  return { checks: [...path.checks, ...checkValidity(path.certificates, at)], leafKey: path.leafKey };
}
