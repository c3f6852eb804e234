import { useState } from 'react';
import { pickTrust } from '../../core/trust/pickTrust.ts';
import { entryKey } from '../anchors/pins.ts';
import { describeEntry } from '../anchors/describe.ts';
import { EntryLines } from '../anchors/EntryLines.tsx';
import { sameFact } from '../../core/trust/shape.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { check } from '../words/check.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import lists from '../parts/lists.module.css';
import styles from './MissingAnchors.module.css';

interface Props {
  /** The anchors that the evidence names, as a trust file would hold them. */
  readonly needed: Trust;
  /** What is pinned already. */
  readonly trust: Trust;
  /** @throws where a fact contradicts one that is pinned. */
  readonly onPin: (added: Trust) => void;
}

const { missing: words } = check;

/** What would have to be pinned, where each fact can be had independently, and a button for each. Nothing is pinned without one. */
export function MissingAnchors({ needed, trust, onPin }: Props) {
  const [fault, setFault] = useState<string>();
  const [compared, setCompared] = useState(false);
  const pinned = new Map(trustEntries(trust).map(({ path, value }) => [entryKey(path), value]));
  const entries = trustEntries(needed);
  const all = entries.map((entry) => describeEntry(entry));
  const isPinned = ({ path, value }: (typeof entries)[number]): boolean =>
    pinned.has(entryKey(path)) && sameFact(pinned.get(entryKey(path)), value);
  const open = entries.filter((entry) => !isPinned(entry));
  if (open.length === 0) return null;
  const pin = (paths: readonly (readonly string[])[]): void => {
    try {
      onPin(pickTrust(needed, paths));
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={`${lists.card} ${styles.missing}`} aria-labelledby="missing-anchors">
      <h2 id="missing-anchors">{words.title}</h2>
      <p>{words.lead}</p>
      {fault && <Notice urgent title={fault} />}
      <ul role="list" className={`${lists.lines} ${styles.list}`}>
        {entries.map((entry, index) => {
          const described = all[index] ?? describeEntry(entry);
          const done = isPinned(entry);
          // Two of one sort are told apart by what is in them.
          const isOne = all.filter(({ name }) => name === described.name).length === 1;
          const called = isOne ? described.name : `${described.name}, ${described.lines[0]?.text ?? ''}`;
          return (
            <li key={entryKey(entry.path)}>
              <div>
                <h3>{described.name}</h3>
                <EntryLines entry={described} />
                {described.from && <p className={lists.hint}>{described.from}</p>}
              </div>
              {done ? (
                <p className={styles.done}>
                  <StatusMark of="pass" /> {words.pinned}
                </p>
              ) : (
                <Button onClick={() => pin([entry.path])} aria-label={`${words.pin}: ${called}`}>
                  {words.pin}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {entries.length > 1 && (
        <div className={styles.all}>
          <label>
            <input type="checkbox" checked={compared} onChange={(event) => setCompared(event.target.checked)} />
            <span>{words.compareAll}</span>
          </label>
          <Button disabled={!compared} onClick={() => pin(open.map(({ path }) => path))}>
            {fill(words.pinAll, { count: count(open.length, 'anchor') })}
          </Button>
        </div>
      )}
      <p className={lists.hint}>{words.session}</p>
    </section>
  );
}
