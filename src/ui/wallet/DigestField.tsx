import { useId, useState, type DragEvent } from 'react';
import { digestInWorker } from '../../audit/local/hashInWorker.ts';
import { fill } from '../../core/verdict/messages.ts';
import { chooseFiles } from '../files/chooseFiles.ts';
import { isReadFile, readFiles } from '../files/readFiles.ts';
import { Button } from '../parts/Button.tsx';
import { taskWords } from '../words/task.en.ts';
import styles from './Wallet.module.css';

const { wallet: words } = taskWords;

interface Props {
  readonly label: string;
  readonly value: string;
  readonly optional: boolean;
  readonly onChange: (value: string) => void;
}

/** A digest: typed, or taken of a file that is chosen or dropped here. The file is hashed in a worker and goes nowhere. */
export function DigestField({ label, value, optional, onChange }: Props) {
  const input = useId();
  const note = useId();
  const [said, setSaid] = useState('');
  const take = async (chosen: readonly File[]): Promise<void> => {
    const [outcome] = await readFiles(chosen.slice(0, 1));
    if (!outcome) return;
    if (!isReadFile(outcome)) {
      setSaid(outcome.title);
      return;
    }
    setSaid('…');
    try {
      onChange(await digestInWorker(outcome.bytes));
      setSaid(fill(words.ofFile, { name: outcome.name }));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  const drop = (event: DragEvent): void => {
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    event.preventDefault();
    void take(files);
  };
  return (
    <div className={styles.field} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <label htmlFor={input}>
        {label} {optional && <small>({words.optional})</small>}
      </label>
      <div className={styles.digest}>
        <input
          id={input}
          value={value}
          placeholder={words.digestPlaceholder}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={note}
          onChange={(event) => {
            setSaid('');
            onChange(event.target.value);
          }}
        />
        <Button aria-label={`${words.chooseFile}: ${label}`} onClick={() => void chooseFiles().then(take)}>
          {words.chooseFile}
        </Button>
      </div>
      <p id={note} className={styles.note} role="status">
        {said}
      </p>
    </div>
  );
}
