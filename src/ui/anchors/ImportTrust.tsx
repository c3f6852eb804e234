import { useEffect, useState } from 'react';
import { mergeTrust } from '../../core/trust/mergeTrust.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { DropZone } from '../files/DropZone.tsx';
import { Elsewhere } from '../files/Elsewhere.tsx';
import { sortChosen, type Sorted } from '../files/sortChosen.ts';
import { count } from '../format/quantity.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Notice } from '../parts/Notice.tsx';
import { anchors } from '../words/anchors.en.ts';
import { isBackup, readBackup, type Backup } from './backup.ts';
import { Difference } from './Difference.tsx';
import { RestoreKept } from './RestoreKept.tsx';
import { pinHere, replaceHere, unpinHere } from './usePins.ts';
import { takeTrustToRead } from './trustToRead.ts';
import lists from '../parts/lists.module.css';

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
  /** Where the file is a backup: what it brings beside. */
  readonly kept?: Backup;
}

const nothing: Sorted = { taken: [], others: [], faults: [] };

/** Reads a trust file, shows what pinning it would change, and pins what the person says. */
export function ImportTrust({ pinned, dropped, onTaken }: Props) {
  const [offer, setOffer] = useState<Offer>();
  const [fault, setFault] = useState<{ readonly title: string; readonly next?: string }>();
  const [rest, setRest] = useState<Sorted>(nothing);
  const [done, setDone] = useState<string>();
  const announce = useAnnounce();

  const read = async (chosen: readonly File[]): Promise<void> => {
    setOffer(undefined);
    setDone(undefined);
    // A backup is of no kind of evidence.
    const sorted = await sortChosen(chosen, { takes: (_file, kind) => kind === 'trust' || kind === 'unknown' });
    setRest(sorted);
    setFault(undefined);
    const [first] = sorted.taken;
    if (!first) return;
    try {
      const kept = isBackup(first.bytes) ? readBackup(first.bytes) : undefined;
      setOffer({ name: first.name, trust: kept?.trust ?? parseTrust(first.bytes), ...(kept ? { kept } : {}) });
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

  const say = (text: string): void => {
    setFault(undefined);
    setDone(text);
    announce(text);
  };
  const pin = (added: Trust): void => {
    if (!offer) return;
    const before = trustEntries(pinned).length;
    pinHere(added, { how: 'file', name: offer.name, at: Date.now() });
    const after = trustEntries(mergeTrust(pinned, added)).length;
    const text = fill(words.done, { count: count(after - before, 'fact'), name: offer.name });
    say(text);
  };
  const replace = (path: readonly string[]): void => {
    if (!offer) return;
    try {
      replaceHere(offer.trust, path, { how: 'file', name: offer.name, at: Date.now() });
      say(fill(words.replaced, { name: offer.name }));
    } catch (error) {
      setFault({
        title: fill(words.contradicts, { name: offer.name }),
        next: error instanceof Error ? error.message : String(error),
      });
    }
  };
  const takeOut = (path: readonly string[]): void => {
    unpinHere(path);
    say(words.tookOut);
  };
  return (
    <div className={lists.section}>
      <DropZone
        compact
        opens
        title={words.title}
        hint={words.hint}
        pick={words.pick}
        onFiles={(chosen) => void read(chosen)}
      />
      <Elsewhere zone={{ ...rest, putAway: () => setRest(nothing) }} faultsToo />
      {fault && <Notice urgent title={fault.title} next={fault.next} />}
      {done && <p>{done}</p>}
      {offer && (
        <Difference
          offer={offer}
          pinned={pinned}
          onPin={pin}
          onReplace={replace}
          onUnpin={takeOut}
          onDiscard={() => setOffer(undefined)}
        >
          {offer.kept && <RestoreKept kept={offer.kept} />}
        </Difference>
      )}
    </div>
  );
}

/** A trust file that was dropped on the overview. */
function handedOver(): readonly File[] | undefined {
  const file = takeTrustToRead();
  return file && [new File([file.bytes], file.name)];
}
