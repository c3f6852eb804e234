import { useQuery } from '@tanstack/react-query';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { awsNitroRoot } from '../../core/tee/nitro/awsNitroRoot.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Seal } from '../seal/Seal.tsx';
import { anchors } from '../words/anchors.en.ts';
import lists from '../parts/lists.module.css';
import styles from './AnchorsScreen.module.css';

const { builtIn: words, columns } = anchors;

/** The public roots that ship with the program. */
export function BuiltInRoots() {
  const root = awsNitroRoot();
  const { data: fingerprint } = useQuery({
    queryKey: ['fingerprint', 'aws-nitro'],
    queryFn: async () => toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(root)))),
    staleTime: Infinity,
  });
  return (
    <section className={lists.section} aria-labelledby="built-in">
      <h2 id="built-in">{words.title}</h2>
      <article className={styles.chain} aria-label={words.nitro}>
        <div className={styles.chainHead}>
          <Seal digest={sha3Hex(root)} size={72} />
          <div>
            <h3>{words.nitro}</h3>
            <p className={lists.hint}>{words.uses}</p>
          </div>
        </div>
        <Facts
          facts={[
            [words.fingerprint, fingerprint ? <Digest key="root" hex={fingerprint} what={words.fingerprint} /> : '…'],
            [columns.origin, words.origin],
          ]}
        />
      </article>
    </section>
  );
}
