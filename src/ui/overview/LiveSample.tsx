import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { judgeInWorker } from '../../audit/pool/judgeInWorker.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { whyOf } from '../check/headline.ts';
import { handOver } from '../files/handoff.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button } from '../parts/Button.tsx';
import { Labels } from '../parts/Labels.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { teethOf } from '../verdict/tree.ts';
import { loadView } from '../views/loadView.ts';
import { verdictSentences } from '../words/common.en.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { overview } from '../words/overview.en.ts';
import { toldMessages } from '../words/told.ts';
import { verdict as verdictText } from '../words/verdict.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { handoffOf, readLiveSample, type LiveSample as Sample } from './liveSample.ts';
import styles from './LiveSample.module.css';

const { live: words } = overview;

/** A sample certificate, really judged in this browser, and judged again with one digit changed: what this is for, seen before it is explained. */
export function LiveSample() {
  const { data: sample } = useQuery({
    queryKey: ['live-sample'],
    queryFn: ({ signal }) => readLiveSample(document.baseURI, signal),
    staleTime: Infinity,
  });
  if (sample === null) return null;
  return (
    <section className={`${lists.card} ${styles.live}`} aria-labelledby="live-sample">
      <h2 id="live-sample">{words.title}</h2>
      <p>{words.text}</p>
      <Judged sample={sample} />
    </section>
  );
}

function Judged({ sample }: { readonly sample: Sample | undefined }) {
  const [changed, setChanged] = useState(false);
  const [touched, setTouched] = useState(false);
  const announce = useAnnounce();
  const { data, error } = useQuery({
    queryKey: ['live-sample', 'judged', changed],
    queryFn: ({ signal }) => judged(sample, changed, signal),
    enabled: sample !== undefined,
    staleTime: Infinity,
  });
  useEffect(() => {
    if (touched && data) announce(`${verdictWords[data.verdict]}. ${data.sentence} ${data.why}`);
  }, [announce, data, touched]);
  if (error) return <Notice title={words.fault} next={error.message} />;
  return (
    <>
      <div className={`${styles.answer} ${data ? styles[data.verdict] : ''}`} aria-busy={!data}>
        <p className={styles.word}>
          <StatusMark of={data?.verdict ?? 'pending'} size={26} />
          <strong>{data ? verdictWords[data.verdict] : verdictText.pending}</strong>
        </p>
        <p className={styles.sentence}>
          {data?.sentence} {data && <span>{verdictSentences[data.verdict]}</span>}
        </p>
        <p className={styles.why}>{data?.why}</p>
        <Labels labels={data?.labels ?? []} brief />
      </div>
      <div className={styles.bar}>
        <ZipperBar states={data?.teeth ?? []} divider />
      </div>
      <p className={lists.actions}>
        <Button
          aria-pressed={changed}
          onClick={() => {
            setTouched(true);
            setChanged(!changed);
          }}
        >
          {changed ? words.back : words.change}
        </Button>
        <Button disabled={!sample} onClick={() => sample && void handOver(handoffOf(sample, changed))}>
          {words.open}
        </Button>
      </p>
    </>
  );
}

/** Judges it under its own trust file, and under nothing that is pinned here. */
async function judged(sample: Sample | undefined, changed: boolean, signal: AbortSignal) {
  if (!sample) throw new Error(words.fault);
  const { name, trust } = sample;
  const bytes = changed ? sample.changed : sample.bytes;
  const [[outcome], view] = await Promise.all([
    judgeInWorker([{ name, bytes }], { trust, now: Date.now() }, { signal }),
    loadView('certificate'),
  ]);
  if (!outcome || 'error' in outcome) throw outcome?.error ?? new Error(words.fault);
  const { report } = outcome;
  const kind = kinds.find((each) => each.name === report.kind);
  return {
    verdict: report.verdict,
    labels: report.labels,
    sentence: view.headline?.(report) ?? '',
    why: whyOf(report, kind ? toldMessages(kind) : {}),
    teeth: teethOf(report.checks),
  };
}
