import { sha3Hex } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import type { Trust } from '../../trust/trust.ts';
import { walk, type Check } from '../../verdict/check.ts';
import { describeCertificate } from '../../x509/describeCertificate.ts';
import type { Explained } from '../explained.ts';
import { besidePins } from '../policy.ts';
import type { SnpDetails } from './details.ts';
import { snpFields, type Place } from './fields.ts';
import { isDebug } from './guestPolicy.ts';
import { hidesChip } from './compare.ts';
import { measuredValues, pinnedValues } from './judgeReport.ts';
import { vcekAddress } from './keyAddress.ts';
import type { SnpEvidence } from './readEvidence.ts';
import type { SnpReport } from './report.ts';
import type { SnpExamination } from './verify.ts';

/** Where the report's bytes are shown: the file itself, or what was decoded out of it. */
export function placeOf({ object, member }: SnpEvidence): Place {
  return { digest: sha3Hex(object), name: member ?? 'report' };
}

export async function describeSnp(
  evidence: SnpEvidence,
  examination: SnpExamination,
  checks: readonly Check[],
  trust: Trust,
): Promise<SnpDetails> {
  const { report } = evidence;
  const { product } = examination;
  const open = report.signingKey === 'VCEK' && !hidesChip(report) && product !== undefined;
  return {
    explained: await explain(evidence, examination, checks, trust),
    version: report.version,
    product: product ?? null,
    vmpl: report.vmpl,
    debug: isDebug(report),
    reportData: toHex(report.reportData),
    measurement: toHex(report.measurement),
    signingKey: report.signingKey,
    keyAddress: open ? vcekAddress(report, product) : null,
  };
}

async function explain(
  evidence: SnpEvidence,
  { report, product, path, root, endorsement }: SnpExamination,
  checks: readonly Check[],
  trust: Trust,
): Promise<Explained> {
  const { object, table, member } = evidence;
  const certificates = await Promise.all(
    (path?.certificates ?? []).map((certificate, index) => describeCertificate(certificate, index + 1)),
  );
  const measurements = trust.sevSnp?.measurements;
  const match = checks.find(({ code, status }) => code === 'TEE_MEASUREMENT' && status === 'pass');
  const used = match && measurements?.[Number(match.params?.['pin']) - 1];
  const name = endorsement?.kind === 'VLEK' ? "AMD key of the cloud's operator" : 'AMD key of this processor';
  return {
    fields: snpFields(report, product, object, table, placeOf(evidence)),
    paths: certificates.length === 0 ? [] : [{ name, certificates, root: root ? 'built-in' : 'unknown' }],
    registers: besidePins(measuredValues(report), pinnedValues(measurements)),
    pinnedAt: 'sevSnp.measurements',
    ...(member !== undefined && { objects: [object] }),
    ...(canBeOffered(report, checks) && { offered: { sevSnp: { measurements: [toHex(report.measurement)] } } }),
    used: used ? { sevSnp: { measurements: [used] } } : {},
  };
}

/** Of a guest in debug mode there is nothing to pin, and zeros are no measurement. */
function canBeOffered(report: SnpReport, checks: readonly Check[]): boolean {
  if (isDebug(report) || report.measurement.every((byte) => byte === 0)) return false;
  return [...walk(checks)].some(({ code, status }) => code === 'TEE_MEASUREMENT' && status !== 'pass');
}
