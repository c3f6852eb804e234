import { useState } from 'react';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import { sameFact } from '../../core/trust/shape.ts';
import { fill } from '../../core/verdict/messages.ts';
import { describeEntry } from '../anchors/describe.ts';
import { EntryLines } from '../anchors/EntryLines.tsx';
import { entryKey } from '../anchors/pins.ts';
import { pinHere, usePins } from '../anchors/usePins.ts';
import { Button } from '../parts/Button.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Labels } from '../parts/Labels.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Seal } from '../seal/Seal.tsx';
import { overview } from '../words/overview.en.ts';
import { useLocal } from './useLocal.ts';
import styles from './OverviewScreen.module.css';

const { local: words } = overview;

/** The chain that is written on this machine, offered and never pinned unasked. */
export function LocalChain() {
  const { local, fault } = useLocal();
  const { trust } = usePins();
  const [clash, setClash] = useState<string>();
  if (fault) return <Notice title={fill(words.fault, { reason: fault.message })} />;
  const chains = local?.trust.chains ?? [];
  const newest = chains.at(-1);
  if (!local || !newest) return null;
  const pinned = new Map(trustEntries(trust).map(({ path, value }) => [entryKey(path), value]));
  const entries = trustEntries(local.trust);
  const isPinned = entries.every(
    ({ path, value }) => pinned.has(entryKey(path)) && sameFact(pinned.get(entryKey(path)), value),
  );
  if (isPinned) return null;
  const pin = (): void => {
    try {
      pinHere(local.trust, { how: 'local', name: new URL('local.json', document.baseURI).href, at: Date.now() });
      window.location.hash = `#/chain/${encodeURIComponent(newest.name)}`;
    } catch (error) {
      setClash(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={styles.local} aria-labelledby="local-chain">
      <div className={styles.localHead}>
        {newest.genesis && <Seal digest={newest.genesis} size={96} />}
        <div>
          <h2 id="local-chain">{words.title}</h2>
          <p>{fill(words.text, { name: newest.name })}</p>
          {clash && <Notice urgent title={fill(words.clash, { reason: clash })} />}
          <p>
            <Button look="primary" onClick={pin}>
              {words.action}
            </Button>
          </p>
        </div>
      </div>
      <Labels labels={newest.nitroRoots ? ['simulated', 'development'] : []} />
      <details>
        <summary>{words.details}</summary>
        <Facts
          facts={entries
            .filter(({ path }) => path[1] === newest.name)
            .map((entry) => {
              const described = describeEntry(entry);
              return [described.name, <EntryLines key={entryKey(entry.path)} entry={described} />] as const;
            })}
        />
      </details>
    </section>
  );
}
