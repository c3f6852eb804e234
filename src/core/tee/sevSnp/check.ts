import { equalBytes } from '../../bytes/bytes.ts';
import type { Content } from '../../kinds/content.ts';
import type { Checker, Context, Judgement } from '../../kinds/kind.ts';
import {
  all,
  fail,
  pass,
  unknown,
  type Check,
  type Code,
  type Evidence,
  type Note,
  type Plan,
} from '../../verdict/check.ts';
import { certificatesIn } from '../../x509/certificatesIn.ts';
import { pathCodes } from '../../x509/path.ts';
import { PathCache } from '../../x509/pathCache.ts';
import { checkPathRevocation, hasRevocationList } from '../revocation.ts';
import { amdAuthorities } from './amdAuthorities.ts';
import { amdRoots, type AmdRoot } from './amdRoots.ts';
import { describeSnp, placeOf } from './describe.ts';
import { isDebug } from './guestPolicy.ts';
import { judgeReport } from './judgeReport.ts';
import { crlAddress } from './keyAddress.ts';
import { SnpFormError } from './parse.ts';
import { snpPathRules } from './pathRules.ts';
import { readEvidence, type SnpEvidence } from './readEvidence.ts';
import { matchReportData } from './reportData.ts';
import { examineReport, type SnpExamination } from './verify.ts';

const chainCodes = ['TEE_ROOT', ...pathCodes] as const;

/** The checks behind the form, in their order, as they are planned and as they stay where the report cannot be read. */
const codes = [
  'TEE_PLATFORM',
  'TEE_CHAIN',
  'TEE_SIGNATURE',
  'SNP_KEY',
  'SNP_CHIP',
  'SNP_TCB',
  'SNP_TCB_ORDER',
  'SNP_POLICY',
  'SNP_VMPL',
  'TEE_TIME',
  'TEE_MEASUREMENT',
] as const satisfies readonly Code[];

const spec = 'AMD 56860 §7.3';

/** A checker that trusts these roots; the kind's own trusts AMD's and nothing else. */
export function makeSnpChecker(roots: readonly AmdRoot[], authorities: readonly Uint8Array[]): Checker {
  const paths = new PathCache(snpPathRules);
  return {
    plan: (_content, { companions }): readonly Plan[] => [
      { code: 'TEE_FORM' },
      ...codes.map((code) =>
        code === 'TEE_CHAIN' ? { code, children: chainCodes.map((child) => ({ code: child })) } : { code },
      ),
      ...(hasRevocationList(companions) ? [{ code: 'TEE_REVOCATION' as const }] : []),
    ],
    check: (content, context) => checkSnp(content, context, roots, authorities, paths),
  };
}

export const sevSnpChecker: Checker = makeSnpChecker(amdRoots(), amdAuthorities());

async function checkSnp(
  content: Content,
  context: Context,
  roots: readonly AmdRoot[],
  authorities: readonly Uint8Array[],
  paths: PathCache,
): Promise<Judgement> {
  const { trust, givenTime, now, companions } = context;
  const at = givenTime ?? now;
  const timeSource = givenTime === undefined || givenTime === now ? 'now' : 'given';
  let evidence: SnpEvidence;
  try {
    evidence = await readEvidence(content);
  } catch (error) {
    if (!(error instanceof SnpFormError)) throw error;
    return { checks: unreadable(error), labels: [], at: null, timeSource };
  }
  const { report } = evidence;
  // What came with the report stands first: where two would do equally, that is what was handed over with it.
  const certificates = [...evidence.certificates, ...companions.flatMap(certificatesIn)];
  const examination = await examineReport(report, certificates, roots, authorities, paths);
  const revocation = await checkPathRevocation({ certificates: examination.path?.certificates ?? [] }, companions, at);
  const match = await matchReportData(report, companions);
  const measurements = trust.sevSnp?.measurements;
  const judged = judgeReport(examination, { at, timeSource, ...(measurements && { measurements }) });
  const noted = judged.map((check) => {
    if (check.code === 'TEE_CHAIN' && examination.path)
      return withNotes(
        check,
        revocation.notes.map((note) => addressed(note, examination)),
      );
    if (check.code === 'TEE_SIGNATURE' && match)
      return withNotes(check, [{ code: 'SNP_REPORT_DATA', params: { ...match } }]);
    return check;
  });
  const checks = [
    pass('TEE_FORM', { spec, params: { version: report.version } }),
    ...noted,
    ...(revocation.check ? [revocation.check] : []),
  ];
  const found = withEvidence(checks, evidence, examination);
  return {
    checks: found,
    labels: isDebug(report) ? ['debug'] : [],
    at,
    timeSource,
    details: await describeSnp(evidence, examination, found, trust),
  };
}

