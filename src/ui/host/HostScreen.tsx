import { useEffect } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { verifiableMessages } from '../../core/vc/verifiable/messages.en.ts';
import { usePins } from '../anchors/usePins.ts';
import { whyOf } from '../check/headline.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { DropZone } from '../files/DropZone.tsx';
import { Elsewhere } from '../files/Elsewhere.tsx';
import { mayGoBeside } from '../files/sortChosen.ts';
import { useZone } from '../files/useZone.ts';
import { useLocal } from '../overview/useLocal.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Notice } from '../parts/Notice.tsx';
import { MakeReport } from '../report/MakeReport.tsx';
import { ChecksPart } from '../verdict/ChecksPart.tsx';
import { teethOf } from '../verdict/tree.ts';
import { VerdictHead } from '../verdict/VerdictHead.tsx';
import { useFilesEvidence } from '../verdict/useFilesEvidence.ts';
import { host as words } from '../words/host.en.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { AcceptPart } from './AcceptPart.tsx';
import { AskPart } from './AskPart.tsx';
import { FilesPart } from './FilesPart.tsx';
import { HostSections } from './HostSections.tsx';
import { hostHeadline } from './hostView.tsx';
import { hostSession, useHost } from './hostSession.ts';
import { shortDid } from './shortDid.ts';
import styles from './Host.module.css';

/** One host: what it says, who vouches for it, and how it changes over time. */
export function HostScreen({ did }: { readonly did: string }) {
  const session = hostSession(did);
  const state = useHost(session);
  const { found, busy, fault, credential } = state;
  const { trust } = usePins();
  const { local } = useLocal();
  const announce = useAnnounce();
  const here = local?.hosts?.host.did === did ? local.hosts : undefined;
  const details = found?.details;
  const verdict = busy === 'asking' ? undefined : found?.verdict;
  const { evidence, keeper } = useFilesEvidence(state.files);
  useEffect(() => {
    // What is pinned may have changed while another screen was looked at.
    void session.again();
  }, [session, trust]);
  useEffect(() => {
    if (here && session.state().address === '') {
      session.choose({ address: here.host.url, validators: here.validators.map(({ url }) => url).join('\n') });
    }
  }, [here, session]);
  useEffect(() => {
    if (verdict) announce(fill(words.announce, { verdict: verdictWords[verdict] }));
  }, [announce, verdict]);
  const zone = useZone({
    takes: (_file, kind) => mayGoBeside(kind),
    onFiles: (read) => session.give(read.map(({ name, bytes }) => ({ name, bytes }))),
  });
  return (
    <>
      <div className={styles.top}>
        <nav aria-label={words.title}>
          <a className={styles.back} href="#/host">
            ← {words.screen.back}
          </a>
        </nav>
        <VerdictHead
          verdict={verdict}
          sentence={busy === 'asking' ? words.asking : details ? hostHeadline(details) : words.waiting}
          why={found && verdict ? whyOf({ checks: found.checks, verdict }, verifiableMessages) : words.waitingWhy}
          labels={found?.labels ?? []}
          kind={words.kind}
          seal={details?.digest}
        >
          <p className={styles.did}>
            <code title={did}>{shortDid(did)}</code>
          </p>
          {found && (
            <ZipperBar states={busy ? teethOf(found.checks).map(() => 'pending') : teethOf(found.checks)} divider />
          )}
        </VerdictHead>
      </div>
      {fault && <Notice urgent title={fill(words.ask.fault, { reason: fault })} />}
      <AskPart session={session} state={state} />
      {details && credential && <AcceptPart session={session} state={state} />}
      {details && <HostSections details={details} />}
      <Elsewhere zone={zone} faultsToo />
      <DropZone
        compact={details !== undefined}
        multiple
        opens
        title={words.screen.drop}
        hint={words.screen.dropHint}
        onFiles={(chosen) => void zone.take(chosen)}
      />
      {found && details && (
        <MakeReport
          audit={() => ({
            host: did,
            verdict: found.verdict,
            checks: found.checks,
            labels: found.labels,
            at: new Date(found.at).toISOString(),
            credential: details.digest,
            counted: details.counted,
            threshold: details.threshold,
            validators: details.seats,
          })}
        />
      )}
      {credential && <FilesPart credential={credential} files={state.files} />}
      {found && (
        <ChecksPart
          key={found.at}
          verdict={found.verdict}
          checks={found.checks}
          messages={verifiableMessages}
          evidence={evidence}
          keeper={keeper}
        />
      )}
      {zone.dragging && <DropOverlay />}
    </>
  );
}
