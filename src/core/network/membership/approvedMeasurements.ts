import { fromHex } from '../../bytes/hex.ts';
import { dcapPins } from '../../tee/dcap/policy.ts';
import { nitroPins } from '../../tee/nitro/policy.ts';
import { pinnedValues } from '../../tee/sevSnp/judgeReport.ts';
import { ApprovedSet } from '../../trace/zk/membership.ts';
import type { Trust } from '../../trust/trust.ts';

/** No set is larger: the circuit's tree has as many places. */
export const maximumApproved = 1024;

/**
 * The values that published criteria approve of in one register of one platform, each once, in rising order: whoever has the criteria makes the same list.
 * Empty where they approve of none.
 * @param kind of the attestation document: nitro, sev-snp, dcap @param register as that kind calls it: `PCR 0`, `launch measurement`, `MRTD`
 */
export function approvedMeasurements(trust: Trust, kind: string, register: string): readonly string[] {
  const values = pinsOf(trust, kind).flatMap((pin) => pin[register] ?? []);
  return [...new Set(values)].toSorted();
}

/** Their tree. @throws RangeError for more than fit */
export function approvedSet(values: readonly string[]): ApprovedSet {
  return new ApprovedSet(values.map(fromHex));
}

function pinsOf(trust: Trust, kind: string): readonly Readonly<Record<string, string | undefined>>[] {
  if (kind === 'nitro') return nitroPins(trust.nitro?.measurements);
  if (kind === 'sev-snp') return pinnedValues(trust.sevSnp?.measurements) ?? [];
  return kind === 'dcap' ? dcapPins(trust.dcap?.measurements) : [];
}
