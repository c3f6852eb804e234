import { equalBytes } from '../../bytes/bytes.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { parseCertificate } from '../../x509/parse.ts';
import type { AmdRoot } from './amdRoots.ts';
import { isEndorsement, readEndorsement, type Endorsement } from './endorsement.ts';
import type { SnpReport } from './report.ts';
import { agreesWith, isOfChip } from './compare.ts';

/** A path that could lead from a root to the key that signed, root first; one that ends early lacks what stands above. */
export interface Candidate {
  readonly certificates: readonly Certificate[];
  readonly leaf: Certificate;
  /** Undefined where the leaf's extensions cannot be read. */
  readonly endorsement: Endorsement | undefined;
  /** Why they cannot. */
  readonly reason?: string;
  /** Whether it goes up to a root, trusted or not. */
  readonly whole: boolean;
}

/** More leaves, or authorities of one name, are not tried: each path costs signatures. */
const maximumEach = 4;

/**
 * Finds paths by what certificates are: a key of a processor below, the authority that it names as its issuer above, that one's root on top. Those of
 * the report's own chip and firmware come first. Order and names only propose; every rule of a path is checked after. A root that is trusted
 * stands before one that was given under its name.
 */
export function findPaths(
  report: SnpReport,
  given: readonly Certificate[],
  roots: readonly AmdRoot[],
  authorities: readonly Uint8Array[],
): readonly Candidate[] {
  const others = [...given.filter((certificate) => !isEndorsement(certificate)), ...authorities.map(parseCertificate)];
  const trusted = roots.map(({ der }) => parseCertificate(der));
  const leaves = distinct(given.filter(isEndorsement)).map((leaf) => ({ leaf, ...readLeaf(leaf) }));
  const ranked = leaves.toSorted((one, other) => fitness(report, other.endorsement) - fitness(report, one.endorsement));
  return ranked.slice(0, maximumEach).flatMap(({ leaf, ...read }): Candidate[] => {
    const issuers = distinct(others.filter((authority) => issues(authority, leaf) && !isSelfIssued(authority)));
    if (issuers.length === 0) return [{ ...read, certificates: [leaf], leaf, whole: false }];
    return issuers.slice(0, maximumEach).map((issuer) => {
      const root = [...trusted, ...others].find((candidate) => issues(candidate, issuer) && isSelfIssued(candidate));
      const certificates = root ? [root, issuer, leaf] : [issuer, leaf];
      return { ...read, certificates, leaf, whole: root !== undefined };
    });
  });
}

function readLeaf(leaf: Certificate): { endorsement: Endorsement | undefined; reason?: string } {
  try {
    return { endorsement: readEndorsement(leaf) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { endorsement: undefined, reason: error.message };
  }
}

/** How well a leaf fits the report: its kind of key, its chip, its firmware. */
function fitness(report: SnpReport, endorsement: Endorsement | undefined): number {
  if (!endorsement) return 0;
  const kind = endorsement.kind === report.signingKey ? 4 : 0;
  const chip = isOfChip(report, endorsement) ? 2 : 0;
  return kind + chip + (agreesWith(report.reportedTcb, endorsement) ? 1 : 0);
}

const issues = (authority: Certificate, below: Certificate): boolean =>
  equalBytes(authority.subject.der, below.issuer.der);

const isSelfIssued = ({ subject, issuer }: Certificate): boolean => equalBytes(subject.der, issuer.der);

function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  return certificates.filter(
    ({ der }, index) => certificates.findIndex((other) => equalBytes(other.der, der)) === index,
  );
}
