import type { Report } from '../../core/kinds/judge.ts';
import type { TrustDetails } from '../../core/trust/checkTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import { fill } from '../../core/verdict/messages.ts';
import { EntryLines } from '../anchors/EntryLines.tsx';
import { describeEntry } from '../anchors/describe.ts';
import { entryKey } from '../anchors/pins.ts';
import { count } from '../format/quantity.ts';
import { views } from '../words/views.en.ts';
import type { KindView, KindViewProps } from './view.ts';
import lists from '../parts/lists.module.css';
import styles from './views.module.css';

const { trust: words } = views;

function detailsOf({ details }: Report): TrustDetails | undefined {
  return typeof details === 'object' && details !== null && 'changes' in details
    ? (details as TrustDetails)
    : undefined;
}

function headline(report: Report): string {
  const details = detailsOf(report);
  if (!details) return words.headline.other;
  return fill(words.headline.verified, { count: count(trustEntries(details.trust).length, 'fact') });
}

/** What the file would add to what is pinned now, and what in it says otherwise. Looking at it pins nothing. */
function TrustView({ report }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  const changes = details.changes.filter(({ change }) => change !== 'removed');
  return (
    <section className={lists.section} aria-labelledby="changes">
      <h2 id="changes">{words.changes}</h2>
      {changes.length === 0 && <p>{words.same}</p>}
      <ul role="list" className={`${lists.lines} ${styles.changes}`}>
        {changes.map((change) => {
          if (change.change === 'removed') return null;
          const described = describeEntry({ path: change.path, value: change.after });
          return (
            <li key={entryKey(change.path)}>
              <p className={lists.hint}>
                {change.change === 'added' ? words.added : words.changed}
                {change.path[0] === 'chains' && ` · ${change.path[1]}`}
              </p>
              <h3>{described.name}</h3>
              <EntryLines entry={described} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export const view: KindView = { headline, View: TrustView };
