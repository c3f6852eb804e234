import { useState } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { Button } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { record } from '../words/record.en.ts';
import styles from './RecordScreen.module.css';

const { warning: words } = record;

interface Props {
  readonly name: string;
  readonly onConfirm: () => void;
  readonly onBack: () => void;
}

/** What has to be read and confirmed before a file's own bytes become public and undeletable (DESIGN §3.6). */
export function PublicBytesDialog({ name, onConfirm, onBack }: Props) {
  const [confirmed, setConfirmed] = useState(false);
  return (
    <Dialog
      title={words.title}
      onClose={onBack}
      actions={
        <>
          <Button look="primary" onClick={onBack}>
            {words.back}
          </Button>
          <Button disabled={!confirmed} onClick={onConfirm}>
            {words.go}
          </Button>
        </>
      }
    >
      {words.text.map((line) => (
        <p key={line}>{fill(line, { name })}</p>
      ))}
      <label className={styles.confirm}>
        <input type="checkbox" checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)} />
        <span>{fill(words.confirm, { name })}</span>
      </label>
    </Dialog>
  );
}
