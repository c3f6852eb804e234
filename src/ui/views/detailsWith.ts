import type { Report } from '../../core/kinds/judge.ts';

/** What judging brought of a certificate, where its claim has that member: the claims of each system have one that tells them apart. */
export function detailsWith<Details extends { readonly claim: object }>(
  member: keyof Details['claim'],
): (report: Report) => Details | undefined {
  return ({ details }) => {
    const claim = (details as { readonly claim?: unknown } | null | undefined)?.claim;
    return typeof claim === 'object' && claim !== null && member in claim ? (details as Details) : undefined;
  };
}
