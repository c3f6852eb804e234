import type { ReactNode } from 'react';
import type { Verdict } from '../../core/verdict/status.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { Labels } from '../parts/Labels.tsx';
import { Seal } from '../seal/Seal.tsx';
import { verdictSentences } from '../words/common.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './VerdictHead.module.css';

interface Props {
  /** Undefined while it is being found. */
  readonly verdict: Verdict | undefined;
  /** What is said of the thing, without the verdict. */
  readonly sentence: string;
  readonly why: string;
  /** When it was judged, and why at that time. */
  readonly when?: string | undefined;
  /** Leads to where another time can be chosen. */
  readonly onOtherTime?: () => void;
  readonly labels: readonly string[];
  /** In the field's words, in small type beside the verdict. */
  readonly kind: string;
  /** The digest that people compare, once it is known. */
  readonly seal?: string | undefined;
  /** The zipper below: one tooth for each check, or the progress. */
  readonly children: ReactNode;
}

/** The answer: its word with its shape, the sentence, why, labels. It takes the same room before there is an answer. */
export function VerdictHead({ verdict, sentence, why, when, onOtherTime, labels, kind, seal, children }: Props) {
  return (
    <header className={`${styles.head} ${styles[verdict ?? 'pending']}`}>
      <div className={styles.answer}>
        <div className={styles.words}>
          <p className={styles.word} data-verdict={verdict}>
            <StatusMark of={verdict ?? 'pending'} size={32} />
            <strong>{verdict ? verdictWords[verdict] : words.pending}</strong>
            <span className={styles.kind}>{kind}</span>
          </p>
          <h1 tabIndex={-1}>
            {sentence} {verdict && <span className={styles.end}>{verdictSentences[verdict]}</span>}
          </h1>
          <p className={styles.why}>{why}</p>
          {when !== undefined && (
            <p className={styles.when}>
              {when}{' '}
              {onOtherTime && (
                <button type="button" className={styles.other} onClick={onOtherTime}>
                  {words.otherTime}
                </button>
              )}
            </p>
          )}
        </div>
        <div className={styles.seal}>{seal && <Seal digest={seal} size={144} />}</div>
      </div>
      <Labels labels={labels} />
      {children}
    </header>
  );
}
