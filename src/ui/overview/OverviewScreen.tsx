import { useEffect, useState } from 'react';
import { usePins } from '../anchors/usePins.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { DropZone } from '../files/DropZone.tsx';
import { OfferCheck } from '../files/OfferCheck.tsx';
import { isArchive } from '../files/openChosen.ts';
import { isPasted } from '../files/filePath.ts';
import { isReadFile, readFiles, type ReadOutcome } from '../files/readFiles.ts';
import { addressIn } from '../files/sortChosen.ts';
import { useFileDrop } from '../files/useFileDrop.ts';
import { checkPath } from '../links/linkAddress.ts';
import { ButtonLink } from '../parts/Button.tsx';
import { host } from '../words/host.en.ts';
import { overview as words } from '../words/overview.en.ts';
import { DroppedFile } from './DroppedFile.tsx';
import { LiveSample } from './LiveSample.tsx';
import { LocalChain } from './LocalChain.tsx';
import { LookUp } from './LookUp.tsx';
import { PinnedChains } from './PinnedChains.tsx';
import { Samples } from './Samples.tsx';
import { Ledgers } from '../task/Ledgers.tsx';
import { useLocal } from './useLocal.ts';
import lists from '../parts/lists.module.css';
import styles from './OverviewScreen.module.css';

/** What this is, one place for any file, and what is being watched. */
export function OverviewScreen() {
  const [dropped, setDropped] = useState<ReadOutcome>();
  const [many, setMany] = useState<readonly File[]>([]);
  const { local, settled } = useLocal();
  const { trust } = usePins();
  const late = useLate(400);
  const take = async (chosen: readonly File[]): Promise<void> => {
    // Several files, and what is packed, are opened where they are judged.
    const isOne = chosen.length === 1 && !(await isArchive(chosen[0] as File));
    if (!isOne) return setMany(chosen);
    const [first] = await readFiles(chosen, true);
    // An address that somebody pastes here is meant to be fetched; of one in a file that is only offered.
    const address = first && isReadFile(first) && isPasted(chosen[0] as File) ? addressIn(first) : undefined;
    if (address) {
      window.location.hash = checkPath(address);
      return;
    }
    setDropped(first);
  };
  const dragging = useFileDrop((chosen) => void take(chosen));
  return (
    <>
      <header className={styles.lead}>
        <h1>{words.title}</h1>
        {words.lead.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </header>
      {settled || late ? (
        <>
          {!dropped && <LocalChain />}
          {dropped && <DroppedFile key={dropped.name} outcome={dropped} onClose={() => setDropped(undefined)} />}
          <div className={styles.start}>
            <div className={styles.ask}>
              <DropZone
                compact={dropped !== undefined}
                title={words.zoneTitle}
                multiple
                opens
                hint={words.zoneHint}
                onFiles={(chosen) => void take(chosen)}
              />
              <LookUp />
            </div>
            {(trust.chains ?? []).length === 0 && !dropped && <LiveSample />}
          </div>
          <PinnedChains />
          <Ledgers />
          <div className={styles.two}>
            {local?.writer && (
              <section className={lists.section} aria-labelledby="record">
                <h2 id="record">{words.record.title}</h2>
                <p>{words.record.text}</p>
                <p>
                  <ButtonLink href="#/record">{words.record.action}</ButtonLink>
                </p>
              </section>
            )}
            {local?.hosts && (
              <section className={lists.section} aria-labelledby="launch">
                <h2 id="launch">{host.screen.launch}</h2>
                <p>{host.screen.launchText}</p>
                <p>
                  <ButtonLink href="#/launch">{host.screen.launch}</ButtonLink>
                </p>
              </section>
            )}
            <Samples />
          </div>
        </>
      ) : (
        <div className={styles.waiting} />
      )}
      {dragging && <DropOverlay />}
      {many.length > 0 && <OfferCheck files={many} onClose={() => setMany([])} />}
    </>
  );
}

/** True after so many milliseconds: what is asked of this machine is waited for a moment, so that nothing jumps when it comes. */
function useLate(milliseconds: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return late;
}
