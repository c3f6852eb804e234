import type { Status, Verdict } from '../../core/verdict/status.ts';
import { brokenToothPath, toothPath, type ToothState } from './tooth.ts';
import styles from './StatusMark.module.css';

const states: Readonly<Record<Status | Verdict | ToothState, ToothState>> = {
  pass: 'closed',
  verified: 'closed',
  closed: 'closed',
  fail: 'broken',
  rejected: 'broken',
  broken: 'broken',
  unknown: 'open',
  undetermined: 'open',
  open: 'open',
  pending: 'pending',
};

/** The tooth that stands for a status. */
export function toothOf(status: Status | Verdict): ToothState {
  return states[status];
}

const shape = { neck: 2.1, head: 3.7, depth: 5.4 };

/**
 * The shape of an outcome: two teeth closed, a tooth broken, two teeth open, two rails where nothing was looked at yet. It always stands
 * beside its word, so it is hidden from screen readers.
 */
export function StatusMark({ of, size = 20 }: { readonly of: Status | Verdict | ToothState; readonly size?: number }) {
  const state = states[of];
  return (
    <svg
      className={`${styles.mark} ${styles[state]}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path className={styles.tape} d="M1.5 2.5h21M1.5 21.5h21" />
      {state === 'closed' && (
        <path className={styles.solid} d={toothPath(7.8, 2.5, 17.4, shape) + toothPath(16.2, 21.5, 6.6, shape)} />
      )}
      {state === 'broken' && (
        <>
          <path className={styles.solid} d={brokenToothPath(7.8, 2.5, 8, shape) + toothPath(16.2, 21.5, 6.6, shape)} />
          <path className={styles.solid} d="M4.6 13.2l2-1 1.6 1.5 2.6-1.2 1.3 4.2-6.3 2.2z" />
        </>
      )}
      {state === 'open' && (
        <path
          className={styles.outline}
          d={toothPath(7.8, 2.5, 9.6, { ...shape, depth: 4 }) + toothPath(16.2, 21.5, 14.4, { ...shape, depth: 4 })}
        />
      )}
    </svg>
  );
}
