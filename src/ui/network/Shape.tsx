import type { ReactNode } from 'react';
import type { CellKind } from './networkView.ts';
import styles from './Shape.module.css';

/** The shape of what a node did, beside its word: form alone tells them apart, and none has a verdict's colour. */
export function Shape({ of, size = 18 }: { readonly of: CellKind; readonly size?: number }) {
  return (
    <svg className={styles.shape} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {drawn[of]}
    </svg>
  );
}

const drawn: Readonly<Record<CellKind, ReactNode>> = {
  agreed: <circle className={styles.solid} cx="10" cy="10" r="6.5" />,
  disagreed: (
    <>
      <path className={styles.line} d="M10 2.2l7.8 7.8-7.8 7.8-7.8-7.8z" />
      <path className={styles.line} d="M6.6 6.6l6.8 6.8M13.4 6.6l-6.8 6.8" />
    </>
  ),
  silent: <circle className={styles.dashed} cx="10" cy="10" r="6.5" />,
  equivocated: (
    <>
      <path className={styles.solid} d="M10 1.8l7.4 7.4H2.6z" />
      <path className={styles.line} d="M10 18.2l7.4-7.4H2.6z" />
    </>
  ),
  unsigned: <path className={styles.line} d="M3.5 3.5h13v13h-13zM3.5 16.5l13-13" />,
  valid: (
    <>
      <circle className={styles.line} cx="10" cy="10" r="6.5" />
      <path className={styles.solid} d="M10 3.5a6.5 6.5 0 0 1 0 13z" />
    </>
  ),
  invalid: (
    <>
      <circle className={styles.line} cx="10" cy="10" r="6.5" />
      <path className={styles.solid} d="M10 3.5a6.5 6.5 0 0 0 0 13z" />
    </>
  ),
  waiting: <path className={styles.solid} d="M4 8.8h2.4v2.4H4zM8.8 8.8h2.4v2.4H8.8zM13.6 8.8H16v2.4h-2.4z" />,
  absent: <path className={styles.line} d="M5 10h10" />,
};
