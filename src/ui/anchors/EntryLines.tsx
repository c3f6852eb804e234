import { CopyButton } from '../parts/CopyButton.tsx';
import { Digest } from '../parts/Digest.tsx';
import type { DescribedEntry } from './describe.ts';
import styles from './EntryLines.module.css';

/** What of a fact can be compared: digests in groups, short texts as they are. */
export function EntryLines({ entry }: { readonly entry: DescribedEntry }) {
  return (
    <span className={styles.lines}>
      {entry.lines.map(({ label, text, isHex }) => (
        <span key={`${label} ${text}`} className={styles.line}>
          {label && <span className={styles.label}>{label}</span>}
          {isHex ? (
            <Digest hex={text} what={`${entry.name} ${label}`} />
          ) : (
            <span className={styles.text}>
              <code>{text}</code>
              <CopyButton text={text} what={`${entry.name} ${label}`} />
            </span>
          )}
        </span>
      ))}
    </span>
  );
}
