import { equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import type { Context } from '../../kinds/kind.ts';
import type { Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Plan } from '../../verdict/check.ts';
import { certificatesIn } from '../../x509/certificatesIn.ts';
import { describeCertificate, type PathDetails } from '../../x509/describeCertificate.ts';
import { amdRoots, type AmdRoot } from '../sevSnp/amdRoots.ts';
import { isDebug } from '../sevSnp/guestPolicy.ts';
import { judgeReport, measuredValues, pinnedValues } from '../sevSnp/judgeReport.ts';
import { parseReport } from '../sevSnp/parse.ts';
import { examineReport, type SnpExamination } from '../sevSnp/verify.ts';
import type { MeasuredRegister } from '../measured.ts';
import { besidePins } from '../policy.ts';
import { keyFromJwk, sameKey, type AttestationKey } from './attestationKey.ts';
import type { HclReport } from './hclReport.ts';
import { tpmDigest } from './replay.ts';

/** What the report of a processor says about the key in its runtime data. */
export interface HardwareExamination {
  /** TPM_HARDWARE with everything below it. */
  readonly check: Check;
  readonly labels: readonly string[];
  readonly paths: readonly PathDetails[];
  readonly registers: readonly MeasuredRegister[];
  /** What could be pinned so that an open measurement is told. */
  readonly offered: Trust | undefined;
  /** The pin that was matched. */
  readonly used: Trust;
}

const spec = 'Microsoft Learn, "Guest attestation for confidential VMs": HCL report, runtime claims';

export const hardwarePlan: Plan = {
  code: 'TPM_HARDWARE',
  children: [
    { code: 'TPM_RUNTIME_DATA' },
    { code: 'TPM_RUNTIME_KEY' },
    { code: 'TEE_CHAIN' },
    { code: 'TEE_SIGNATURE' },
    { code: 'TEE_MEASUREMENT' },
  ],
};

/**
 * Follows the key of a virtual TPM down to the processor: it stands in the runtime data, whose digest is in the REPORT_DATA of a report of AMD SEV-SNP,
 * which is judged as every such report is (`sevSnp/`). A report of Intel TDX in its place is made for a quote that stands elsewhere, so that stays open.
 */
export async function examineHardware(
  hcl: HclReport,
  certificates: readonly Uint8Array[],
  signers: readonly (AttestationKey | undefined)[],
  context: Context,
  roots: readonly AmdRoot[] = amdRoots(),
): Promise<HardwareExamination> {
  const bindings = [checkRuntimeData(hcl), await checkRuntimeKey(hcl, signers)];
  const nothing = { labels: [], paths: [], registers: [], offered: undefined, used: {} };
  if (hcl.hardware !== 'sev-snp') {
    const reason = 'The report is one of Intel TDX, which is signed only inside a quote. Judge that quote by itself.';
    return {
      ...nothing,
      check: {
        ...all('TPM_HARDWARE', [...bindings, unknown('TEE_SIGNATURE', { params: { reason } })], {
          spec,
          params: { reason },
        }),
      },
    };
  }
  const measurements = context.trust.sevSnp?.measurements;
  const given = [
    ...certificates.map((bytes) => ({ bytes, encoding: 'raw', text: undefined }) as const),
    ...context.companions,
  ];
  let examination: SnpExamination;
  try {
    examination = await examineReport(parseReport(hcl.report), given.flatMap(certificatesIn), roots);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const form = fail('TEE_FORM', { spec, params: { reason: error.message } });
    return { ...nothing, check: all('TPM_HARDWARE', [...bindings, form], { spec, params: { reason: error.message } }) };
  }
  const question = {
    at: context.givenTime ?? context.now,
    timeSource: context.givenTime === undefined ? ('now' as const) : ('given' as const),
    ...(measurements && { measurements }),
  };
  const judged = judgeReport(examination, question);
  const measured = measuredValues(examination.report);
  const measurement = judged.find(({ code }) => code === 'TEE_MEASUREMENT');
  const pin = measurement?.status === 'pass' ? measurements?.[Number(measurement.params?.['pin']) - 1] : undefined;
  const [launch] = measured;
  return {
    check: all('TPM_HARDWARE', [...bindings, ...judged], { spec, params: { reason: 'See below.' } }),
    labels: isDebug(examination.report) ? ['debug'] : [],
    paths: await pathsOf(examination),
    registers: besidePins(measured, pinnedValues(measurements)),
    offered: measurement?.status === 'pass' || !launch ? undefined : { sevSnp: { measurements: [launch.hex] } },
    used: pin ? { sevSnp: { measurements: [pin] } } : {},
  };
}

/** REPORT_DATA begins with the digest of the runtime data; what is left of its 64 bytes is zero. */
function checkRuntimeData({ report, runtimeData, hash, hardware }: HclReport): Check {
  if (hardware !== 'sev-snp') return unknown('TPM_RUNTIME_DATA', { spec });
  const found = report.subarray(reportData.offset, reportData.offset + reportData.length);
  const expected = new Uint8Array(reportData.length);
  expected.set(tpmDigest(hash.name, runtimeData));
  const params = { hash: hash.name, found: toHex(found), expected: toHex(expected) };
  return equalBytes(found, expected)
    ? pass('TPM_RUNTIME_DATA', { spec, params })
    : fail('TPM_RUNTIME_DATA', { spec, params });
}

/** REPORT_DATA of a report (AMD 56860 §7.3). */
const reportData = { offset: 0x50, length: 64 } as const;

/** Whether the key that signed the quotes is the one in the runtime data. */
async function checkRuntimeKey(
  { attestationKey }: HclReport,
  signers: readonly (AttestationKey | undefined)[],
): Promise<Check> {
  const key = await keyFromJwk(attestationKey);
  if (!key) return fail('TPM_RUNTIME_KEY', { spec });
  const known = signers.filter((signer) => signer !== undefined);
  if (known.length === 0) {
    return unknown('TPM_RUNTIME_KEY', { spec, params: { reason: 'No signature on a quote was found to hold.' } });
  }
  return known.every((signer) => sameKey(signer, key))
    ? pass('TPM_RUNTIME_KEY', { spec })
    : fail('TPM_RUNTIME_KEY', { spec });
}

async function pathsOf({ path, root }: SnpExamination): Promise<PathDetails[]> {
  if (!path || path.certificates.length === 0) return [];
  const certificates = await Promise.all(
    path.certificates.map((certificate, index) => describeCertificate(certificate, index + 1)),
  );
  return [{ name: "The processor's key", certificates, root: root ? 'built-in' : 'unknown' }];
}
