import { groups, shortened } from '../format/groups.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './Digest.module.css';

interface Props {
  readonly hex: string;
  /** What this is the digest of: names the copy button. */
  readonly what: string;
  readonly short?: boolean;
}

/** A digest in groups of four with a button that copies it whole; `short` shows its two ends only and is never meant for comparing. */
export function Digest({ hex, what, short = false }: Props) {
  if (short) {
    return (
      <code className={styles.short} title={hex}>
        {shortened(hex)}
      </code>
    );
  }
  return (
    <span className={styles.digest}>
      <code className={styles.groups}>
        {groups(hex).map((group, index) => (
          <span key={index}>{group} </span>
        ))}
      </code>
      <CopyButton text={hex} what={what} />
    </span>
  );
}
