import { CopyButton } from '../parts/CopyButton.tsx';
import { Digest } from '../parts/Digest.tsx';
import { anchors } from '../words/anchors.en.ts';
import type { DescribedEntry } from './describe.ts';
import styles from './EntryLines.module.css';

/** What of a fact can be compared: digests in groups, short texts as they are. */
export function EntryLines({ entry }: { readonly entry: DescribedEntry }) {
  return (
    <span className={styles.lines}>
      {entry.lines.map(({ label, text, isHex }, index) => (
        <span key={`${index} ${label} ${text}`} className={styles.line}>
          {label && <span className={styles.label}>{anchors.ends[label] ?? label}</span>}
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
