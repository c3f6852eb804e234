import type { ReportDetails } from '../../core/report/checker.ts';
import type { Trust } from '../../core/trust/trust.ts';

/** Auditors whose signature is right and who are not pinned, as a trust file would hold them. */
export function missingAuditors({ reports }: ReportDetails, trust: Trust): Trust | undefined {
  const pinned = new Set(trust.auditors?.map(({ address }) => address.toLowerCase()));
  const open = reports.filter(({ auditor, signature }) => signature !== null && !pinned.has(auditor));
  const addresses = [...new Set(open.map(({ auditor }) => auditor))].sort();
  return addresses.length > 0 ? { auditors: addresses.map((address) => ({ address })) } : undefined;
}
