import { useMemo, useState } from 'react';
import type { Report } from '../../core/kinds/judge.ts';
import type { TaskClaim } from '../../core/task/certificate/taskCertificate.ts';
import type { TaskTimeline } from '../../core/task/timeline.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { groups } from '../format/groups.ts';
import { betweenMoments, utcMoment } from '../format/moment.ts';
import lists from '../parts/lists.module.css';
import { PrintedCertificate } from '../views/PrintedCertificate.tsx';
import { sealedDigest } from '../views/sealedDigest.ts';
import type { KindView, KindViewProps } from '../views/view.ts';
import { taskWords } from '../words/task.en.ts';
import { EventFacts } from './EventFacts.tsx';
import { fieldName } from './fieldName.ts';
import { TaskFacts } from './TaskFacts.tsx';
import { TimeLine } from './TimeLine.tsx';
import { layOut } from './timelineLayout.ts';

const { document: words } = taskWords;

/** What the certificate of a task brings to draw; its time line only where the ledger's entry is pinned. */
interface TaskDetails {
  readonly claim: TaskClaim;
  readonly anchors: { readonly evm?: readonly EvmPin[] };
  readonly timeline?: TaskTimeline;
}

function detailsOf({ details }: Report): TaskDetails | undefined {
  const isTask =
    typeof details === 'object' &&
    details !== null &&
    'claim' in details &&
    typeof details.claim === 'object' &&
    details.claim !== null &&
    'chainId' in details.claim;
  return isTask ? (details as TaskDetails) : undefined;
}

/** Whether a certificate's report is that of a task. */
export function isTaskReport(report: Report): boolean {
  return detailsOf(report) !== undefined;
}

function headline(report: Report): string | undefined {
  const details = detailsOf(report);
  if (!details) return undefined;
  const { id, contract, chainId, startedAt, endedAt } = details.claim;
  const between = betweenMoments(startedAt * 1000, endedAt * 1000);
  return fill(report.verdict === 'verified' ? words.ran : words.says, { id, contract, chainId, between });
}

function View({ report }: KindViewProps) {
  const timeline = detailsOf(report)?.timeline;
  const [selected, setSelected] = useState<string>();
  const marks = useMemo(() => (timeline ? layOut(timeline.marks).flatMap((moment) => moment.marks) : []), [timeline]);
  const laid = marks.find(({ key }) => key === selected);
  if (!timeline) return null;
  return (
    <>
      <TimeLine timeline={timeline} selected={selected} onSelect={({ key }) => setSelected(key)} />
      {laid && (
        <section className={lists.card} aria-labelledby="proof">
          <EventFacts laid={laid} />
        </section>
      )}
      <TaskFacts timeline={timeline} />
    </>
  );
}

const times = ['submittedAt', 'approvedAt', 'startedAt', 'endedAt', 'recordedAt'] as const;
const digests = ['program', 'dataSet', 'result', 'output', 'attestation'] as const;

/** One printed page, as what its name says; the checks behind it follow. */
function Sheet({ name, report, bytes }: KindViewProps) {
  const details = detailsOf(report);
  const digest = sealedDigest(bytes);
  if (!details || digest === undefined) return null;
  const { claim } = details;
  const rows: readonly (readonly [string, string])[] = [
    [fieldName('owner'), claim.owner],
    [fieldName('processor'), claim.processor],
    ...(claim.container === undefined ? [] : [[taskWords.hashes.container, claim.container] as const]),
    ...times.map((key) => [words.times[key], utcMoment(claim[key] * 1000)] as const),
    ...digests
      .filter((key) => !/^0x0*$/.test(claim[key]))
      .map((key) => [fieldName(key), groups(claim[key].slice(2)).join(' ')] as const),
  ];
  return (
    <PrintedCertificate
      fileName={name}
      sentence={headline(report) ?? ''}
      verdict={report.verdict}
      labels={report.labels}
      rows={rows}
      digest={digest}
    />
  );
}

/** The entry for its ledger, offered where none is pinned. */
function anchors(report: Report, trust: Trust): Trust | undefined {
  const details = detailsOf(report);
  const [pin] = details?.anchors.evm ?? [];
  if (!pin || report.verdict !== 'undetermined' || trust.evm?.some(({ chainId }) => chainId === pin.chainId)) {
    return undefined;
  }
  return { evm: [pin] };
}

/** How the certificate of a task is shown, beside those of chains. */
export const taskCertificateView = {
  headline,
  View,
  Sheet,
  anchors,
  used: (report: Report, trust: Trust) => {
    const chainId = detailsOf(report)?.claim.chainId;
    return { trust: { evm: (trust.evm ?? []).filter((pin) => pin.chainId === chainId) }, roots: [] };
  },
} satisfies KindView;
