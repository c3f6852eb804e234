import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { titleOfRoot } from '../anchors/builtInRootList.ts';
import { describeEntry } from '../anchors/describe.ts';
import { EntryLines } from '../anchors/EntryLines.tsx';
import { entryKey } from '../anchors/pins.ts';
import { Facts } from '../parts/Facts.tsx';
import { usePrinting } from '../parts/usePrinting.ts';
import { anchors } from '../words/anchors.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import lists from '../parts/lists.module.css';
import { anchorNames } from './anchorNames.ts';
import styles from './VerdictPage.module.css';

interface Props {
  /** The pins that the verdict rests on. */
  readonly trust: Trust;
  /** Fingerprints of the built-in roots that it rests on too. */
  readonly roots: readonly string[];
}

/** What the verdict rests on, fact by fact: with other anchors it could be another one. */
export function AnchorsUsed({ trust, roots }: Props) {
  const entries = trustEntries(trust);
  const printing = usePrinting();
  return (
    <section className={lists.section} aria-labelledby="anchors-used">
      <h2 id="anchors-used">{words.anchorsUsed}</h2>
      {entries.length === 0 && roots.length === 0 && <p>{words.anchorsNone}</p>}
      {(entries.length > 0 || roots.length > 0) && (
        <details className={styles.anchors} open={printing || undefined}>
          <summary>{anchorNames({ trust, roots })}</summary>
          <Facts
            facts={[
              [anchors.builtIn.title, roots.length > 0 ? roots.map(titleOfRoot).join(', ') : null],
              ...entries.map((entry) => {
                const described = describeEntry(entry);
                return [described.name, <EntryLines key={entryKey(entry.path)} entry={described} />] as const;
              }),
            ]}
          />
        </details>
      )}
    </section>
  );
}
