import type { ReactNode } from 'react';
import styles from './Facts.module.css';

interface Props {
  /** Pairs of name and value; a value of null leaves the pair out. */
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}

/** A list of names and values, under one another where it is narrow. */
export function Facts({ facts }: Props) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
