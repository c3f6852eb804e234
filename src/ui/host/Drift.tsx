import { compareStates, type DriftField } from '../../core/host/drift.ts';
import type { HostState } from '../../core/host/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { list, number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import lists from '../parts/lists.module.css';
import { host } from '../words/host.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './Host.module.css';

const { drift: words } = host;

interface Props {
  readonly drift: readonly DriftField[];
  readonly states: readonly HostState[];
}

/** Field by field what it says now beside what was accepted first and last, and its credentials over time. */
export function Drift({ drift, states }: Props) {
  const isCompared = drift.some(({ first, last }) => first !== null || last !== null);
  // The same credential twice where the client has accepted nothing: the one before it.
  const isAccepted = isCompared && states.slice(0, -1).some((state) => state.isAccepted);
  const hasTwo = isCompared && drift.some(({ first, last }) => first !== last);
  const changed = drift.filter(hasChanged);
  return (
    <section className={lists.section} aria-labelledby="drift">
      <h2 id="drift">{words.title}</h2>
      <p className={lists.hint}>
        {isCompared ? (isAccepted ? words.hintAccepted : words.hintPrevious) : words.hintNothing}
      </p>
      {isCompared && (
        <>
          <p>
            <span className={styles.state}>
              <StatusMark of={changed.length > 0 ? 'fail' : 'pass'} size={20} />{' '}
              {fill(changed.length > 0 ? words.counted : words.unchanged, {
                changed: number(changed.length),
                all: number(drift.length),
              })}
            </span>
          </p>
          <DriftTable drift={drift} hasTwo={hasTwo} isAccepted={isAccepted} />
        </>
      )}
      {states.length > 1 && <States states={states} />}
    </section>
  );
}

function DriftTable({
  drift,
  hasTwo,
  isAccepted,
}: {
  readonly drift: readonly DriftField[];
  readonly hasTwo: boolean;
  readonly isAccepted: boolean;
}) {
  const { columns } = words;
  const last = isAccepted ? columns.last : words.columnsPrevious.last;
  return (
    <table className={`${lists.facts} ${lists.rows} ${styles.drift}`}>
      <thead>
        <tr>
          <th scope="col">{columns.field}</th>
          {hasTwo && <th scope="col">{columns.first}</th>}
          <th scope="col">{last}</th>
          <th scope="col">{columns.now}</th>
        </tr>
      </thead>
      <tbody>
        {drift.map((field) => (
          <tr key={field.path} data-changed={hasChanged(field) ? '' : undefined}>
            <th scope="row">
              {fieldName(field.path)}
              {hasChanged(field) && (
                <span className={styles.changed}>
                  <StatusMark of="fail" size={16} /> {words.changed}
                </span>
              )}
            </th>
            {hasTwo && <td data-name={columns.first}>{shown(field.first)}</td>}
            <td data-name={last}>{shown(field.last)}</td>
            <td data-name={columns.now}>{shown(field.now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function States({ states }: { readonly states: readonly HostState[] }) {
  return (
    <div className={lists.section}>
      <h3>{words.statesTitle}</h3>
      <p className={lists.hint}>{words.statesHint}</p>
      <ol className={styles.states} role="list">
        {states.map((state, place) => (
          <State key={state.digest} state={state} before={states[place - 1]} isNow={place === states.length - 1} />
        ))}
      </ol>
    </div>
  );
}

interface StateProps {
  readonly state: HostState;
  readonly before: HostState | undefined;
  readonly isNow: boolean;
}

function State({ state: { digest, from, until, subject, isAccepted }, before, isNow }: StateProps) {
  const follows = before !== undefined && subject.previous === before.digest;
  const changed = before ? compareStates(subject, before.subject, before.subject).filter(hasChanged) : [];
  const marks = [
    before === undefined ? words.first : follows ? words.follows : words.gap,
    ...(isAccepted ? [words.isAccepted] : []),
    ...(isNow ? [words.isNow] : []),
  ];
  return (
    <li data-linked={follows ? '' : undefined} data-changed={changed.length > 0 ? '' : undefined}>
      <p>{fill(words.state, { from: utcMoment(from), until: utcMoment(until) })}</p>
      <p className={lists.hint}>
        {list(marks)}
        {before && (
          <>
            {'; '}
            {changed.length > 0
              ? fill(words.differs, { fields: list(changed.map(({ path }) => fieldName(path))) })
              : words.nothing}
          </>
        )}{' '}
        · <Digest hex={digest} what={host.says.digest} short />
      </p>
    </li>
  );
}

function hasChanged({ changedSinceFirst, changedSinceLast }: DriftField): boolean {
  return changedSinceFirst || changedSinceLast;
}

function fieldName(path: string): string {
  return (words.fields as Readonly<Record<string, string>>)[path] ?? path;
}

/** Values come as canonical JSON. */
function shown(value: string | null) {
  if (value === null) return '–';
  const plain: unknown = JSON.parse(value);
  const text = Array.isArray(plain) ? plain.join(', ') || host.says.none : String(plain);
  return /^[0-9a-f]{32,}$/.test(text) ? <code>{text}</code> : text;
}
