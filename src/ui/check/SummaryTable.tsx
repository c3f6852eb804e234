import { useMemo, useState } from 'react';
import { kinds } from '../../core/kinds/registry.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count, list, number } from '../format/quantity.ts';
import type { Matches } from '../judging/companionsOf.ts';
import type { JudgedFile } from '../judging/useJudging.ts';
import { BelowRows } from '../parts/BelowRows.tsx';
import { Button } from '../parts/Button.tsx';
import { useLongRows } from '../parts/useLongRows.ts';
import { check } from '../words/check.en.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { toldMessages, toldTitle } from '../words/told.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { whyOf } from './headline.ts';
import { lookSentence } from './lookSentence.ts';
import styles from './SummaryTable.module.css';

const { summary: words } = check;

interface Props {
  readonly files: readonly JudgedFile[];
  readonly matches: Matches<JudgedFile>;
  readonly selected: number | undefined;
  readonly onSelect: (id: number) => void;
  readonly onClear: () => void;
}

type State = 'rejected' | 'undetermined' | 'unread' | 'unknown' | 'working' | 'beside' | 'verified';
type Column = 'name' | 'kind' | 'state';

/** What needs to be looked at stands first. */
const order: readonly State[] = ['rejected', 'undetermined', 'unread', 'unknown', 'working', 'verified', 'beside'];
const columns: readonly Column[] = ['name', 'kind', 'state'];
/** Rows that are drawn at first. */
const firstRows = 100;

/** Many files at a glance: what each is, how it was judged and why in one sentence; sorted, filtered, one of them shown in full below. */
export function SummaryTable({ files, matches, selected, onSelect, onClear }: Props) {
  const [chosen, setSort] = useState<{ readonly by: Column; readonly down: boolean }>();
  const [only, setOnly] = useState<State>();
  const [text, setText] = useState('');
  const rows = useMemo(
    () => files.map((file) => ({ file, state: stateOf(file, matches), kind: kindOf(file) })),
    [files, matches],
  );
  // While they are being judged, rows stay where they are: what needs to be looked at goes to the top once.
  const sort = chosen ?? { by: rows.some(({ state }) => state === 'working') ? 'name' : 'state', down: false };
  const wanted = text.trim().toLowerCase();
  const found = rows
    .filter(({ file, state, kind }) => {
      const isNamed = wanted === '' || textOf(file, kind, matches).toLowerCase().includes(wanted);
      return isNamed && (only === undefined || only === state);
    })
    .sort((a, b) => {
      const by =
        sort.by === 'state'
          ? order.indexOf(a.state) - order.indexOf(b.state)
          : sort.by === 'kind'
            ? compare(a.kind, b.kind)
            : 0;
      return (sort.down ? -1 : 1) * (by || compare(a.file.name, b.file.name));
    });
  const long = useLongRows(found, firstRows);
  return (
    <section className={styles.summary} aria-labelledby="summary">
      <div className={styles.head}>
        <h2 id="summary">{fill(words.title, { count: count(files.length, 'file') })}</h2>
        <Button look="quiet" onClick={onClear}>
          {words.clear}
        </Button>
      </div>
      <div className={styles.filters}>
        <div className={styles.states} role="group" aria-label={words.filter}>
          <button type="button" aria-pressed={only === undefined} onClick={() => setOnly(undefined)}>
            {words.all} <b>{number(files.length)}</b>
          </button>
          {order.map((state) => {
            const size = rows.filter((row) => row.state === state).length;
            if (size === 0 && only !== state) return null;
            return (
              <button key={state} type="button" aria-pressed={only === state} onClick={() => setOnly(state)}>
                <StatusMark of={markOf(state)} size={16} /> {stateWord(state)} <b>{number(size)}</b>
              </button>
            );
          })}
        </div>
        <label>
          <span className="visually-hidden">{words.search}</span>
          <input
            type="search"
            placeholder={words.search}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </div>
      <table ref={long.table} className={styles.table} aria-labelledby="summary">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}

                scope="col"
                aria-sort={sort.by === column ? (sort.down ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" onClick={() => setSort({ by: column, down: sort.by === column && !sort.down })}>
                  {words.columns[column]}{' '}
                  <span aria-hidden="true">{sort.by === column ? (sort.down ? '↓' : '↑') : ''}</span>
                </button>
              </th>
            ))}
            <th scope="col">{words.columns.why}</th>
          </tr>
        </thead>
        <tbody>
          {long.shown.map(({ file, state, kind }) => (
            <tr key={file.id} data-selected={file.id === selected || undefined}>
              <th scope="row">
                <button type="button" aria-pressed={file.id === selected} onClick={() => onSelect(file.id)}>
                  {file.name}
                </button>
              </th>
              <td className={styles.kind}>{kind}</td>
              <td className={styles.state}>
                <StatusMark of={markOf(state)} size={16} /> {stateWord(state)}
              </td>
              <td className={styles.why}>{whySentence(file, matches)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p role="status">{words.none}</p>}
      <BelowRows of={long} />
    </section>
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All that a row says. */
function textOf(file: JudgedFile, kind: string, matches: Matches<JudgedFile>): string {
  return `${file.name} ${kind} ${stateWord(stateOf(file, matches))} ${whySentence(file, matches)}`;
}

function stateOf({ id, kind, fault, outcome, companion }: JudgedFile, { serves }: Matches<JudgedFile>): State {
  if (fault) return 'unread';
  if (kind === 'unknown') return serves.has(id) || companion ? 'beside' : 'unknown';
  if (!outcome) return 'working';
  return 'report' in outcome ? outcome.report.verdict : 'unread';
}

function kindOf({ kind, companion, fault }: JudgedFile): string {
  if (fault || (kind === 'unknown' && !companion)) return '–';
  if (kind === 'unknown') return words.companion;
  const found = kinds.find(({ name }) => name === kind);
  return found ? toldTitle(found) : '–';
}

function stateWord(state: State): string {
  return state === 'rejected' || state === 'undetermined' || state === 'verified'
    ? verdictWords[state]
    : words.states[state];
}

function markOf(state: State): 'rejected' | 'undetermined' | 'verified' | 'pending' {
  return state === 'rejected' || state === 'undetermined' || state === 'verified' ? state : 'pending';
}

/** One sentence: why it was judged so, what it goes with, or what it looks like. */
function whySentence(file: JudgedFile, { serves }: Matches<JudgedFile>): string {
  const { id, kind, fault, outcome } = file;
  if (fault) return fault.title;
  const served = serves.get(id) ?? [];
  if (kind === 'unknown' && served.length > 0) {
    const names = served.slice(0, 3).map(({ name }) => name);
    return fill(check.companion.goesWith, { names: list(served.length > 3 ? [...names, '…'] : names) });
  }
  if (kind === 'unknown' && file.companion) return check.companion.alone;
  if (kind === 'unknown' && file.file) return lookSentence(file.file);
  if (!outcome) return '';
  if ('error' in outcome) return outcome.error.message;
  const found = kinds.find(({ name }) => name === outcome.report.kind);
  return found ? whyOf(outcome.report, toldMessages(found)) : '';
}
