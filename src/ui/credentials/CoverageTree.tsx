import type { CoveredField } from '../../core/vc/coverage.ts';
import { Icon } from '../parts/Icon.tsx';
import { certificates as words } from '../words/certificates.en.ts';
import styles from './credentials.module.css';

/** Longer values are cut to a line or two; the whole stands in the certificate below. */
const shown = 160;

/** The fields of a certificate as they stand inside each other, each with what the hash makes of it: a line, a word, and not colour alone. */
export function CoverageTree({ fields }: { readonly fields: readonly CoveredField[] }) {
  return (
    <ul className={styles.tree}>
      {fields.map(({ name, cover, value, children }) => (
        <li key={name} data-cover={cover}>
          <span className={styles.row}>
            <code className={styles.name}>{name}</code>
            {value !== undefined && <span className={styles.value}>{shortValue(value)}</span>}
            <CoverMark cover={cover} />
          </span>
          {children && <CoverageTree fields={children} />}
        </li>
      ))}
    </ul>
  );
}

export function CoverMark({ cover }: { readonly cover: CoveredField['cover'] }) {
  return (
    <span className={styles.cover} data-cover={cover}>
      <Icon of={cover === 'covered' ? 'tick' : cover === 'partly' ? 'partly' : 'cross'} size={13} />
      {words.cover[cover]}
    </span>
  );
}

function shortValue(value: string): string {
  return value.length <= shown ? value : `${value.slice(0, shown)}…`;
}

/** Leaves of a tree, and how many of them are covered. */
export function countCovered(fields: readonly CoveredField[]): { readonly covered: number; readonly all: number } {
  return fields.reduce(
    (sum, { cover, children }) => {
      const inner = children?.length ? countCovered(children) : { covered: cover === 'covered' ? 1 : 0, all: 1 };
      return { covered: sum.covered + inner.covered, all: sum.all + inner.all };
    },
    { covered: 0, all: 0 },
  );
}
