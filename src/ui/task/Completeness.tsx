import type { Completeness as Found } from '../../core/evm/completeness.ts';
import type { Check } from '../../core/verdict/check.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './Task.module.css';

const { completeness: words } = taskWords;

interface Props {
  readonly found: Found;
  /** Of the reading: one of them says whether the contract's own count contradicts what was shown. */
  readonly checks: readonly Check[];
}

/** Whether a node could have left something out, in words, and what that rests on. */
export function Completeness({ found, checks }: Props) {
  const { how, from, to, tested, opened, counter } = found;
  const contradicted = checks.some(({ code, status }) => code === 'EVM_COMPLETE' && status === 'fail');
  const range = { from: number(from), to: number(to) };
  return (
    <section className={lists.section} aria-labelledby="completeness">
      <h2 id="completeness">{words.title}</h2>
      <p className={styles.outcome}>
        <StatusMark of={contradicted ? 'fail' : how === 'none' ? 'unknown' : 'pass'} size={24} />
        <span>{fill(words[contradicted ? 'contradicted' : how], range)}</span>
      </p>
      <Facts
        facts={[
          [words.facts.range, fill(words.facts.rangeText, range)],
          [words.facts.tested, number(tested)],
          [words.facts.opened, number(opened)],
          [words.facts.counted, counter ? number(counter.count) : null],
        ]}
      />
    </section>
  );
}
