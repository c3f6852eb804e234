import { useMemo } from 'react';
import { fromBase64 } from '../../core/bytes/base64.ts';
import { verifiableMessages } from '../../core/vc/verifiable/messages.en.ts';
import { HostSections } from '../host/HostSections.tsx';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { traceSession } from '../trace/run/traceSession.ts';
import { ChecksPart } from '../verdict/ChecksPart.tsx';
import { useFilesEvidence } from '../verdict/useFilesEvidence.ts';
import { launch as words } from '../words/launch.en.ts';
import { KeepPart } from './KeepPart.tsx';
import { launchSession, type LaunchRun, type LaunchState } from './launchSession.ts';
import { reasonOf } from './refusalOf.ts';
import styles from './Launch.module.css';

/** Characters of output that are put on the page. */
const mostShown = 16_384;

interface Props {
  readonly state: LaunchState;
  readonly run: Extract<LaunchRun, { state: 'done' }>;
}

/** What a launch came to: why it was refused, or what the program said; and everything that this rests on. */
export function ResultPart({ state, run }: Props) {
  const { launched, policy, trust } = run;
  const { refusal, checks, details } = launched;
  const files = useMemo(
    () => launched.files.map(({ name, bytes }) => ({ name, bytes: fromBase64(bytes) })),
    [launched],
  );
  const { evidence, keeper } = useFilesEvidence(files);
  const hasFailed = checks.some(({ status }) => status === 'fail');
  return (
    <>
      {refusal !== undefined && (
        <Notice urgent title={reasonOf(refusal)} next={words.refused.next}>
          <p>{words.refused.nothing}</p>
        </Notice>
      )}
      {launched.opened && <Output state={state} name={state.toRun.kind === 'nothing' ? '' : state.toRun.name} />}
      {refusal === undefined && <KeepPart launched={launched} policy={policy} trust={trust} />}
      {details && <HostSections details={details} />}
      <ChecksPart
        key={launched.nonce}
        verdict={refusal === undefined ? 'verified' : hasFailed ? 'rejected' : 'undetermined'}
        {...(launched.opened && { hint: words.key.hint })}
        checks={checks}
        messages={verifiableMessages}
        evidence={evidence}
        keeper={keeper}
      />
    </>
  );
}

function Output({ state: { program, run }, name }: { readonly state: LaunchState; readonly name: string }) {
  const { output } = words;
  const trace = (): void => {
    if (run.state !== 'done' || !run.launched.opened) return;
    void traceSession.give(name, run.launched.opened);
    window.location.hash = '#/trace';
  };
  return (
    <section className={lists.section} aria-labelledby="output">
      <h2 id="output">{output.title}</h2>
      {program.state === 'failed' && <Notice urgent title={program.reason} />}
      {program.state === 'done' && (
        <>
          <Printed title={output.printed} bytes={program.result.stdout} />
          {program.result.stderr.length > 0 && <Printed title={output.errors} bytes={program.result.stderr} />}
        </>
      )}
      <p className={lists.actions}>
        <Button disabled={program.state === 'running'} onClick={() => void launchSession.runProgram()}>
          {output.runAgain}
        </Button>
        <Button aria-describedby="trace-hint" onClick={trace}>
          {output.trace}
        </Button>
      </p>
      <p id="trace-hint" className={lists.hint}>
        {output.traceHint}
      </p>
    </section>
  );
}

function Printed({ title, bytes }: { readonly title: string; readonly bytes: Uint8Array }) {
  if (bytes.length === 0) return <p className={lists.hint}>{words.output.empty}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <pre className={styles.printed} role="region" aria-label={title} tabIndex={0}>
      {new TextDecoder().decode(bytes.subarray(0, mostShown))}
    </pre>
  );
}
