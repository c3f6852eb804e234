import type { Report } from '../../core/kinds/judge.ts';
import type { Kind } from '../../core/kinds/kind.ts';
import { fill, sentence, type Messages } from '../../core/verdict/messages.ts';
import { humane, withoutDigests } from '../format/humane.ts';
import { count } from '../format/quantity.ts';
import { check as words } from '../words/check.en.ts';
import { toldTitle } from '../words/told.ts';
import { verdict as verdictText } from '../words/verdict.en.ts';
import { checkAt, decisivePath, leaves } from '../verdict/tree.ts';

/** One sentence why: the check that decided, in its own words. */
export function whyOf(report: Pick<Report, 'checks' | 'verdict'>, messages: Messages): string {
  if (report.checks.length === 0) return verdictText.whyNothing;
  if (report.verdict === 'verified') {
    const made = leaves(report.checks).length;
    return made === 1 ? verdictText.whyPassOne : fill(verdictText.whyPass, { count: count(made, 'check') });
  }
  const path = decisivePath(report.checks, report.verdict === 'rejected' ? 'fail' : 'unknown');
  const decisive = path && checkAt(report.checks, path);
  return decisive?.status === undefined ? verdictText.whyNothing : withoutDigests(humane(sentence(decisive, messages)));
}

/** What an unknown file begins with, so that the person sees what was read, and what was expected. */
export function unknownWhy(bytes: Uint8Array, kinds: readonly Pick<Kind, 'name' | 'title'>[]): string {
  const expected = kinds.map(toldTitle).join(', ');
  const start = bytes.subarray(0, 24);
  const isText = start.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte > 31 && byte < 127));
  if (isText) return fill(words.unknown.whyText, { start: new TextDecoder().decode(start).trim(), expected });
  const hex = Array.from(start.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return fill(words.unknown.why, { start: fill(words.unknown.bytes, { hex }), expected });
}
