import type { ReactNode } from 'react';
import styles from './Notice.module.css';

interface Props {
  readonly title: string;
  /** What to do next. */
  readonly next?: string | undefined;
  readonly children?: ReactNode;
  /** Read out at once: for what went wrong just now. */
  readonly urgent?: boolean;
}

/** Something that went wrong or needs to be known: what, where, what was expected, what to do next. Never a verdict. */
export function Notice({ title, next, children, urgent = false }: Props) {
  return (
    <div className={styles.notice} role={urgent ? 'alert' : undefined}>
      <p className={styles.title}>{title}</p>
      {children}
      {next && <p>{next}</p>}
    </div>
  );
}
