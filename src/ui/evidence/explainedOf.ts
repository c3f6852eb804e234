import type { Report } from '../../core/kinds/judge.ts';
import type { Explained } from '../../core/tee/explained.ts';

/** What a kind of attestation gives to draw, or undefined where it gives none: other kinds, and documents that could not be read. */
export function explainedOf({ details }: Pick<Report, 'details'>): Explained | undefined {
  if (typeof details !== 'object' || details === null || !('explained' in details)) return undefined;
  const { explained } = details;
  return typeof explained === 'object' && explained !== null && 'fields' in explained
    ? (explained as Explained)
    : undefined;
}
