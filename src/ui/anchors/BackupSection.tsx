import { useState } from 'react';
import type { Trust } from '../../core/trust/trust.ts';
import { everyKeptState } from '../host/acceptedStates.ts';
import { rememberedVerdicts } from '../session/verdicts.ts';
import { saveFile } from '../files/saveFile.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { anchors } from '../words/anchors.en.ts';
import { makeBackup } from './backup.ts';
import lists from '../parts/lists.module.css';

const { backup: words } = anchors;

/** Everything that this browser keeps, as one file: what comes back is shown before it counts, as any trust file is. */
export function BackupSection({ trust }: { readonly trust: Trust }) {
  const [fault, setFault] = useState<string>();
  const save = async (): Promise<void> => {
    try {
      saveFile(
        'affidavit.backup.json',
        makeBackup({ trust, states: await everyKeptState(), verdicts: rememberedVerdicts() }),
      );
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={lists.section} aria-labelledby="backup">
      <h2 id="backup">{words.title}</h2>
      <p>{words.text}</p>
      {fault && <Notice urgent title={words.failed} next={fault} />}
      <p className={lists.actions}>
        <Button onClick={() => void save()}>{words.save}</Button>
      </p>
      <p className={lists.hint}>{words.hint}</p>
    </section>
  );
}
