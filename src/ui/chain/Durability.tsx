import { useState } from 'react';
import {
  defaultDurabilityInputs,
  durability,
  durabilitySource,
  type DurabilityInputs,
} from '../../core/chain/durability.ts';
import { fill } from '../../core/verdict/messages.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { durability as words } from '../words/durability.en.ts';
import styles from './Durability.module.css';

const names = Object.keys(defaultDurabilityInputs) as (keyof DurabilityInputs)[];
const asText = (inputs: DurabilityInputs): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, String(inputs[name])]));

/** How long objects last by computation, from inputs that the person sees and changes. It is no finding of the audit. */
export function Durability() {
  const [texts, setTexts] = useState(() => asText(defaultDurabilityInputs));
  const usual = asText(defaultDurabilityInputs);
  const isUsual = names.every((name) => texts[name] === usual[name]);
  return (
    <div className={styles.panel}>
      <div className={styles.inputs}>
        {names.map((name) => (
          <label key={name}>
            {words.inputs[name]}
            <input
              type="text"
              inputMode="decimal"
              autoComplete="off"
              value={texts[name]}
              onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
            />
          </label>
        ))}
      </div>
      <output>{sentenceFor(texts)}</output>
      <p className={styles.hint}>{isUsual ? fill(words.source, { source: durabilitySource }) : words.yours}</p>
    </div>
  );
}

function sentenceFor(texts: Readonly<Record<string, string>>): string {
  const inputs = Object.fromEntries(
    names.map((name) => [name, texts[name]?.trim() === '' ? Number.NaN : Number(texts[name])]),
  ) as unknown as DurabilityInputs;
  try {
    const { nines, loss, years } = durability(inputs);
    if (!Number.isFinite(nines)) return words.never;
    return fill(words.result, { nines: nines.toFixed(1), years, loss: loss.toExponential(1) });
  } catch (error) {
    if (error instanceof AuditorError) return error.message;
    throw error;
  }
}
