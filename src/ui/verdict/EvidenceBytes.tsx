import { useContext, useState } from 'react';
import { sha3Hex } from '../../core/bytes/hash.ts';
import type { Evidence } from '../../core/verdict/check.ts';
import { fill } from '../../core/verdict/messages.ts';
import { useShownBytes } from '../evidence/shownBytes.ts';
import { saveFile } from '../files/saveFile.ts';
import { count } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { usePrinting } from '../parts/usePrinting.ts';
import { evidence as evidenceWords } from '../words/evidence.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { EvidenceKeeperContext, type EvidenceKeeper } from './evidenceKeeper.ts';
import { HexView } from './HexView.tsx';
import styles from './CheckTree.module.css';

interface Props {
  readonly entry: Evidence;
  /** The object that it stands in, where the page holds it. */
  readonly bytes: Uint8Array | undefined;
}

/** The bytes that a check is about: shown, and saved as a file; got from whoever keeps them; or in words where they are. */
export function EvidenceBytes({ entry, bytes: held }: Props) {
  const keeper = useContext(EvidenceKeeperContext);
  const [read, setRead] = useState<Uint8Array>();
  const { show } = useShownBytes();
  // The evidence itself is not put on paper: it is the file.
  const printing = usePrinting();
  const name = entry.name ?? words.evidenceObject;
  const bytes = held ?? read;
  return (
    <div className={styles.evidence}>
      <p className={styles.place}>
        {words.evidence}: {fill(words.evidenceAt, { length: count(entry.length, 'byte'), offset: entry.offset, name })}
        {show && held && (
          <button type="button" className={styles.see} onClick={() => show(entry)}>
            {evidenceWords.fields.see}
          </button>
        )}
      </p>
      {printing ? null : bytes ? (
        <>
          <HexView bytes={bytes} name={name} offset={entry.offset} length={entry.length} />
          <p>
            <Button
              look="quiet"
              onClick={() =>
                saveFile(`${entry.digest.slice(0, 16)}.bin`, new Uint8Array(bytes), 'application/octet-stream')
              }
            >
              {fill(words.saveEvidence, { length: count(bytes.length, 'byte') })}
            </Button>
          </p>
        </>
      ) : (
        <>
          <p>{keeper?.where(entry) ?? words.evidenceElsewhere}</p>
          <Digest hex={entry.digest} what={name} />
          {keeper?.read && <ReadIt entry={entry} keeper={keeper} onRead={setRead} />}
        </>
      )}
    </div>
  );
}

interface ReadProps {
  readonly entry: Evidence;
  readonly keeper: EvidenceKeeper;
  readonly onRead: (bytes: Uint8Array) => void;
}

/** Asks for one object, and believes nobody that what came is it. */
function ReadIt({ entry, keeper, onRead }: ReadProps) {
  const [reading, setReading] = useState(false);
  const [fault, setFault] = useState('');
  const ask = async (): Promise<void> => {
    setReading(true);
    setFault('');
    try {
      const bytes = await keeper.read?.(entry);
      if (!bytes) setFault(keeper.gone ?? words.evidenceGone);
      else if (sha3Hex(bytes) !== entry.digest) setFault(words.evidenceOther);
      else onRead(bytes);
    } catch (error) {
      setFault(fill(words.evidenceFailed, { reason: error instanceof Error ? error.message : String(error) }));
    }
    setReading(false);
  };
  return (
    <>
      <p>
        <Button look="quiet" aria-disabled={reading} onClick={() => !reading && void ask()}>
          {reading ? words.evidenceReading : words.evidenceRead}
        </Button>
      </p>
      <p role="status">{fault}</p>
    </>
  );
}
