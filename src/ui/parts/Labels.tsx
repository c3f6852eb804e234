import { labelWords } from '../words/common.en.ts';
import styles from './Labels.module.css';

/** Labels such as *simulated*: loud, on every screen that shows what they belong to (DESIGN §3.5). */
export function Labels({ labels, brief = false }: { readonly labels: readonly string[]; readonly brief?: boolean }) {
  if (labels.length === 0) return null;
  return (
    <ul className={brief ? styles.brief : styles.labels} role="list">
      {labels.map((label) => {
        const words = labelWords[label];
        return (
          <li key={label} title={brief ? words?.meaning : undefined}>
            <strong>{words?.title ?? label}</strong>
            {!brief && words && <span>{words.meaning}</span>}
          </li>
        );
      })}
    </ul>
  );
}
