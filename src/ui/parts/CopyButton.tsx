import { Icon } from './Icon.tsx';
import { common } from '../words/common.en.ts';
import { useCopied } from './useCopied.ts';
import styles from './CopyButton.module.css';

interface Props {
  readonly text: string;
  /** What is copied, for those who cannot see what stands beside the button. */
  readonly what: string;
}

/** Copies a text; says so in place, without moving anything. */
export function CopyButton({ text, what }: Props) {
  const [state, copy] = useCopied();
  return (
    <button type="button" className={styles.copy} onClick={() => void copy(text)} data-state={state}>
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
