import { useState } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { restoreStates } from '../host/acceptedStates.ts';
import { restoreVerdicts } from '../session/verdicts.ts';
import { count } from '../format/quantity.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button } from '../parts/Button.tsx';
import { anchors } from '../words/anchors.en.ts';
import type { Backup } from './backup.ts';
import lists from '../parts/lists.module.css';

const { backup: words } = anchors;

/** What a backup brings beside its trust file, and taking it over. */
export function RestoreKept({ kept: { states, verdicts } }: { readonly kept: Backup }) {
  const [done, setDone] = useState<string>();
  const announce = useAnnounce();
  const dids = Object.keys(states);
  const genesis = Object.keys(verdicts);
  if (dids.length + genesis.length === 0) return <p className={lists.hint}>{words.nothingMore}</p>;
  const restore = async (): Promise<void> => {
    let text: string;
    try {
      const taken = await restoreStates(states);
      restoreVerdicts(verdicts);
      text = fill(words.restored, { hosts: count(taken, 'host'), audits: count(genesis.length, 'audit') });
    } catch (error) {
      text = error instanceof Error ? error.message : String(error);
    }
    setDone(text);
    announce(text);
  };
  return (
    <div>
      <h4>{words.more}</h4>
      <p>{fill(words.brings, { hosts: count(dids.length, 'host'), audits: count(genesis.length, 'audit') })}</p>
      {dids.length > 0 && (
        <ul className={lists.lines} role="list">
          {dids.map((did) => (
            <li key={did}>
              <code>{did}</code>
            </li>
          ))}
        </ul>
      )}
      {done ? (
        <p>{done}</p>
      ) : (
        <p className={lists.actions}>
          <Button onClick={() => void restore()}>{words.restore}</Button>
        </p>
      )}
      <p className={lists.hint}>{words.restoreHint}</p>
    </div>
  );
}
