import { useEffect, useId, useRef, type ReactNode } from 'react';
import { common } from '../words/common.en.ts';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the foot; a single *Close* where there are none. */
  readonly actions?: ReactNode;
}

/** A window over the page by the browser's own `<dialog>`: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, onClose, children, actions }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={styles.dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className={styles.inside}>
        <h2 id={heading}>{title}</h2>
        {children}
        <div className={styles.actions}>{actions ?? <Button onClick={onClose}>{common.close}</Button>}</div>
      </div>
    </dialog>
  );
}
