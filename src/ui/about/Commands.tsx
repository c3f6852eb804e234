import { CopyButton } from '../parts/CopyButton.tsx';
import styles from './AboutScreen.module.css';

/** Commands, each with what it is for. */
export function Commands({ items }: { readonly items: readonly (readonly [string, string])[] }) {
  return (
    <ul role="list" className={styles.commands}>
      {items.map(([meaning, command]) => (
        <li key={command}>
          <span>{meaning}</span>
          <code>{command}</code>
          <CopyButton text={command} what={meaning} />
        </li>
      ))}
    </ul>
  );
}
