import { equalBytes } from '../../bytes/bytes.ts';
import { fail, pass, unknown, type Check, type Params } from '../../verdict/check.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { verifyEcdsa } from '../../x509/ecdsa.ts';
import type { Path } from '../../x509/path.ts';
import { PathCache } from '../../x509/pathCache.ts';
import { amdAuthorities } from './amdAuthorities.ts';
import { amdRoots, type AmdRoot } from './amdRoots.ts';
import { checkChain } from './checkChain.ts';
import type { Endorsement } from './endorsement.ts';
import { findPaths, type Candidate } from './findPath.ts';
import { wantedCertificate } from './keyAddress.ts';
import { snpPathRules } from './pathRules.ts';
import { checkChip, checkKey, checkPlatform, checkTcb } from './checkEndorsement.ts';
import { productOfCpu, type AmdProduct } from './product.ts';
import { signedLength, type SnpReport } from './report.ts';

/** Every check of a report that depends neither on the time nor on what the person asks. */
export interface SnpExamination {
  readonly report: SnpReport;
  /** By the report itself, else by the certificate; undefined where neither says or it is not known here. */
  readonly product: AmdProduct | undefined;
  /** Of the certificate that was taken for the key's. */
  readonly endorsement: Endorsement | undefined;
  /** Undefined where no certificate of a processor's key was given, or nothing above it was found. */
  readonly path: Path | undefined;
  /** Which of the given roots the path begins with. */
  readonly root: AmdRoot | undefined;
  readonly platform: Check;
  readonly chain: Check;
  readonly signature: Check;
  readonly key: Check;
  readonly chip: Check;
  readonly tcb: Check;
}

interface Tried {
  readonly candidate: Candidate;
  readonly path: Path | undefined;
  readonly signed: boolean | undefined;
}

/**
 * Examines a report with the certificates that were given beside it, in any order. The one place where the rules of SEV-SNP stand: the check of a
 * file and that of a TPM's quote that leans on a report both read their results from here. Of several paths the first that holds counts; a useless
 * certificate beside a right one changes nothing.
 * @param roots trusted, compared byte for byte
 * @param authorities known beside those given, trusted for nothing
 * @param paths of earlier reports of the same chips, so that each is examined once
 */
export async function examineReport(
  report: SnpReport,
  certificates: readonly Certificate[],
  roots: readonly AmdRoot[] = amdRoots(),
  authorities: readonly Uint8Array[] = amdAuthorities(),
  paths: PathCache = new PathCache(snpPathRules),
): Promise<SnpExamination> {
  const { candidate, path, signed } = await tryPaths(
    report,
    findPaths(report, certificates, roots, authorities),
    paths,
  );
  const root = roots.find(({ der }) => candidate?.whole && equalBytes(der, candidate.certificates[0]?.der ?? noBytes));
  const endorsement = candidate?.endorsement;
  const ofCpu = report.cpu && productOfCpu(report.cpu.family, report.cpu.model);
  const product = ofCpu ?? (report.cpu ? undefined : endorsement?.product);
  const wanted = wantedCertificate(report, product);
  const context = { report, product, endorsement, wanted, reason: missingReason(candidate) };
  return {
    report,
    product,
    endorsement,
    path,
    root,
    platform: checkPlatform(context, root),
    chain: checkChain(candidate, path, root, product, wanted),
    signature: checkSignature(report, path, signed, wanted),
    key: checkKey(context),
    chip: checkChip(context),
    tcb: checkTcb(context),
  };
}

const noBytes = new Uint8Array();

async function tryPaths(
  report: SnpReport,
  candidates: readonly Candidate[],
  paths: PathCache,
): Promise<Partial<Tried>> {
  let first: Tried | undefined;
  for (const candidate of candidates) {
    const tried = await tryPath(report, candidate, paths);
    if (tried.path?.status === 'pass' && tried.signed) return tried;
    first ??= tried;
  }
  return first ?? {};
}

async function tryPath(report: SnpReport, candidate: Candidate, paths: PathCache): Promise<Tried> {
  if (candidate.certificates.length < 2) return { candidate, path: undefined, signed: undefined };
  const { path } = await paths.examine(candidate.certificates.map(({ der }) => der));
  const signed =
    path.leafKey &&
    (await verifyEcdsa(path.leafKey, 'SHA-384', report.signature, report.bytes.subarray(0, signedLength)));
  return { candidate, path, signed };
}

function missingReason(candidate: Candidate | undefined): string {
  return candidate?.reason ?? "The certificate of the processor's key is not there.";
}

/** ECDSA on P-384 with SHA-384 over bytes 0 to 29Fh (AMD 56860 §7.3). */
function checkSignature(
  { signingKey, maskChipKey }: SnpReport,
  path: Path | undefined,
  signed: boolean | undefined,
  wanted: string,
): Check {
  const spec = 'AMD 56860 §7.3';
  const make = (reason: string): { spec: string; params: Params } => ({ spec, params: { reason, wanted } });
  if (signingKey === 'none' || maskChipKey) {
    const why = maskChipKey ? 'MASK_CHIP_KEY is set' : 'SIGNING_KEY says that no key signed it';
    return fail('TEE_SIGNATURE', make(`The report is not signed: ${why}.`));
  }
  if (signed === undefined) {
    return unknown(
      'TEE_SIGNATURE',
      make(
        path ? 'The key in the certificate cannot be used.' : "The certificate of the processor's key is not there.",
      ),
    );
  }
  return signed
    ? pass('TEE_SIGNATURE', { spec, params: { key: signingKey } })
    : fail('TEE_SIGNATURE', make('It is no signature of the key in the certificate over these bytes.'));
}
