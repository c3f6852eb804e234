import { useState } from 'react';
import { sameFact } from '../../core/trust/shape.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { ChainPin, Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { ChainLabels } from '../anchors/ChainLabels.tsx';
import { describeEntry } from '../anchors/describe.ts';
import { EntryLines } from '../anchors/EntryLines.tsx';
import { entryKey } from '../anchors/pins.ts';
import { pinHere, usePins } from '../anchors/usePins.ts';
import { count } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Seal } from '../seal/Seal.tsx';
import { overview } from '../words/overview.en.ts';
import { useLocal } from './useLocal.ts';
import lists from '../parts/lists.module.css';
import styles from './OverviewScreen.module.css';

const { local: words } = overview;

/** The chain that is written on this machine, offered and never pinned unasked. Earlier ones can be pinned too. */
export function LocalChain() {
  const { local, fault } = useLocal();
  const { trust } = usePins();
  const [clash, setClash] = useState<string>();
  if (fault) return <Notice title={fill(words.fault, { reason: fault.message })} />;
  const open = (local?.trust.chains ?? []).filter((chain) => !isPinned(chain, trust));
  const newest = local?.trust.chains?.at(-1);
  if (!newest || !open.includes(newest)) return null;
  const pin = (chains: readonly ChainPin[]): void => {
    try {
      pinHere({ chains }, { how: 'local', name: new URL('local.json', document.baseURI).href, at: Date.now() });
      window.location.hash = `#/chain/${encodeURIComponent(newest.name)}`;
    } catch (error) {
      setClash(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={styles.local} aria-labelledby="local-chain">
      <div className={styles.localHead}>
        <div>
          <h2 id="local-chain">{words.title}</h2>
          <p>{fill(words.text, { name: newest.name })}</p>
          {clash && <Notice urgent title={fill(words.clash, { reason: clash })} />}
          <p className={lists.actions}>
            <Button look="primary" onClick={() => pin([newest])}>
              {words.action}
            </Button>
            {open.length > 1 && (
              <Button onClick={() => pin(open)}>
                {fill(words.earlier, { count: count(open.length - 1, 'earlierChain') })}
              </Button>
            )}
          </p>
        </div>
        {newest.genesis && <Seal digest={newest.genesis} size={120} />}
      </div>
      <ChainLabels chain={newest} />
      <details>
        <summary>{words.details}</summary>
        <Facts
          facts={trustEntries({ chains: [newest] }).map((entry) => {
            const described = describeEntry(entry);
            return [described.name, <EntryLines key={entryKey(entry.path)} entry={described} />] as const;
          })}
        />
      </details>
    </section>
  );
}

function isPinned(chain: ChainPin, trust: Trust): boolean {
  const pinned = new Map(trustEntries(trust).map(({ path, value }) => [entryKey(path), value]));
  return trustEntries({ chains: [chain] }).every(
    ({ path, value }) => pinned.has(entryKey(path)) && sameFact(pinned.get(entryKey(path)), value),
  );
}
