import { useMemo, useState } from 'react';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import { fill } from '../../core/verdict/messages.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { useFileDrop } from '../files/useFileDrop.ts';
import { saveFile } from '../files/saveFile.ts';
import { count } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Seal } from '../seal/Seal.tsx';
import { anchors as words } from '../words/anchors.en.ts';
import { BackupSection } from './BackupSection.tsx';
import { BuiltInRoots } from './BuiltInRoots.tsx';
import { ImportTrust } from './ImportTrust.tsx';
import { PinnedFacts } from './PinnedFacts.tsx';
import { trustKey } from './pins.ts';
import { resetPins, usePins } from './usePins.ts';
import lists from '../parts/lists.module.css';
import styles from './AnchorsScreen.module.css';

/** Every pin of this browser: what it is, where it came from, what uses it; and how to pin and unpin. */
export function AnchorsScreen() {
  const pins = usePins();
  const [dropped, setDropped] = useState<readonly File[]>();
  const dragging = useFileDrop(setDropped);
  const entries = useMemo(() => trustEntries(pins.trust), [pins.trust]);
  const text = useMemo(() => serializeTrust(pins.trust), [pins.trust]);
  const digest = useMemo(() => sha3Hex(utf8(text)), [text]);
  return (
    <>
      <header className={styles.lead}>
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </header>
      {pins.fault && (
        <Notice title={fill(words.fault, { reason: pins.fault })} next={words.faultNext}>
          <p className={lists.actions}>
            <Button onClick={() => saveFile('trust.damaged.json', localStorage.getItem(trustKey) ?? '')}>
              {words.file.download}
            </Button>
            <Button onClick={resetPins}>{words.faultReset}</Button>
          </p>
        </Notice>
      )}
      <section className={styles.file} aria-labelledby="trust-file">
        <div className={styles.seal}>{entries.length > 0 && <Seal digest={digest} size={120} />}</div>
        <div>
          <h2 id="trust-file">{words.file.title}</h2>
          {entries.length === 0 ? (
            <p>{words.file.empty}</p>
          ) : (
            <>
              <p>{fill(words.file.holds, { count: count(entries.length, 'fact') })}</p>
              <p>
                {words.file.digest}
                <br />
                <Digest hex={digest} what={words.file.digest} />
              </p>
              <p className={lists.actions}>
                <Button onClick={() => saveFile('trust.json', text)}>{words.file.download}</Button>
              </p>
              <p className={lists.hint}>{words.file.hint}</p>
            </>
          )}
        </div>
      </section>
      <ImportTrust pinned={pins.trust} dropped={dropped} onTaken={() => setDropped(undefined)} />
      <PinnedFacts pins={pins} entries={entries} />
      <BackupSection trust={pins.trust} />
      <BuiltInRoots />
      {dragging && <DropOverlay />}
    </>
  );
}
