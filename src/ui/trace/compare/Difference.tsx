import { useId } from 'react';
import type { ComparedSide, ComparedTraces } from '../../../audit/trace/compareTraces.ts';
import type { TraceEvent } from '../../../core/trace/event.ts';
import { eventToJson, type SymbolLookup } from '../../../core/trace/eventJson.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { count, list, number } from '../../format/quantity.ts';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { eventParts, type Part } from '../audit/eventParts.ts';
import { Told } from '../audit/Told.tsx';
import { ForkPicture } from './ForkPicture.tsx';
import { markedParts } from './markedParts.ts';
import styles from './Difference.module.css';

const { compare: words } = traceAudit;

/** Events before the difference that are shown. */
const shownBefore = 4;

interface Props {
  readonly compared: ComparedTraces;
  /** What the two are called. */
  readonly names: readonly [string, string];
}

/** The first event in which two traces differ, on both sides: what happened, which calls were open, and what the host had answered last. */
export function Difference({ compared, names }: Props) {
  const { divergence, counts, holds, isSameProgram, hashesFetched, comparisons } = compared;
  const heading = useId();
  const faults = names.filter((_, side) => holds[side] === false);
  const open = names.filter((_, side) => holds[side] === undefined);
  const figures = fill(words.figures, {
    hashes: count(hashesFetched, 'hash'),
    comparisons: count(comparisons, 'pair'),
    events: [...new Set(counts.map(number))].join(' and '),
  });
  return (
    <section className={lists.section} aria-labelledby={heading}>
      <h2 id={heading}>{divergence ? differenceTitle(compared) : words.same}</h2>
      <p className={lists.hint}>{figures}</p>
      {faults.map((name) => (
        <Notice key={name} title={fill(words.doesNotHold, { name })} />
      ))}
      {!isSameProgram && <Notice title={words.otherProgram} />}
      {open.length > 0 && (
        <p className={lists.hint}>{fill(words.cannotTell, { names: list(open.map((name) => `“${name}”`)) })}</p>
      )}
      {divergence && (
        <>
          <ForkPicture
            before={divergence.index}
            names={names}
            isOver={[divergence.left.event === undefined, divergence.right.event === undefined]}
          />
          <h3>{words.before}</h3>
          {divergence.before.length === 0 ? (
            <p>{words.beforeNone}</p>
          ) : (
            <ol role="list" className={`${lists.lines} ${styles.before}`}>
              {divergence.before.slice(-shownBefore).map((event, place, all) => (
                <li key={place}>
                  <span className={styles.number}>{number(divergence.index - all.length + place)}</span>
                  <span>
                    <Told parts={sentenceOf(event, lookupOf(divergence.left)) ?? []} />
                  </span>
                </li>
              ))}
            </ol>
          )}
          <div className={styles.sides}>
            <Side side={divergence.left} other={divergence.right} name={names[0]} index={divergence.index} />
            <Side side={divergence.right} other={divergence.left} name={names[1]} index={divergence.index} />
          </div>
        </>
      )}
    </section>
  );
}

/** The answer in one sentence. */
export function differenceTitle({ divergence }: ComparedTraces): string {
  if (!divergence) return words.same;
  const isOver = divergence.left.event === undefined || divergence.right.event === undefined;
  return fill(isOver ? words.prefix : words.different, { index: number(divergence.index) });
}

interface SideProps {
  readonly side: ComparedSide;
  readonly other: ComparedSide;
  readonly name: string;
  readonly index: number;
}

function Side({ side, other, name, index }: SideProps) {
  const lookup = lookupOf(side);
  const own = sentenceOf(side.event, lookup);
  const theirs = sentenceOf(other.event, lookupOf(other));
  const nameOf = (at: number): string => side.functions.find((each) => each.index === at)?.name ?? `func[${at}]`;
  return (
    <article aria-label={name}>
      <h3>{name}</h3>
      <p className={styles.event}>
        <span className={styles.number}>{number(index)}</span>
        <span>{own ? <Told parts={markedParts(own, theirs)} /> : words.over}</span>
      </p>
      <h4>{words.stack}</h4>
      {side.stack.length === 0 ? (
        <p>{words.stackNone}</p>
      ) : (
        <ol className={styles.stack}>
          {side.stack.map((call) => (
            <li key={`${call.index} ${call.span}`}>
              <code>
                <bdi>{nameOf(call.function)}</bdi>
              </code>{' '}
              <span className={lists.hint}>
                {fill(words.stackCall, { span: String(call.span), index: number(call.index) })}
              </span>
            </li>
          ))}
        </ol>
      )}
      {!side.isStackWhole && <p className={lists.hint}>{words.stackPart}</p>}
      <h4>{words.host}</h4>
      {side.hostCall ? (
        <p className={styles.event}>
          <span className={styles.number}>{number(side.hostCall.index)}</span>
          <span>
            <Told parts={sentenceOf(side.hostCall.event, lookup) ?? []} />
          </span>
        </p>
      ) : (
        <p>{words.hostNone}</p>
      )}
    </article>
  );
}

function lookupOf({ functions, sites }: ComparedSide): SymbolLookup {
  return {
    functionAt: (index) => functions.find((each) => each.index === index),
    siteAt: (site) => sites.find((each) => each.site === site),
  };
}

/** The event in words; its bare kind where its symbols do not fit it. */
function sentenceOf(event: TraceEvent | undefined, lookup: SymbolLookup): readonly Part[] | undefined {
  if (!event) return undefined;
  try {
    return eventParts(eventToJson(event, lookup), lookup);
  } catch (error) {
    if (error instanceof FormatError) return [{ value: event.kind }];
    throw error;
  }
}
