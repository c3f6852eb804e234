/** The three outcomes of a check. Missing, empty, unreachable or not run is `unknown`, never `pass` (DESIGN §3.3). */
export type Status = 'pass' | 'fail' | 'unknown';

/** The same three outcomes, said of a whole file or chain: in JSON, in exit codes, in certificates. */
export type Verdict = 'verified' | 'rejected' | 'undetermined';

/**
 * What a parent makes of its children when it needs all of them: any `fail` fails it, else any `unknown`
 * leaves it open, and no children at all leave it open too.
 */
export function combine(children: Iterable<Status>): Status {
  let result: Status | undefined;
  for (const status of children) {
    if (status === 'fail') return 'fail';
    if (result === undefined || status === 'unknown') result = status;
  }
  return result ?? 'unknown';
}

/**
 * What a threshold makes of its own count: `have` distinct good ones, `open` that could still become good, `need` asked for.
 * Junk counts for nothing and against nothing, so a stranger cannot lower a met threshold.
 */
export function combineThreshold(have: number, open: number, need: number): Status {
  if (need < 1) return 'unknown';
  if (have >= need) return 'pass';
  return have + open >= need ? 'unknown' : 'fail';
}

const verdicts: Record<Status, Verdict> = { pass: 'verified', fail: 'rejected', unknown: 'undetermined' };

/** The word for a status as the outside world reads it. */
export function verdictOf(status: Status): Verdict {
  return verdicts[status];
}
