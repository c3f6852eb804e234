import { sha3Hex } from '../../core/bytes/hash.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Seal } from '../seal/Seal.tsx';
import { anchors } from '../words/anchors.en.ts';
import lists from '../parts/lists.module.css';
import styles from './AnchorsScreen.module.css';
import { builtInRoots } from './builtInRootList.ts';

const { builtIn: words, columns } = anchors;

/** The public roots that ship with the program. */
export function BuiltInRoots() {
  return (
    <section className={lists.section} aria-labelledby="built-in">
      <h2 id="built-in">{words.title}</h2>
      {builtInRoots().map(({ fingerprint, title, uses, origin, der }) => (
        <article key={fingerprint} className={styles.chain} aria-label={title}>
          <div className={styles.chainHead}>
            <Seal digest={sha3Hex(der)} size={72} />
            <div>
              <h3>{title}</h3>
              <p className={lists.hint}>{uses}</p>
            </div>
          </div>
          <Facts
            facts={[
              [words.fingerprint, <Digest key="root" hex={fingerprint} what={words.fingerprint} />],
              [columns.origin, origin],
            ]}
          />
        </article>
      ))}
    </section>
  );
}
