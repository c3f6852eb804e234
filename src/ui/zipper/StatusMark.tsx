import { statusDrawing, toothOf } from '../../core/seal/statusDrawing.ts';
import type { ToothState } from '../../core/seal/tooth.ts';
import type { Status, Verdict } from '../../core/verdict/status.ts';
import styles from './StatusMark.module.css';

/**
 * The shape of an outcome: two teeth closed, a tooth broken, two teeth open, two rails where nothing was looked at yet. It always stands
 * beside its word, so it is hidden from screen readers.
 */
export function StatusMark({ of, size = 20 }: { readonly of: Status | Verdict | ToothState; readonly size?: number }) {
  const state = toothOf(of);
  return (
    <svg
      className={`${styles.mark} ${styles[state]}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {statusDrawing[state].map(({ look, path }) => (
        <path key={path} className={styles[look]} d={path} />
      ))}
    </svg>
  );
}
