import { useId, useRef, useState, type ReactNode } from 'react';
import { Button } from '../parts/Button.tsx';
import { files as words } from '../words/files.en.ts';
import { chooseFolder } from './chooseFolder.ts';
import { PasteDialog } from './PasteDialog.tsx';
import styles from './DropZone.module.css';

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly multiple?: boolean;
  readonly pick?: string;
  readonly compact?: boolean;
  /** Whether what is given is opened, so that a folder can be chosen and text pasted too. */
  readonly opens?: boolean;
  readonly children?: ReactNode;
}

/** The place that says that files may be dropped, with a picker for those who do not drag. Dropping itself works on the whole page. */
export function DropZone({
  title,
  hint,
  onFiles,
  multiple = false,
  pick = words.pick,
  compact = false,
  opens = false,
  children,
}: Props) {
  const input = useRef<HTMLInputElement>(null);
  const heading = useId();
  const [pasting, setPasting] = useState(false);
  return (
    <section className={`${styles.zone} ${compact ? styles.compact : ''}`} aria-labelledby={heading}>
      <svg className={styles.page} width="44" height="56" viewBox="0 0 44 56" aria-hidden="true" focusable="false">
        <path d="M2 2h28l12 12v40H2z" />
        <path d="M30 2v12h12" />
        <path d="M10 24h24M10 31h24M10 38h14" />
      </svg>
      <div className={styles.words}>
        <h2 id={heading}>{title}</h2>
        <p>{hint}</p>
        <div className={styles.actions}>
          <Button look="primary" onClick={() => input.current?.click()}>
            {pick}
          </Button>
          {opens && (
            <>
              <Button onClick={() => void chooseFolder().then((chosen) => chosen.length > 0 && onFiles(chosen))}>
                {words.pickFolder}
              </Button>
              <Button onClick={() => setPasting(true)}>{words.paste.button}</Button>
            </>
          )}
          {children}
        </div>
      </div>
      {pasting && (
        <PasteDialog
          onClose={() => setPasting(false)}
          onFile={(file) => {
            setPasting(false);
            onFiles([file]);
          }}
        />
      )}
      <input
        ref={input}
        type="file"
        multiple={multiple}
        hidden
        aria-label={pick}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          if (chosen.length > 0) onFiles(chosen);
        }}
      />
    </section>
  );
}
