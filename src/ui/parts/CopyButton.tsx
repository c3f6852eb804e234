import { useState } from 'react';
import { Icon } from './Icon.tsx';
import { common } from '../words/common.en.ts';
import styles from './CopyButton.module.css';

interface Props {
  readonly text: string;
  /** What is copied, for those who cannot see what stands beside the button. */
  readonly what: string;
}

/** Copies a text; says so in place, without moving anything. */
export function CopyButton({ text, what }: Props) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('done');
    } catch {
      setState('failed');
    }
    setTimeout(() => setState('idle'), 2500);
  };
  return (
    <button type="button" className={styles.copy} onClick={() => void copy()} data-state={state}>
      <Icon of={state === 'done' ? 'tick' : 'copy'} />
      <span className="visually-hidden">
        {common.copy} {what}
      </span>
      <span className="visually-hidden" role="status">
        {state === 'done' ? common.copied : state === 'failed' ? common.copyFailed : ''}
      </span>
    </button>
  );
}
