import { useId, type ReactNode } from 'react';
import type { InspectedProgram } from '../../../core/trace/instrument/inspectProgram.ts';
import { leafEncodings, type LeafEncoding } from '../../../core/trace/metadata.ts';
import type { PolicyKind } from '../../../core/trace/policy.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { traceRun } from '../../words/traceRun.en.ts';
import { FunctionPicker } from './FunctionPicker.tsx';
import { mostEvents, type RunOptions } from './runOptions.ts';
import { traceSession } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { policy: words, leaves } = traceRun;
const groups: readonly (readonly [keyof typeof words.groups, readonly PolicyKind[]])[] = [
  ['calls', ['call', 'host']],
  ['memory', ['load', 'store', 'memory', 'table']],
  ['variables', ['local.get', 'local.set', 'global.get', 'global.set']],
  ['control', ['block', 'branch']],
];
const functionChoices = ['all', 'exports', 'chosen'] as const;
const perLeafChoices = [1, 4, 16, 64, 256];

interface Props {
  readonly options: RunOptions;
  readonly inspected: InspectedProgram;
}

/** What is written down of the run, in plain words; the policy that is committed to follows from it. */
export function PolicyPart({ options, inspected }: Props) {
  const { kinds, functions, memory } = options;
  const { choose } = traceSession;
  const toggle = (kind: PolicyKind, isOn: boolean): void =>
    choose({ kinds: isOn ? [...kinds, kind] : kinds.filter((each) => each !== kind) });
  const isFiner = options.inside.length + options.select.length + memory.length > 0;
  return (
    <div className={styles.fields}>
      <p className={lists.hint}>{words.lead}</p>
      <div className={styles.kinds}>
        {groups.map(([group, list]) => (
          <fieldset key={group}>
            <legend>{words.groups[group]}</legend>
            {list.map((kind) => (
              <Tick key={kind} checked={kinds.includes(kind)} onChange={(isOn) => toggle(kind, isOn)}>
                {words.kinds[kind]}
              </Tick>
            ))}
          </fieldset>
        ))}
      </div>
      <fieldset>
        <legend>{words.functions}</legend>
        {functionChoices.map((choice) => (
          <Tick
            key={choice}
            radio="functions"
            checked={functions === choice}
            onChange={() => choose({ functions: choice })}
          >
            {words.functionChoices[choice]}
          </Tick>
        ))}
        {functions === 'chosen' && (
          <FunctionPicker
            label={words.functions}
            functions={inspected.functions}
            chosen={options.chosen}
            onChange={(chosen) => choose({ chosen })}
          />
        )}
      </fieldset>
      <Budget value={options.budget} />
      <details className={styles.finer} open={isFiner || undefined}>
        <summary>{words.more}</summary>
        <div className={styles.fields}>
          <fieldset>
            <legend>{words.inside}</legend>
            <p className={lists.hint}>{words.insideHint}</p>
            <FunctionPicker
              label={words.inside}
              functions={inspected.functions}
              chosen={options.inside}
              onChange={(inside) => choose({ inside })}
            />
          </fieldset>
          <MemoryRanges memory={memory} />
          <fieldset>
            <legend>{words.select}</legend>
            <p className={lists.hint}>{words.selectHint}</p>
            <FunctionPicker
              label={words.select}
              functions={inspected.functions}
              chosen={options.select}
              onChange={(select) => choose({ select })}
            />
          </fieldset>
        </div>
      </details>
    </div>
  );
}

/** How events become leaves: what can be shown of them later. */
export function LeavesPart({ options }: { readonly options: RunOptions }) {
  const { choose } = traceSession;
  const id = useId();
  const isFields = options.leafEncoding === 'fields';
  return (
    <div className={styles.fields}>
      <fieldset>
        <legend className="visually-hidden">{leaves.title}</legend>
        {(['fields', 'rec16', 'jcs'] satisfies (keyof typeof leafEncodings)[]).map((encoding: LeafEncoding) => (
          <Tick
            key={encoding}
            radio="leaves"
            checked={options.leafEncoding === encoding}
            onChange={() => choose({ leafEncoding: encoding })}
          >
            <strong>{leaves.choices[encoding].title}.</strong> {leaves.choices[encoding].text}
          </Tick>
        ))}
      </fieldset>
      {!isFields && (
        <div className={styles.field}>
          <label htmlFor={id}>{leaves.perLeaf}</label>
          <select
            id={id}
            value={options.eventsPerLeaf}
            onChange={(event) => choose({ eventsPerLeaf: Number(event.target.value) })}
          >
            {perLeafChoices.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </div>
      )}
      <Tick checked={isFields || options.salted} disabled={isFields} onChange={(salted) => choose({ salted })}>
        <strong>{leaves.salted}.</strong> {isFields ? leaves.always : leaves.saltedHint}
      </Tick>
    </div>
  );
}

function Budget({ value }: { readonly value: string }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{words.budget}</label>
      <input
        id={id}
        className={styles.short}
        inputMode="numeric"
        value={value}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onChange={(event) => traceSession.choose({ budget: event.target.value })}
      />
      <p id={`${id}-hint`} className={lists.hint}>
        {fill(words.budgetHint, { limit: number(mostEvents) })}
      </p>
    </div>
  );
}

function MemoryRanges({ memory }: { readonly memory: RunOptions['memory'] }) {
  const { choose } = traceSession;
  return (
    <fieldset>
      <legend>{words.memory}</legend>
      <p className={lists.hint}>{words.memoryHint}</p>
      {memory.map(({ from, to }, index) => (
        <div key={index} className={styles.range}>
          <label>
            {words.from}
            <input
              value={from}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => choose({ memory: memory.with(index, { from: event.target.value, to }) })}
            />
          </label>
          <label>
            {words.to}
            <input
              value={to}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => choose({ memory: memory.with(index, { from, to: event.target.value }) })}
            />
          </label>
          <Button
            look="quiet"
            aria-label={fill(words.removeRange, { from })}
            onClick={() => choose({ memory: memory.toSpliced(index, 1) })}
          >
            ×
          </Button>
        </div>
      ))}
      <p>
        <Button onClick={() => choose({ memory: [...memory, { from: '0', to: '65536' }] })}>{words.addRange}</Button>
      </p>
    </fieldset>
  );
}

interface TickProps {
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Name of its group, for one of several. */
  readonly radio?: string;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** A choice with its words as the target. */
export function Tick({ checked, disabled = false, radio, onChange, children }: TickProps) {
  return (
    <label className={styles.tick}>
      <input
        type={radio ? 'radio' : 'checkbox'}
        name={radio}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
