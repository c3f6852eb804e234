import { useMemo, useState } from 'react';
import type { Report } from '../../core/kinds/judge.ts';
import type { TaskClaim } from '../../core/task/certificate/taskCertificate.ts';
import type { TaskTimeline } from '../../core/task/timeline.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { groups } from '../format/groups.ts';
import { betweenMoments, utcMoment } from '../format/moment.ts';
import lists from '../parts/lists.module.css';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { certificateView } from '../views/certificateView.tsx';
import { detailsWith } from '../views/detailsWith.ts';
import { offeredLedger, usedLedger } from '../views/ledgerPins.ts';
import { taskWords } from '../words/task.en.ts';
import { views } from '../words/views.en.ts';
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

function headline({ claim }: TaskDetails, report: Report): string {
  const { id, contract, chainId, startedAt, endedAt } = claim;
  const between = betweenMoments(startedAt * 1000, endedAt * 1000);
  return fill(report.verdict === 'verified' ? words.ran : words.says, { id, contract, chainId, between });
}

function View({ details }: { readonly details: TaskDetails }) {
  const { timeline } = details;
  const [selected, setSelected] = useState<string>();
  const marks = useMemo(() => (timeline ? layOut(timeline.marks).flatMap((moment) => moment.marks) : []), [timeline]);
  const laid = marks.find(({ key }) => key === selected);
  if (!timeline) return <Claim details={details} />;
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

function rows({ claim }: TaskDetails): readonly (readonly [string, string])[] {
  return [
    [fieldName('owner'), claim.owner],
    [fieldName('processor'), claim.processor],
    ...(claim.container === undefined ? [] : [[taskWords.hashes.container, claim.container] as const]),
    ...times.map((key) => [words.times[key], utcMoment(claim[key] * 1000)] as const),
    ...shownDigests(claim).map((key) => [fieldName(key), groups(claim[key].slice(2)).join(' ')] as const),
  ];
}

function shownDigests(claim: TaskClaim) {
  return digests.filter((key) => !/^0x0*$/.test(claim[key]));
}

/** What it says, where nothing of the ledger could be judged yet: claims, and not a time line of proven events. */
function Claim({ details: { claim } }: { readonly details: TaskDetails }) {
  return (
    <section className={lists.section} aria-labelledby="claim">
      <h2 id="claim">{views.certificate.claim}</h2>
      <Facts
        facts={[
          [fieldName('owner'), <code key="owner">{claim.owner}</code>],
          [fieldName('processor'), <code key="processor">{claim.processor}</code>],
          [taskWords.hashes.container, claim.container ?? null],
          ...times.map((key) => [words.times[key], <Moment key={key} at={claim[key] * 1000} />] as const),
          ...shownDigests(claim).map(
            (key) => [fieldName(key), <Digest key={key} hex={claim[key].slice(2)} what={fieldName(key)} />] as const,
          ),
        ]}
      />
    </section>
  );
}

/** How the certificate of a task is shown. */
export const taskCertificateView = certificateView<TaskDetails>({
  detailsOf: detailsWith('chainId'),
  headline,
  View,
  rows,
  anchors: ({ anchors }, trust) => offeredLedger(anchors.evm, trust),
  used: ({ claim }, trust) => usedLedger(claim.chainId, trust),
});
