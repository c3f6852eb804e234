import type { ReactNode } from 'react';
import { diffTrust, type TrustChange } from '../../core/trust/diffTrust.ts';
import { mergeTrust } from '../../core/trust/mergeTrust.ts';
import { pickTrust } from '../../core/trust/pickTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { anchors } from '../words/anchors.en.ts';
import { EntryLines } from './EntryLines.tsx';
import { describeEntry } from './describe.ts';
import { entryKey } from './pins.ts';
import lists from '../parts/lists.module.css';
import styles from './AnchorsScreen.module.css';

const { import: words } = anchors;

interface Props {
  readonly offer: { readonly name: string; readonly trust: Trust };
  readonly pinned: Trust;
  readonly onPin: (added: Trust) => void;
  /** Pins the fact at a path as the file says it, in place of what is pinned. */
  readonly onReplace: (path: readonly string[]) => void;
  readonly onUnpin: (path: readonly string[]) => void;
  readonly onDiscard: () => void;
  readonly children?: ReactNode;
}

/** How a trust file differs from what is pinned, group by group, each with what would follow; nothing is done without a click on that very fact. */
export function Difference({ offer: { name, trust }, pinned, onPin, onReplace, onUnpin, onDiscard, children }: Props) {
  const merged = attemptMerge(pinned, trust);
  const all = diffTrust(pinned, trust);
  const changed = all.filter(({ change }) => change === 'changed');
  const removed = all.filter(({ change }) => change === 'removed');
  // Where both can stand together, a chain is known by its genesis, whatever name it has there.
  const added = 'fault' in merged ? [] : diffTrust(pinned, merged.trust);
  const same = trustEntries(trust).length - added.length - changed.length;
  return (
    <div className={`${lists.card} ${styles.offer}`}>
      <h3>{fill(words.heading, { name })}</h3>
      {'fault' in merged && (
        <Notice title={fill(words.contradicts, { name })}>
          <p>{merged.fault}</p>
        </Notice>
      )}
      {added.length + changed.length === 0 && !('fault' in merged) && <p>{words.nothing}</p>}
      {added.length > 0 && same > 0 && <p>{fill(words.same, { count: count(same, 'factIs') })}</p>}
      <Group kind="changed" changes={changed} action={words.replace} onAction={(path) => onReplace(path)} />
      <Group kind="added" changes={added} action={words.pin} onAction={(path) => onPin(pickTrust(trust, [path]))} />
      {removed.length > 0 && (
        <details>
          <summary>
            {words.groups.removed.title}: {count(removed.length, 'fact')}
          </summary>
          <Group kind="removed" changes={removed} action={anchors.unpin} onAction={(path) => onUnpin(path)} bare />
        </details>
      )}
      {children}
      <p className={lists.actions}>
        {added.length > 0 && (
          <Button look="primary" onClick={() => onPin(trust)}>
            {fill(words.pinAll, { count: count(added.length, 'fact') })}
          </Button>
        )}
        <Button onClick={onDiscard}>{words.discard}</Button>
      </p>
    </div>
  );
}

function attemptMerge(pinned: Trust, added: Trust): { readonly trust: Trust } | { readonly fault: string } {
  try {
    return { trust: mergeTrust(pinned, added) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

interface GroupProps {
  readonly kind: TrustChange['change'];
  readonly changes: readonly TrustChange[];
  readonly action: string;
  readonly onAction: (path: readonly string[]) => void;
  /** Its title stands elsewhere. */
  readonly bare?: boolean;
}

function Group({ kind, changes, action, onAction, bare }: GroupProps) {
  if (changes.length === 0) return null;
  const { title, consequence } = words.groups[kind];
  return (
    <section aria-label={title}>
      {!bare && <h4>{title}</h4>}
      <p className={lists.hint}>{consequence}</p>
      <ul role="list" className={`${lists.lines} ${styles.changes}`}>
        {changes.map((change) => (
          <Change key={entryKey(change.path)} change={change} action={action} onAction={() => onAction(change.path)} />
        ))}
      </ul>
    </section>
  );
}

interface ChangeProps {
  readonly change: TrustChange;
  readonly action: string;
  readonly onAction: () => void;
}

function Change({ change, action, onAction }: ChangeProps) {
  const { path } = change;
  const after = change.change === 'removed' ? undefined : describeEntry({ path, value: change.after });
  const before = change.change === 'added' ? undefined : describeEntry({ path, value: change.before });
  const shown = after ?? before;
  if (!shown) return null;
  const of = path[0] === 'chains' ? path[1] : shown.of;
  return (
    <li>
      <div>
        <h5>
          {shown.name} {of && <small>{of}</small>}
        </h5>
        {before && (
          <div className={styles.side}>
            <span className={styles.sideName}>{words.changed.before}</span>
            <EntryLines entry={before} />
          </div>
        )}
        {after && (
          <div className={styles.side}>
            {before && <span className={styles.sideName}>{words.changed.after}</span>}
            <EntryLines entry={after} />
          </div>
        )}
      </div>
      <Button onClick={onAction} aria-label={`${action}: ${shown.name} ${of ?? ''}`}>
        {action}
      </Button>
    </li>
  );
}
