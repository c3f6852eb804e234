import { common } from '../words/common.en.ts';
import { Dialog } from './Dialog.tsx';
import { Facts } from './Facts.tsx';

const { keys } = common;
const rows: readonly (readonly [readonly string[], string])[] = [
  [['/'], keys.search],
  [['?'], keys.help],
  [['Esc'], keys.escape],
  [['↑', '↓', '←', '→'], keys.tree],
  [['↑', '↓', 'Home', 'End'], keys.rows],
  [['n', 'p'], keys.troubles],
];

/** The keys that do something beyond what every page does. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={keys.title} onClose={onClose}>
      <Facts
        facts={rows.map(
          ([names, meaning]) =>
            [
              meaning,
              <span key={meaning}>
                {names.map((name) => (
                  <kbd key={name} style={{ marginInlineEnd: '0.4em' }}>
                    {name}
                  </kbd>
                ))}
              </span>,
            ] as const,
        )}
      />
    </Dialog>
  );
}
