import { combine, verdictOf, type Verdict } from '../verdict/status.ts';
import type { Check } from '../verdict/check.ts';
import type { Content } from './content.ts';
import type { Context, Kind, TimeSource } from './kind.ts';

/** One line of `check --json`, and what the page and the widget show (DESIGN §8). */
export interface Report {
  readonly file: string;
  readonly kind: string;
  readonly verdict: Verdict;
  /** RFC 3339 in UTC, or null where nothing could be judged. */
  readonly at: string | null;
  readonly timeSource: TimeSource;
  readonly labels: readonly string[];
  /** Of reports of audits: how many auditors were asked for. */
  readonly threshold?: number;
  readonly checks: readonly Check[];
  /** What the kind's own view draws; not part of the printed line. */
  readonly details?: unknown;
}

/** The first kind of the registry that knows the content, or undefined. What is read piece by piece is only for kinds that do so. */
export function recognise(content: Content, kinds: readonly Kind[]): Kind | undefined {
  return kinds.find((kind) => (content.source === undefined || kind.streams === true) && kind.recognise(content));
}

/** The last moment that a date can hold (ECMAScript, time values): evidence may claim any number. */
const latest = 8.64e15;

/** Judges one file. An unknown kind is undetermined, with kind `unknown` and no checks. */
export async function judge(content: Content, context: Context, kinds: readonly Kind[]): Promise<Report> {
  const kind = recognise(content, kinds);
  if (!kind) {
    return {
      file: content.name,
      kind: 'unknown',
      verdict: 'undetermined',
      at: null,
      timeSource: 'now',
      labels: [],
      checks: [],
    };
  }
  const checker = await kind.load();
  const { checks, labels, at, timeSource, threshold, details } = await checker.check(content, context);
  return {
    file: content.name,
    kind: kind.name,
    verdict: verdictOf(combine(checks.map((check) => check.status))),
    at: at === null || Math.abs(at) > latest ? null : new Date(at).toISOString().replace('.000Z', 'Z'),
    // A person may choose the present, and is then told that it was the present.
    timeSource: timeSource === 'given' && context.givenTime === context.now ? 'now' : timeSource,
    labels: [...new Set(labels)].sort(),
    ...(threshold === undefined ? {} : { threshold }),
    checks,
    ...(details === undefined ? {} : { details }),
  };
}