function unreadable({ rule, message, offset, unsupported }: SnpFormError): readonly Check[] {
  const params = { reason: 'The report could not be read.' };
  const details = { spec, params: { rule, reason: message, offset } };
  return [
    unsupported ? unknown('TEE_FORM', details) : fail('TEE_FORM', details),
    ...codes.map((code) =>
      code === 'TEE_CHAIN'
        ? all(
            code,
            chainCodes.map((child) => unknown(child, { params })),
            { params },
          )
        : unknown(code, { params }),
    ),
  ];
}

function withNotes(check: Check, notes: readonly Note[]): Check {
  return notes.length === 0 ? check : { ...check, notes: [...(check.notes ?? []), ...notes] };
}

/** A VCEK's certificate names no revocation list, but the one for its product is known. */
function addressed(note: Note, { root }: SnpExamination): Note {
  if (note.code !== 'TEE_REVOCATION_OPEN' || note.params?.['addresses'] !== 'none' || !root) return note;
  return { ...note, params: { addresses: crlAddress(root.product) } };
}

/** Where in the report stands what each check is about. */
const ranges: Readonly<Record<string, readonly (readonly [name: string, offset: number, length: number])[]>> = {
  TEE_FORM: [['report', 0, 0x4a0]],
  TEE_PLATFORM: [['CPUID', 0x188, 3]],
  TEE_SIGNATURE: [
    ['signed bytes', 0, 0x2a0],
    ['signature', 0x2a0, 144],
  ],
  SNP_KEY: [['KEY_INFO', 0x048, 4]],
  SNP_CHIP: [['CHIP_ID', 0x1a0, 64]],
  SNP_TCB: [['REPORTED_TCB', 0x180, 8]],
  SNP_TCB_ORDER: [
    ['CURRENT_TCB', 0x038, 8],
    ['REPORTED_TCB', 0x180, 8],
    ['COMMITTED_TCB', 0x1e0, 8],
    ['firmware versions', 0x1e8, 8],
  ],
  SNP_POLICY: [
    ['POLICY', 0x008, 8],
    ['PLATFORM_INFO', 0x040, 8],
  ],
  SNP_VMPL: [['VMPL', 0x030, 4]],
  TEE_MEASUREMENT: [['MEASUREMENT', 0x090, 48]],
};

/** Names the very bytes that each check is about, so that they can be shown; those of certificates only where they came behind the report. */
function withEvidence(checks: readonly Check[], evidence: SnpEvidence, { path }: SnpExamination): Check[] {
  const { digest } = placeOf(evidence);
  const entryOf = (index: number): Evidence[] => {
    const der = path?.certificates[index]?.der;
    const entry =
      der && evidence.table?.entries.find(({ certificate }) => certificate && equalBytes(certificate.der, der));
    return entry ? [{ digest, offset: entry.offset, length: entry.length, name: `certificate ${index + 1}` }] : [];
  };
  const attach = (check: Check): Check => {
    const number = check.params?.['number'];
    const own =
      typeof number === 'number'
        ? entryOf(number - 1)
        : (ranges[check.code] ?? []).map(([name, offset, length]) => ({ digest, offset, length, name }));
    return {
      ...check,
      ...(own.length > 0 && { evidence: own }),
      ...(check.children && { children: check.children.map(attach) }),
    };
  };
  return checks.map(attach);
}
