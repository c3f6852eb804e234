import type { ReactNode } from 'react';
import type { Status } from '../../../core/verdict/status.ts';
import { statusWords } from '../../words/outcome.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import styles from './Answer.module.css';

interface Props {
  readonly status: Status;
  readonly sentence: ReactNode;
  readonly why?: string;
}

/** An answer on a page that asks several things: the word with its shape, the sentence, why. */
export function Answer({ status, sentence, why }: Props) {
  return (
    <section className={`${styles.answer} ${styles[status]}`} data-status={status} aria-labelledby="answer">
      <p className={styles.word}>
        <StatusMark of={status} size={28} />
        <strong>{statusWords[status]}</strong>
      </p>
      <h2 id="answer">{sentence}</h2>
      {why !== undefined && <p>{why}</p>}
    </section>
  );
}
