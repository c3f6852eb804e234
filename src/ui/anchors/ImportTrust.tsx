import { useEffect, useState } from 'react';
import { diffTrust, type TrustChange } from '../../core/trust/diffTrust.ts';
import { mergeTrust } from '../../core/trust/mergeTrust.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { DropZone } from '../files/DropZone.tsx';
import { isReadFile, readFiles } from '../files/readFiles.ts';
import { count } from '../format/quantity.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { anchors } from '../words/anchors.en.ts';
import { EntryLines } from './EntryLines.tsx';
import { describeEntry } from './describe.ts';
import { entryKey, pickTrust } from './pins.ts';
import { pinHere } from './usePins.ts';
import { takeTrustToRead } from './trustToRead.ts';
import lists from '../parts/lists.module.css';
import styles from './AnchorsScreen.module.css';

const { import: words } = anchors;

interface Props {
  readonly pinned: Trust;
  /** Files dropped on the page. */
  readonly dropped: readonly File[] | undefined;
  readonly onTaken: () => void;
}

interface Offer {
  readonly name: string;
  readonly trust: Trust;
}

/** Reads a trust file, shows what pinning it would change, and pins what the person says. */
export function ImportTrust({ pinned, dropped, onTaken }: Props) {
  const [offer, setOffer] = useState<Offer>();
  const [fault, setFault] = useState<{ readonly title: string; readonly next?: string }>();
  const [done, setDone] = useState<string>();
  const announce = useAnnounce();

  const read = async (chosen: readonly File[]): Promise<void> => {
    setOffer(undefined);
    setDone(undefined);
    const [first] = await readFiles(chosen.slice(0, 1));
    if (!first) return;
    if (!isReadFile(first)) {
      setFault({ title: first.title, next: first.next });
      return;
    }
    try {
      setOffer({ name: first.name, trust: parseTrust(first.bytes) });
      setFault(undefined);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setFault({ title: fill(words.notTrust, { name: first.name, reason }), next: words.notTrustNext });
    }
  };
  useEffect(() => {
    const waiting = dropped ?? handedOver();
    if (!waiting) return;
    onTaken();
    void read(waiting);
  }, [dropped, onTaken]);

  const pin = (added: Trust): void => {
    if (!offer) return;
    const before = trustEntries(pinned).length;
    pinHere(added, { how: 'file', name: offer.name, at: Date.now() });
    const after = trustEntries(mergeTrust(pinned, added)).length;
    const text = fill(words.done, { count: count(after - before, 'fact'), name: offer.name });
    setDone(text);
    announce(text);
  };
  return (
    <div className={lists.section}>
      <DropZone
        compact
        title={words.title}
        hint={words.hint}
        pick={words.pick}
        onFiles={(chosen) => void read(chosen)}
      />
      {fault && <Notice urgent title={fault.title} next={fault.next} />}
      {done && <p>{done}</p>}
      {offer && <Difference offer={offer} pinned={pinned} onPin={pin} onDiscard={() => setOffer(undefined)} />}
    </div>
  );
}

/** A trust file that was dropped on the overview. */
function handedOver(): readonly File[] | undefined {
  const file = takeTrustToRead();
  return file && [new File([file.bytes], file.name)];
}

interface DifferenceProps {
  readonly offer: Offer;
  readonly pinned: Trust;
  readonly onPin: (added: Trust) => void;
  readonly onDiscard: () => void;
}

function Difference({ offer: { name, trust }, pinned, onPin, onDiscard }: DifferenceProps) {
  const merged = attemptMerge(pinned, trust);
  if ('fault' in merged) {
    const clashes = diffTrust(pinned, trust).filter((change) => change.change === 'changed');
    return (
      <div className={`${lists.card} ${styles.offer}`}>
        <Notice title={fill(words.contradicts, { name })}>
          <p>{merged.fault}</p>
        </Notice>
        <ul role="list" className={`${lists.lines} ${styles.changes}`}>
          {clashes.map((change) => (
            <Change key={entryKey(change.path)} change={change} />
          ))}
        </ul>
        <p className={lists.actions}>
          <Button onClick={onDiscard}>{words.discard}</Button>
        </p>
      </div>
    );
  }
  const changes = diffTrust(pinned, merged.trust);
  const same = trustEntries(trust).length - changes.length;
  return (
    <div className={`${lists.card} ${styles.offer}`}>
      <h3>{fill(words.heading, { name })}</h3>
      {changes.length === 0 ? (
        <p>{words.nothing}</p>
      ) : (
        <>
          {same > 0 && <p>{fill(words.same, { count: count(same, 'factIs') })}</p>}
          <ul role="list" className={`${lists.lines} ${styles.changes}`}>
            {changes.map((change) => (
              <Change
                key={entryKey(change.path)}
                change={change}
                onPin={() => onPin(pickTrust(trust, [change.path]))}
              />
            ))}
          </ul>
        </>
      )}
      <p className={lists.actions}>
        {changes.length > 0 && (
          <Button look="primary" onClick={() => onPin(trust)}>
            {fill(words.pinAll, { count: count(changes.length, 'fact') })}
          </Button>
        )}
        <Button onClick={onDiscard}>{words.discard}</Button>
      </p>
    </div>
  );
}

function attemptMerge(pinned: Trust, added: Trust): { readonly trust: Trust } | { readonly fault: string } {
  try {
    return { trust: mergeTrust(pinned, added) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function Change({ change, onPin }: { readonly change: TrustChange; readonly onPin?: () => void }) {
  const { path } = change;
  const after = change.change === 'removed' ? undefined : describeEntry({ path, value: change.after });
  const before = change.change === 'added' ? undefined : describeEntry({ path, value: change.before });
  const shown = after ?? before;
  if (!shown) return null;
  const chain = path[0] === 'chains' ? path[1] : undefined;
  return (
    <li>
      <div>
        <h4>
          {shown.name} {chain && <small>{chain}</small>}
        </h4>
        {before && (
          <div className={styles.side}>
            <span className={styles.sideName}>{words.changed.before}</span>
            <EntryLines entry={before} />
          </div>
        )}
        {after && (
          <div className={styles.side}>
            {before && <span className={styles.sideName}>{words.changed.after}</span>}
            <EntryLines entry={after} />
          </div>
        )}
      </div>
      {onPin && (
        <Button onClick={onPin} aria-label={`${words.pin}: ${shown.name} ${chain ?? ''}`}>
          {words.pin}
        </Button>
      )}
    </li>
  );
}
