import { useEffect, useMemo } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { Elsewhere } from '../files/Elsewhere.tsx';
import { useZone } from '../files/useZone.ts';
import { number } from '../format/quantity.ts';
import form from '../host/Host.module.css';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button } from '../parts/Button.tsx';
import { Labels } from '../parts/Labels.tsx';
import { Notice } from '../parts/Notice.tsx';
import { launch as words } from '../words/launch.en.ts';
import { CandidatesPart } from './CandidatesPart.tsx';
import { HostPart } from './HostPart.tsx';
import { launchSession, selectionOf, useLaunch, type LaunchState } from './launchSession.ts';
import { LocalHosts } from './LocalHosts.tsx';
import { OrderPart } from './OrderPart.tsx';
import { refusalOf } from './refusalOf.ts';
import { ResultPart } from './ResultPart.tsx';
import { endText, StepsPart } from './StepsPart.tsx';
import { VouchPart } from './VouchPart.tsx';
import styles from './Launch.module.css';

/** The client's flow: who must vouch for a host, how many, what is to run; then every step as it happens. What is here stays while one looks at other screens. */
export function LaunchScreen() {
  const state = useLaunch();
  const { run, steps } = state;
  const title = titleOf(state);
  const isSettled = run.state === 'done' || run.state === 'failed';
  const announce = useAnnounce();
  useEffect(() => {
    if (isSettled) announce(fill(words.announce, { title }));
  }, [announce, isSettled, title]);
  useEffect(() => {
    const { toRun } = launchSession.state();
    if (toRun.kind === 'sample' && !toRun.bytes) void launchSession.takeSample();
  }, []);
  const zone = useZone({
    // A program, or an encrypted image with its description: no kind of evidence.
    takes: (_file, kind) => kind === 'unknown',
    onFiles: (read) => launchSession.giveFiles(read.map(({ name, bytes }) => ({ name, bytes }))),
  });
  const hasBegun = run.state !== 'idle';
  return (
    <>
      <header className={form.top}>
        <h1>{title}</h1>
        {run.state === 'done' && <Labels labels={run.launched.labels} />}
        {!hasBegun && <p>{words.lead}</p>}
      </header>
      {!hasBegun && <LocalHosts />}
      {hasBegun && (
        <>
          {run.state === 'failed' && <Notice urgent title={run.reason} next={words.refused.failedNext} />}
          <StepsPart state={state} />
          {run.state === 'running' && (
            <p>
              <Button onClick={() => launchSession.stop()}>{words.go.stop}</Button>
            </p>
          )}
          {steps.length > 0 && <VouchPart state={state} />}
          {run.state === 'done' && <ResultPart state={state} run={run} />}
        </>
      )}
      {hasBegun ? (
        run.state !== 'running' && (
          <details className={styles.setup}>
            <summary>{words.go.again}</summary>
            <div className={styles.parts}>
              <Setup state={state} onFiles={zone.take} />
            </div>
          </details>
        )
      ) : (
        <Setup state={state} onFiles={zone.take} />
      )}
      <Elsewhere zone={zone} faultsToo />
      {zone.dragging && <DropOverlay />}
    </>
  );
}

interface SetupProps {
  readonly state: LaunchState;
  readonly onFiles: (chosen: readonly File[]) => Promise<void>;
}

function Setup({ state, onFiles }: SetupProps) {
  const { trust } = usePins();
  const selection = useMemo(() => selectionOf(state, trust), [state, trust]);
  const selected = 'chosen' in selection ? selection.chosen.length : 0;
  const { host, toRun, threshold, run } = state;
  const isReady = toRun.kind === 'nothing' || (toRun.kind === 'encrypted' ? toRun.image : toRun.bytes) !== undefined;
  const missing = !host
    ? words.go.needHost
    : selected === 0
      ? words.go.needSelection
      : isReady
        ? undefined
        : words.go.needImage;
  return (
    <>
      <HostPart state={state} />
      <CandidatesPart state={state} />
      <OrderPart state={state} selected={selected} onFiles={onFiles} />
      <div className={styles.go}>
        <p>
          {missing ??
            fill(words.go.ready, { threshold: number(Math.min(threshold, selected)), selected: number(selected) })}
        </p>
        <Button
          look="primary"
          disabled={missing !== undefined || run.state === 'running' || threshold > selected}
          onClick={() => void launchSession.launch()}
        >
          {words.go.launch}
        </Button>
      </div>
    </>
  );
}

function titleOf({ run, program }: LaunchState): string {
  const { title } = words;
  if (run.state === 'idle') return title.ready;
  if (run.state === 'running') return title.running;
  if (run.state === 'failed') return title.failed;
  const { refusal, checks, opened, count } = run.launched;
  const counted = number(count.counted);
  if (refusal !== undefined) return fill(title.refused, { what: refusalOf(refusal, checks) });
  if (!opened) return fill(title.accepted, { counted });
  if (program.state !== 'done') return title.opened;
  const { end } = program.result;
  return end.kind === 'exit' && end.code === 0
    ? fill(title.ran, { counted })
    : fill(title.ended, { how: endText(end) });
}
