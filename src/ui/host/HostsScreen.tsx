import { useEffect, useState, type FormEvent } from 'react';
import { askHostWorker } from '../../audit/launch/hostWorker.ts';
import { sameDid } from '../../core/did/didChange.ts';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { DropZone } from '../files/DropZone.tsx';
import { Elsewhere } from '../files/Elsewhere.tsx';
import type { ReadFile } from '../files/readFiles.ts';
import { mayGoBeside } from '../files/sortChosen.ts';
import { useZone } from '../files/useZone.ts';
import { list } from '../format/quantity.ts';
import { useLocal } from '../overview/useLocal.ts';
import { Button, ButtonLink } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { host } from '../words/host.en.ts';
import { acceptedHosts } from './acceptedStates.ts';
import { credentialIn, hostSession } from './hostSession.ts';
import { shortDid } from './shortDid.ts';
import styles from './Host.module.css';

const { screen: words } = host;

/** Which host: by its agent's address, by its credential, or one that is known here. */
export function HostsScreen() {
  const [fault, setFault] = useState<string>();
  const known = useKnownHosts();
  const open = (read: readonly ReadFile[]): void => {
    const files = read.map(({ name, bytes }) => ({ name, bytes }));
    const [newest] = files.flatMap((file) => credentialIn(file) ?? []).toSorted((a, b) => b.from - a.from);
    if (!newest) return setFault(fill(words.badCredential, { name: list(files.map(({ name }) => name)) }));
    void hostSession(newest.issuer).give(files);
    goToHost(newest.issuer);
  };
  const zone = useZone({ takes: (_file, kind) => mayGoBeside(kind), onFiles: open });
  return (
    <>
      <header className={styles.top}>
        <h1>{host.title}</h1>
        <p>{words.lead}</p>
      </header>
      <section className={lists.card} aria-labelledby="to-launch">
        <h2 id="to-launch">{words.launch}</h2>
        <p>{words.launchText}</p>
        <p>
          <ButtonLink look="primary" href="#/launch">
            {words.launch}
          </ButtonLink>
        </p>
      </section>
      <section className={lists.section} aria-labelledby="known">
        <h2 id="known">{words.known}</h2>
        {known.length === 0 && <p>{words.knownNone}</p>}
        <ul className={lists.lines}>
          {known.map(({ did, how }) => (
            <li key={did} className={styles.known}>
              <a href={hostPath(did)} title={did}>
                {shortDid(did)}
              </a>{' '}
              <span className={lists.hint}>{list(how)}</span>
            </li>
          ))}
        </ul>
      </section>
      <OpenHost onFault={setFault} />
      {fault && <Notice urgent title={fault} />}
      <Elsewhere zone={zone} faultsToo />
      <DropZone multiple opens title={words.drop} hint={words.dropHint} onFiles={(chosen) => void zone.take(chosen)} />
      {zone.dragging && <DropOverlay />}
    </>
  );
}

function OpenHost({ onFault }: { readonly onFault: (fault: string | undefined) => void }) {
  const [address, setAddress] = useState('');
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    onFault(undefined);
    try {
      const { did, url } = await askHostWorker('identify', { url: address }, { signal: AbortSignal.timeout(15_000) });
      hostSession(did).choose({ address: url });
      goToHost(did);
    } catch (error) {
      onFault(fill(words.bad, { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void open(event)}>
      <label>
        {words.address}
        <input
          type="url"
          required
          value={address}
          spellCheck={false}
          autoComplete="off"
          aria-describedby="address-hint"
          onChange={(event) => setAddress(event.target.value)}
        />
      </label>
      <p id="address-hint" className={lists.hint}>
        {words.addressHint}
      </p>
      <Button type="submit">{words.open}</Button>
    </form>
  );
}

/** The address of a host's page. */
export function hostPath(did: string): string {
  return `#/host/${encodeURIComponent(did)}`;
}

function goToHost(did: string): void {
  window.location.hash = hostPath(did);
}

function useKnownHosts(): readonly { readonly did: string; readonly how: readonly string[] }[] {
  const { trust } = usePins();
  const { local } = useLocal();
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  useEffect(() => {
    acceptedHosts().then(setAccepted, () => undefined);
  }, []);
  const found = new Map<string, readonly string[]>();
  const add = (did: string, how: string): void => {
    found.set(sameDid(did), [...(found.get(sameDid(did)) ?? []), how]);
  };
  for (const { name } of trust.hosts ?? []) if (name.startsWith('did:')) add(name, words.pinned);
  for (const did of accepted) add(did, words.acceptedAt);
  if (local?.hosts) add(local.hosts.host.did, words.here);
  return [...found].map(([did, how]) => ({ did, how }));
}
