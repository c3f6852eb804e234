import { useMemo, type FormEvent, type ReactNode } from 'react';
import type { Selection } from '../../core/host/selection/selectValidators.ts';
import { sameDid } from '../../core/did/didChange.ts';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { number } from '../format/quantity.ts';
import form from '../host/Host.module.css';
import { shortDid } from '../host/shortDid.ts';
import { BelowRows } from '../parts/BelowRows.tsx';
import { useLongRows } from '../parts/useLongRows.ts';
import { Button } from '../parts/Button.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { launch } from '../words/launch.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import type { KnownCandidate } from './candidates.ts';
import { candidatesOf, launchSession, selectionOf, type LaunchState } from './launchSession.ts';
import styles from './Launch.module.css';

const { candidates: words, selection } = launch;
/** The table shows those who are chosen, and so many of the others. */
const mostShown = 100;

interface Props {
  readonly state: LaunchState;
}

/** Who could vouch, and who of them must: chosen by published rules from a public seed, and to be done again by anybody. */
export function CandidatesPart({ state }: Props) {
  const { candidatesText, candidateFaults, looking } = state;
  const { trust } = usePins();
  const candidates = useMemo(() => candidatesOf(state, trust), [state, trust]);
  const look = (event: FormEvent): void => {
    event.preventDefault();
    void launchSession.lookUp();
  };
  return (
    <>
      <section className={lists.section} aria-labelledby="candidates">
        <h2 id="candidates">{words.title}</h2>
        <p>{words.text}</p>
        <form className={form.form} onSubmit={look}>
          <label>
            {words.field}
            <textarea
              rows={Math.min(8, Math.max(3, candidatesText.split('\n').length))}
              value={candidatesText}
              spellCheck={false}
              aria-describedby="candidates-hint"
              onChange={(event) => launchSession.choose({ candidatesText: event.target.value })}
            />
          </label>
          <p id="candidates-hint" className={lists.hint}>
            {words.fieldHint}
          </p>
          <Button type="submit" disabled={looking}>
            {looking ? words.reading : words.read}
          </Button>
        </form>
        {candidateFaults.map((fault) => (
          <Notice key={fault} title={fault} />
        ))}
        <p className={lists.hint}>
          {candidates.length === 0
            ? words.none
            : fill(words.found, {
                number: number(candidates.length),
                reachable: number(candidates.filter(({ url }) => url !== undefined).length),
              })}
        </p>
      </section>
      {candidates.length > 0 && <SelectionPart state={state} candidates={candidates} />}
    </>
  );
}

function SelectionPart({ state, candidates }: Props & { readonly candidates: readonly KnownCandidate[] }) {
  const { trust } = usePins();
  const { asked } = state;
  const found = useMemo(() => selectionOf(state, trust), [state, trust]);
  const { weights } = asked;
  const again = JSON.stringify({ ...asked });
  return (
    <section className={lists.section} aria-labelledby="selection">
      <h2 id="selection">{selection.title}</h2>
      <p>{selection.text}</p>
      <div className={styles.numbers}>
        <NumberField
          label={selection.count}
          value={asked.count}
          least={1}
          onChange={(count) => launchSession.ask({ count })}
        />
        <NumberField
          label={selection.perOperator}
          value={asked.maximumPerOperator}
          least={1}
          onChange={(maximumPerOperator) => launchSession.ask({ maximumPerOperator })}
        />
        <NumberField
          label={selection.perRegion}
          value={asked.maximumPerRegion}
          least={1}
          onChange={(maximumPerRegion) => launchSession.ask({ maximumPerRegion })}
        />
        <NumberField
          label={selection.reputation}
          value={asked.minimumReputation}
          least={0}
          onChange={(minimumReputation) => launchSession.ask({ minimumReputation })}
        />
      </div>
      <label className={form.field}>
        {selection.seed}
        <input
          value={asked.seed}
          spellCheck={false}
          autoComplete="off"
          aria-describedby="seed-hint"
          onChange={(event) => launchSession.ask({ seed: event.target.value })}
        />
      </label>
      <p id="seed-hint" className={lists.hint}>
        {selection.seedHint}
      </p>
      <details className={form.more}>
        <summary>{selection.weights}</summary>
        <div className={styles.numbers}>
          {(['reputation', 'operator', 'region', 'chance'] as const).map((name) => (
            <NumberField
              key={name}
              label={selection.weight[name]}
              value={weights[name]}
              least={0}
              onChange={(value) => launchSession.ask({ weights: { ...weights, [name]: value } })}
            />
          ))}
        </div>
      </details>
      {'chosen' in found ? (
        <>
          <p>
            {fill(selection.result, {
              chosen: number(found.chosen.length),
              eligible: number(found.eligible),
              operators: number(found.operators),
              regions: number(found.regions),
            })}
          </p>
          <Chosen found={found} candidates={candidates} />
          <p className={styles.redo}>
            <span className={lists.hint}>{selection.redo}</span> <code>{again}</code>{' '}
            <CopyButton text={again} what={selection.copy} />
          </p>
        </>
      ) : (
        <Notice title={fill(selection.fault, { reason: found.reason })} />
      )}
    </section>
  );
}

