import { all, fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { sequenceName, tupleName } from '../names.ts';
import { complianceMode } from './holdStatement.ts';
import type { ChainPin } from '../../trust/trust.ts';
import type { SequencedBlock } from '../types.ts';
import type { HoldEvidence } from './holdEvidence.ts';
import type { VerifiedHold } from './verifyHold.ts';

const spec = 'CHAIN.md 34';

/** Whether holds are asked about at all: a chain without pinned hold images is none the worse for it. */
export function asksForHolds(pin: ChainPin): boolean {
  return (pin.holdMeasurements ?? []).length > 0;
}

/**
 * Whether each bucket's objects are held in compliance mode, as valid attestations say; a bucket that none is about stays open. An opinion over
 * the main chain, and over a sample of its objects: the names are exact, and how many are covered is said.
 *
 * @param blocks everything that was sequenced, forks included
 */
export function judgeHolds(pin: ChainPin, blocks: readonly SequencedBlock[], { holds, refused }: HoldEvidence): Check {
  const chain = pin.genesis ?? '';
  const objects = new Set(
    blocks.flatMap(({ k, timestampHash }) => [sequenceName(chain, k), tupleName(chain, timestampHash)]),
  );
  const covered = new Set<string>();
  const children = (pin.buckets ?? []).map(({ url }, bucket): Check => {
    const about = holds.filter(
      ({ statement }) => statement.bucket === url && statement.names.some((name) => objects.has(name)),
    );
    const names = new Set(about.flatMap(({ statement }) => statement.names.filter((name) => objects.has(name))));
    const params = { bucket, url, covered: names.size, total: objects.size };
    const evidence = about.map(({ object, length }) => ({ digest: object, offset: 0, length }));
    if (about.length === 0) return unknown('CHAIN_HOLD_BUCKET', { params, spec });
    const problem = problemIn(about, objects);
    if (problem) return fail('CHAIN_HOLD_BUCKET', { params: { ...params, problem }, evidence, spec });
    for (const name of names) covered.add(name);
    const until = Math.min(...about.map(({ statement }) => statement.until));
    return pass('CHAIN_HOLD_BUCKET', { params: { ...params, until: dateOf(until) }, evidence, spec });
  });
  const params = { covered: covered.size, total: objects.size, buckets: children.length };
  return all('CHAIN_HOLD', children, { params, spec, ...(refused.length > 0 ? { notes: refused } : {}) });
}

/** What speaks against a bucket: another mode, a date that was over, or a later attestation with an earlier date for the same object. */
function problemIn(holds: readonly VerifiedHold[], objects: ReadonlySet<string>): string | undefined {
  const ordered = [...holds].sort((a, b) => a.time - b.time);
  for (const { statement, time } of ordered) {
    const { mode, until } = statement;
    if (mode !== complianceMode) return `the mode is “${mode.slice(0, 40)}”`;
    if (until <= time) return `the hold ended on ${dateOf(until)}, before it was attested`;
  }
  return shortened(ordered, objects);
}

/**
 * A statement gives the least date of all its names, so a later one that covers more may well say an earlier date. Only a later statement about
 * nothing but names that an earlier one covers contradicts it by an earlier date: in compliance mode a date never comes nearer.
 */
function shortened(ordered: readonly VerifiedHold[], objects: ReadonlySet<string>): string | undefined {
  for (const [index, later] of ordered.entries()) {
    const names = later.statement.names.filter((name) => objects.has(name));
    if (names.length < later.statement.names.length) continue;
    const least = Math.min(
      ...names.map((name) =>
        Math.max(
          0,
          ...ordered
            .slice(0, index)
            .filter(({ statement, time }) => time < later.time && statement.names.includes(name))
            .map(({ statement }) => statement.until),
        ),
      ),
    );
    if (least > later.statement.until) {
      return `a later attestation says ${dateOf(later.statement.until)} where an earlier one said ${dateOf(least)}`;
    }
  }
  return undefined;
}

function dateOf(seconds: number): string {
  return seconds < 253_402_300_800 ? new Date(seconds * 1000).toISOString().slice(0, 10) : 'the end of time';
}
