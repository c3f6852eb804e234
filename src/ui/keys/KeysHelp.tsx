import { useSyncExternalStore } from 'react';
import { Dialog } from '../parts/Dialog.tsx';
import { keys as words } from '../words/keys.en.ts';
import { pageKeys, switchKeys } from './pageKeys.ts';
import styles from './KeysHelp.module.css';

/** What keys do on the page as it stands, then what they do wherever such a thing is shown. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const actions = useSyncExternalStore(pageKeys.subscribe, () => pageKeys.actions);
  const isOn = useSyncExternalStore(pageKeys.subscribe, () => pageKeys.isOn);
  return (
    <Dialog title={words.title} onClose={onClose}>
      <h3>{words.here}</h3>
      <KeyTable rows={actions.map(({ key, name }) => [[key], name])} off={!isOn} />
      <label className={styles.switch}>
        <input type="checkbox" checked={isOn} onChange={(event) => switchKeys(event.target.checked)} />
        {words.single}
      </label>
      <h3>{words.everywhere}</h3>
      <KeyTable rows={words.rows} />
    </Dialog>
  );
}

interface TableProps {
  readonly rows: readonly (readonly [keys: readonly string[], meaning: string])[];
  readonly off?: boolean;
}

function KeyTable({ rows, off = false }: TableProps) {
  return (
    <table className={styles.table} data-off={off ? '' : undefined}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{words.columns.key}</th>
          <th scope="col">{words.columns.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([names, meaning]) => (
          <tr key={meaning}>
            <th scope="row">
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </th>
            <td>{meaning}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
