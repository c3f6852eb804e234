import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { describeEntry } from '../anchors/describe.ts';
import { EntryLines } from '../anchors/EntryLines.tsx';
import { entryKey } from '../anchors/pins.ts';
import { Facts } from '../parts/Facts.tsx';
import { anchors } from '../words/anchors.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import lists from '../parts/lists.module.css';
import styles from './VerdictPage.module.css';

interface Props {
  /** The pins that the verdict rests on. */
  readonly trust: Trust;
  /** Whether it rests on the built-in root too. */
  readonly builtIn: boolean;
}

/** What the verdict rests on, fact by fact: with other anchors it could be another one. */
export function AnchorsUsed({ trust, builtIn }: Props) {
  const entries = trustEntries(trust);
  return (
    <section className={lists.section} aria-labelledby="anchors-used">
      <h2 id="anchors-used">{words.anchorsUsed}</h2>
      {entries.length === 0 && !builtIn && <p>{words.anchorsNone}</p>}
      {(entries.length > 0 || builtIn) && (
        <details className={styles.anchors}>
          <summary>{names(trust, builtIn)}</summary>
          <Facts
            facts={[
              [anchors.builtIn.title, builtIn ? anchors.builtIn.nitro : null],
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

function names(trust: Trust, builtIn: boolean): string {
  const chains = trust.chains?.map(({ name }) => `${anchors.chains.one} “${name}”`) ?? [];
  const kinds = [
    ...new Set(
      trustEntries(trust)
        .filter(({ path }) => path[0] !== 'chains')
        .map((entry) => describeEntry(entry).name),
    ),
  ];
  return [
    ...chains,
    ...kinds,
    ...(builtIn ? [`${anchors.builtIn.nitro} (${anchors.builtIn.title.toLowerCase()})`] : []),
  ].join(' · ');
}
