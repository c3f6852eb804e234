import type { Report } from '../../core/kinds/judge.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import type { TimeChoice } from '../judging/timeChoice.ts';
import { verdict as words } from '../words/verdict.en.ts';

/** Where the time came from at which a file was judged, in words. */
export function timeSourceText({ timeSource }: Pick<Report, 'timeSource'>, time: TimeChoice): string {
  return timeSource === 'now' && time.by === 'now' ? words.timeNow : words.timeSources[timeSource];
}

/** `Judged at 19 August 2025, 10:00:00 UTC: the time that the evidence itself is signed with.` Undefined where it was judged at no time. */
export function judgedAt(report: Pick<Report, 'at' | 'timeSource'>, time: TimeChoice): string | undefined {
  if (report.at === null) return undefined;
  return fill(words.judgedLine, { time: utcMoment(Date.parse(report.at)), source: timeSourceText(report, time) });
}
