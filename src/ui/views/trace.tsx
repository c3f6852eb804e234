import type { Report } from '../../core/kinds/judge.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { count } from '../format/quantity.ts';
import { machineAnchors, machineUsed } from '../trace/audit/machinePins.ts';
import { TraceView } from '../trace/audit/TraceView.tsx';
import { traceAudit } from '../words/traceAudit.en.ts';
import type { KindView } from './view.ts';

const { headline: words } = traceAudit;

function headline({ checks }: Report): string {
  const paramsOf = (name: string) => checks.find(({ code }) => code === name)?.params;
  const events = paramsOf('TRACE_FORM')?.['count'];
  const { time, key } = paramsOf('TRACE_SIGNATURE') ?? {};
  if (typeof events !== 'number' || typeof time !== 'number') return words.unread;
  return fill(key === '' ? words.traceUnsigned : words.trace, {
    events: count(events, 'event'),
    time: utcMoment(time * 1000),
  });
}

export const view: KindView = {
  headline,
  View: TraceView,
  anchors: machineAnchors,
  used: machineUsed,
  digest: ({ checks }) => {
    const root = checks.find(({ code }) => code === 'TRACE_ROOT')?.params?.['root'];
    return typeof root === 'string' ? root : undefined;
  },
};
