import type { ReactNode } from 'react';
import type { Verdict } from '../../core/verdict/status.ts';
import { Labels } from '../parts/Labels.tsx';
import { Seal } from '../seal/Seal.tsx';
import { verdictSentences, verdictWords } from '../words/common.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import type { ToothState } from '../zipper/tooth.ts';
import styles from './VerdictHead.module.css';

interface Props {
  readonly verdict: Verdict;
  /** What is said of the thing, without the verdict. */
  readonly sentence: string;
  readonly why: string;
  readonly labels: readonly string[];
  readonly teeth: readonly ToothState[];
  /** In the field's words, in small type above the sentence. */
  readonly kind: string;
  /** The digest that people compare, once it is known. */
  readonly seal?: string | undefined;
  readonly children?: ReactNode;
}

/** The answer: its word with its shape, the sentence, why, labels, and one tooth for each check. */
export function VerdictHead({ verdict, sentence, why, labels, teeth, kind, seal, children }: Props) {
  return (
    <header className={`${styles.head} ${styles[verdict]}`}>
      <div className={styles.answer}>
        <div className={styles.words}>
          <p className={styles.word} data-verdict={verdict}>
            <StatusMark of={verdict} size={32} />
            <strong>{verdictWords[verdict]}</strong>
            <span className={styles.kind}>{kind}</span>
          </p>
          <h1 tabIndex={-1}>
            {sentence} <span className={styles.end}>{verdictSentences[verdict]}</span>
          </h1>
          <p className={styles.why}>{why}</p>
        </div>
        <div className={styles.seal}>{seal && <Seal digest={seal} size={144} />}</div>
      </div>
      <Labels labels={labels} />
      {children}
      <ZipperBar states={teeth} divider />
    </header>
  );
}
