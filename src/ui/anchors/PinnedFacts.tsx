import { useState } from 'react';
import type { TrustEntry } from '../../core/trust/trustEntries.ts';
import { fill } from '../../core/verdict/messages.ts';
import { ago } from '../format/moment.ts';
import { Button, ButtonLink } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { useNow } from '../parts/useNow.ts';
import { Seal } from '../seal/Seal.tsx';
import { common } from '../words/common.en.ts';
import { anchors as words } from '../words/anchors.en.ts';
import { ChainLabels } from './ChainLabels.tsx';
import { EntryLines } from './EntryLines.tsx';
import { describeEntry } from './describe.ts';
import { entryKey, type PinOrigin, type Pins } from './pins.ts';
import { unpinHere } from './usePins.ts';
import lists from '../parts/lists.module.css';
import styles from './AnchorsScreen.module.css';

interface Props {
  readonly pins: Pins;
  readonly entries: readonly TrustEntry[];
}

interface Asked {
  readonly name: string;
  readonly path: readonly string[];
}

/** What is pinned: chain by chain, then everything else, each fact with its origin. */
export function PinnedFacts({ pins, entries }: Props) {
  const [asked, setAsked] = useState<Asked>();
  const parts = [...new Set(entries.map(({ path }) => path[0] ?? ''))].filter((part) => part !== 'chains');
  return (
    <>
      {(pins.trust.chains ?? []).length > 0 && (
        <section className={lists.section} aria-labelledby="pinned-chains">
          <h2 id="pinned-chains">{words.chains.title}</h2>
          {pins.trust.chains?.map((chain) => {
            const { name, genesis } = chain;
            return (
              <article key={name} className={styles.chain} aria-label={name}>
                <div className={styles.chainHead}>
                  {genesis && <Seal digest={genesis} size={72} />}
                  <div>
                    <h3>{name}</h3>
                    <p className={lists.hint}>{words.chains.uses}</p>
                    <ChainLabels chain={chain} brief />
                  </div>
                  <p className={lists.actions}>
                    <ButtonLink href={`#/chain/${encodeURIComponent(name)}`}>{words.chains.open}</ButtonLink>
                    <Button onClick={() => setAsked({ name, path: ['chains', name] })}>{words.chains.unpin}</Button>
                  </p>
                </div>
                <FactTable
                  entries={entries.filter(({ path }) => path[0] === 'chains' && path[1] === name)}
                  origins={pins.origins}
                  onUnpin={setAsked}
                />
              </article>
            );
          })}
        </section>
      )}
      {parts.length > 0 && (
        <section className={lists.section} aria-labelledby="pinned-others">
          <h2 id="pinned-others">{words.others.title}</h2>
          {parts.map((part) => (
            <article key={part} className={styles.chain} aria-label={words.uses[part] ?? part}>
              <h3>{words.uses[part] ?? part}</h3>
              <FactTable
                entries={entries.filter(({ path }) => path[0] === part)}
                origins={pins.origins}
                onUnpin={setAsked}
              />
            </article>
          ))}
        </section>
      )}
      {asked && (
        <Dialog
          title={fill(words.confirm.title, { name: asked.name })}
          onClose={() => setAsked(undefined)}
          actions={
            <>
              <Button onClick={() => setAsked(undefined)}>{common.cancel}</Button>
              <Button
                look="primary"
                onClick={() => {
                  unpinHere(asked.path);
                  setAsked(undefined);
                }}
              >
                {words.confirm.go}
              </Button>
            </>
          }
        >
          <p>{words.confirm.text}</p>
        </Dialog>
      )}
    </>
  );
}

interface FactTableProps {
  readonly entries: readonly TrustEntry[];
  readonly origins: Pins['origins'];
  readonly onUnpin: (asked: Asked) => void;
}

function FactTable({ entries, origins, onUnpin }: FactTableProps) {
  const now = useNow();
  return (
    <table className={`${lists.facts} ${styles.facts}`}>
      <thead>
        <tr>
          <th scope="col">{words.columns.what}</th>
          <th scope="col">{words.columns.value}</th>
          <th scope="col">{words.columns.origin}</th>
          <th scope="col">
            <span className="visually-hidden">{words.columns.action}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const described = describeEntry(entry);
          const named = described.of === undefined ? described.name : `${described.name} (${described.of})`;
          return (
            <tr key={entryKey(entry.path)}>
              <th scope="row">
                {described.name} {described.of && <small>{described.of}</small>}
              </th>
              <td>
                <EntryLines entry={described} />
              </td>
              <td className={lists.hint}>{originText(origins[entryKey(entry.path)], now)}</td>
              <td>
                <Button
                  look="quiet"
                  aria-label={fill(words.unpinOne, { name: named })}
                  onClick={() => onUnpin({ name: named, path: entry.path })}
                >
                  {words.unpin}
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function originText(origin: PinOrigin | undefined, now: number): string {
  if (!origin) return words.origins.unknown;
  return fill(words.originAt, {
    origin: fill(words.origins[origin.how], { name: origin.name }),
    when: ago(origin.at, now),
  });
}
