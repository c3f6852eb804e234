import { Fragment } from 'react';
import { traceAudit } from '../../words/traceAudit.en.ts';
import type { MarkedPart } from '../compare/markedParts.ts';
import type { Part } from './eventParts.ts';
import styles from './Told.module.css';

/** A sentence about an event: what is the trace's own in type of its own, what was not disclosed as a box with a pattern. */
export function Told({ parts }: { readonly parts: readonly (Part | MarkedPart)[] }) {
  return (
    <>
      {parts.map((part, index) => {
        if ('text' in part) return <Fragment key={index}>{part.text}</Fragment>;
        if ('joined' in part) return <Told key={index} parts={part.joined} />;
        if ('hidden' in part) {
          return (
            <span key={index} className={styles.hidden}>
              {traceAudit.hidden}
            </span>
          );
        }
        const value = (
          <code key={index} className={styles.value}>
            <bdi>{part.value}</bdi>
          </code>
        );
        return 'differs' in part && part.differs ? (
          <mark key={index} className={styles.differs}>
            {value}
          </mark>
        ) : (
          value
        );
      })}
    </>
  );
}
