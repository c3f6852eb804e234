import type { BucketFindings, ChainAudit } from '../../core/chain/types.ts';
import { walk, type Check } from '../../core/verdict/check.ts';

/** What an audit or a check found, as far as the matrix compares it: all of it must be as the row says. */
export interface Outcome {
  readonly verdict: string;
  /** Reason and number where the main chain stops; null for a file. */
  readonly stop: string | null;
  /** Number of the last block on the main chain. */
  readonly tip: number | null;
  /** Blocks of each fork. */
  readonly forks: readonly number[];
  /** Checks that do not pass, parents left out. */
  readonly codes: readonly string[];
  /** What fails a predicate and decides nothing. */
  readonly junk: readonly string[];
  /** What each bucket did wrong. */
  readonly storage: readonly string[];
}

/** The outcome of an audit; what is not said is as in an undamaged chain of six blocks. */
export function audited(outcome: Partial<Outcome> & Pick<Outcome, 'verdict'>): Outcome {
  return { stop: 'end as shown', tip: 5, forks: [], codes: [], junk: [], storage: [], ...outcome };
}

/** The outcome of a check of a file. */
export function checked(verdict: string, ...codes: readonly string[]): Outcome {
  return { verdict, stop: null, tip: null, forks: [], codes, junk: [], storage: [] };
}

const counted = ['missing', 'wrong', 'copied', 'zero', 'dependent', 'malformed'] as const;

/** What an audit found; the printed line of the command has all that is needed. */
export function outcomeOfAudit(
  audit: Pick<ChainAudit, 'verdict' | 'stop' | 'forks' | 'checks' | 'junk' | 'storage'> & {
    readonly tip: { readonly k: number } | null;
  },
): Outcome {
  const { reason, k } = audit.stop;
  return {
    verdict: audit.verdict,
    stop: k === undefined ? reason : `${reason} ${k}`,
    tip: audit.tip?.k ?? null,
    forks: audit.forks.map((fork) => fork.blocks.length),
    codes: openCodes(audit.checks),
    junk: audit.junk.map(({ name, code }) => `${name.replace(/^tuple\/.*/, 'tuple')} ${code}`).sort(),
    storage: audit.storage.flatMap(describeBucket),
  };
}

export function outcomeOfReport(report: { readonly verdict: string; readonly checks: readonly Check[] }): Outcome {
  return checked(report.verdict, ...openCodes(report.checks));
}

/** Parents only repeat what their children say, but for the storage, whose buckets inform. */
function openCodes(checks: readonly Check[]): string[] {
  return [...walk(checks)]
    .filter(({ status, children, code }) => status !== 'pass' && (!children?.length || code === 'CHAIN_STORAGE'))
    .filter(({ code }) => code !== 'CHAIN_BUCKET')
    .map(({ code, status }) => `${code} ${status}`);
}

function describeBucket(findings: BucketFindings): string[] {
  if (findings.down) return [`bucket ${findings.bucket} down`];
  return counted.flatMap((word) => (findings[word] > 0 ? [`bucket ${findings.bucket} ${word} ${findings[word]}`] : []));
}

export function sameOutcome(one: Outcome, other: Outcome): boolean {
  return describeOutcome(one) === describeOutcome(other);
}

/** One line for people; equal lines mean equal outcomes. */
export function describeOutcome({ verdict, stop, tip, forks, codes, junk, storage }: Outcome): string {
  return [
    verdict,
    ...(stop === null ? [] : [`stop: ${stop}`, `tip: ${tip === null ? 'none' : `number ${tip}`}`]),
    ...(forks.length > 0 ? [`forks of ${forks.join(', ')}`] : []),
    ...(codes.length > 0 ? [`checks: ${codes.join(', ')}`] : []),
    ...(junk.length > 0 ? [`junk: ${junk.join(', ')}`] : []),
    ...(storage.length > 0 ? [`storage: ${storage.join(', ')}`] : []),
  ].join(' · ');
}
