import { useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { check as words } from '../words/check.en.ts';
import { common } from '../words/common.en.ts';
import { files as fileWords } from '../words/files.en.ts';
import styles from './CheckPage.module.css';

interface Props {
  readonly onClose: () => void;
  readonly onFile: (file: File) => void;
}

/** A field to paste evidence into, for those who have it as text. */
export function PasteDialog({ onClose, onFile }: Props) {
  const [text, setText] = useState('');
  return (
    <Dialog
      title={words.pasteTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            look="primary"
            disabled={text.trim() === ''}
            onClick={() => onFile(new File([text], fileWords.pastedText))}
          >
            {words.pasteDo}
          </Button>
        </>
      }
    >
      <label htmlFor="paste">{words.pasteLabel}</label>
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
