import { useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { common } from '../words/common.en.ts';
import { files } from '../words/files.en.ts';
import { pastedFile } from './filePath.ts';
import styles from './DropZone.module.css';

const { paste: words } = files;

interface Props {
  /** What the button says. */
  readonly action?: string;
  readonly onClose: () => void;
  readonly onFile: (file: File) => void;
}

/** A field to paste evidence into, for those who have it as text. */
export function PasteDialog({ action = words.use, onClose, onFile }: Props) {
  const [text, setText] = useState('');
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            look="primary"
            disabled={text.trim() === ''}
            onClick={() => onFile(pastedFile(text, files.pastedText))}
          >
            {action}
          </Button>
        </>
      }
    >
      <label htmlFor="paste">{words.label}</label>
      <textarea
        id="paste"
        className={styles.paste}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
    </Dialog>
  );
}