function Chosen({ found, candidates }: { readonly found: Selection; readonly candidates: readonly KnownCandidate[] }) {
  const { columns } = selection;
  const chosen = new Map(found.chosen.map((each, place) => [sameDid(each.did), { place, score: each.score }]));
  const rows = candidates
    .map((candidate) => ({ candidate, choice: chosen.get(sameDid(candidate.did)) }))
    .toSorted((a, b) => (a.choice?.place ?? Infinity) - (b.choice?.place ?? Infinity) || 0);
  const long = useLongRows(rows, Math.max(mostShown, chosen.size));
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable with the keys */}
      <div className={form.scroll} role="region" aria-label={selection.table} tabIndex={0}>
        <table ref={long.table} className={`${lists.facts} ${lists.rows}`}>
          <thead>
            <tr>
              <th scope="col">{columns.validator}</th>
              <th scope="col">{columns.operator}</th>
              <th scope="col">{columns.region}</th>
              <th scope="col">{columns.reputation}</th>
              <th scope="col">{columns.place}</th>
              <th scope="col">{columns.score}</th>
            </tr>
          </thead>
          <tbody>
            {long.shown.map(({ candidate: { did, operator, region, reputation, url }, choice }) => (
              <tr key={did}>
                <th scope="row">
                  <code title={did}>{shortDid(did)}</code>
                  {url === undefined && <span className={lists.hint}> {selection.noAddress}</span>}
                </th>
                <Cell name={columns.operator}>{operator}</Cell>
                <Cell name={columns.region}>{region || '–'}</Cell>
                <Cell name={columns.reputation}>{number(reputation)}</Cell>
                <Cell name={columns.place}>
                  {choice ? (
                    <span className={form.state}>
                      <StatusMark of="pass" size={18} /> {number(choice.place + 1)}
                    </span>
                  ) : (
                    selection.notChosen
                  )}
                </Cell>
                <Cell name={columns.score}>{choice ? number(choice.score) : '–'}</Cell>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <BelowRows of={long} />
    </>
  );
}

function Cell({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <td data-name={name}>{children}</td>;
}

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most?: number;
  readonly onChange: (value: number) => void;
}

/** A whole number; what is none is not taken over. */
export function NumberField({ label, value, least, most = 1_000_000, onChange }: NumberProps) {
  return (
    <label className={form.field}>
      {label}
      <input
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        step={1}
        value={value}
        onChange={(event) => {
          const chosen = event.target.valueAsNumber;
          if (Number.isSafeInteger(chosen) && chosen >= least && chosen <= most) onChange(chosen);
        }}
      />
    </label>
  );
}
