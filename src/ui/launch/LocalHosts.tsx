import { useState } from 'react';
import type { LocalHosts as Announced } from '../../audit/local/readLocal.ts';
import { sameFact } from '../../core/trust/shape.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { describeEntry } from '../anchors/describe.ts';
import { EntryLines } from '../anchors/EntryLines.tsx';
import { entryKey } from '../anchors/pins.ts';
import { pinHere, usePins } from '../anchors/usePins.ts';
import { number } from '../format/quantity.ts';
import { useLocal } from '../overview/useLocal.ts';
import { Button } from '../parts/Button.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Labels } from '../parts/Labels.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { launch } from '../words/launch.en.ts';
import { launchSession } from './launchSession.ts';

const { here: words } = launch;

/** The host and the validators of this machine: everything filled in and launched by one click, which says that it pins them. */
export function LocalHosts() {
  const { local, settled } = useLocal();
  const { trust } = usePins();
  const [clash, setClash] = useState<string>();
  const hosts = local?.hosts;
  if (!settled) return <span hidden data-waits />;
  if (!hosts) return null;
  const isKnown = isPinned(hosts.trust, trust);
  const take = async (launches: boolean): Promise<void> => {
    setClash(undefined);
    try {
      const name = new URL('local.json', document.baseURI).href;
      if (!isKnown) pinHere(hosts.trust, { how: 'local', name, at: Date.now() });
    } catch (error) {
      return setClash(error instanceof Error ? error.message : String(error));
    }
    await fillIn(hosts, local.trust);
    if (launches) await launchSession.launch();
  };
  return (
    <section className={lists.card} aria-labelledby="here">
      <h2 id="here">{fill(words.title, { number: number(hosts.validators.length) })}</h2>
      <p>{words.text}</p>
      <Labels labels={['simulated']} brief />
      {clash && <Notice urgent title={fill(words.clash, { reason: clash })} />}
      <p className={lists.actions}>
        <Button look="primary" onClick={() => void take(true)}>
          {words.action}
        </Button>
        <Button onClick={() => void take(false)}>{words.fill}</Button>
      </p>
      {isKnown ? (
        <p className={lists.hint}>{words.pinned}</p>
      ) : (
        <details>
          <summary>{words.what}</summary>
          <Facts
            facts={trustEntries(hosts.trust).map((entry) => {
              const described = describeEntry(entry);
              return [described.name, <EntryLines key={entryKey(entry.path)} entry={described} />] as const;
            })}
          />
        </details>
      )}
    </section>
  );
}

/** Fills everything in: the host, its validators, a public seed, a sample program. */
async function fillIn({ host, validators }: Announced, { chains = [] }: Trust): Promise<void> {
  const seed = chains.at(-1)?.genesis;
  launchSession.choose({
    address: host.url,
    candidatesText: validators.map(({ url }) => url).join('\n'),
    run: { state: 'idle' },
    steps: [],
  });
  launchSession.ask({
    count: validators.length,
    maximumPerOperator: validators.length,
    maximumPerRegion: validators.length,
    ...(seed === undefined ? {} : { seed }),
  });
  launchSession.choose({ threshold: Math.min(3, validators.length) });
  await Promise.all([launchSession.identifyHost(), launchSession.lookUp(), launchSession.takeSample()]);
}

/** Whether every fact of it is pinned already. */
function isPinned(offered: Trust, trust: Trust): boolean {
  const pinned = new Map(trustEntries(trust).map(({ path, value }) => [entryKey(path), value]));
  return trustEntries(offered).every(
    ({ path, value }) => pinned.has(entryKey(path)) && sameFact(pinned.get(entryKey(path)), value),
  );
}
