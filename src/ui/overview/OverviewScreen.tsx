import { useState } from 'react';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { DropZone } from '../files/DropZone.tsx';
import { readFiles, type ReadOutcome } from '../files/readFiles.ts';
import { useFileDrop } from '../files/useFileDrop.ts';
import { ButtonLink } from '../parts/Button.tsx';
import { overview as words } from '../words/overview.en.ts';
import { DroppedFile } from './DroppedFile.tsx';
import { LocalChain } from './LocalChain.tsx';
import { LookUp } from './LookUp.tsx';
import { PinnedChains } from './PinnedChains.tsx';
import { Samples } from './Samples.tsx';
import { useLocal } from './useLocal.ts';
import styles from './OverviewScreen.module.css';

/** What this is, one place for any file, and what is being watched. */
export function OverviewScreen() {
  const [dropped, setDropped] = useState<ReadOutcome>();
  const { local } = useLocal();
  const take = async (chosen: readonly File[]): Promise<void> => {
    const [first] = await readFiles(chosen.slice(0, 1));
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
      {!dropped && <LocalChain />}
      {dropped && <DroppedFile key={dropped.name} outcome={dropped} onClose={() => setDropped(undefined)} />}
      <div className={styles.ask}>
        <DropZone
          compact={dropped !== undefined}
          title={words.zoneTitle}
          hint={words.zoneHint}
          onFiles={(chosen) => void take(chosen)}
        />
        <LookUp />
      </div>
      <PinnedChains />
      <div className={styles.two}>
        {local?.writer && (
          <section className={styles.section} aria-labelledby="record">
            <h2 id="record">{words.record.title}</h2>
            <p>{words.record.text}</p>
            <p>
              <ButtonLink href="#/record">{words.record.action}</ButtonLink>
            </p>
          </section>
        )}
        <Samples />
      </div>
      {dragging && <DropOverlay />}
    </>
  );
}
