import { useMemo, useState } from 'react';
import { keccak256 } from '../../../core/bytes/hash.ts';
import { toHex } from '../../../core/bytes/hex.ts';
import type { TraceProofDetails } from '../../../core/trace/checkProof.ts';
import type { SymbolLookup } from '../../../core/trace/eventJson.ts';
import { leafCount } from '../../../core/trace/metadata.ts';
import { readShownLeaf } from '../../../core/trace/shownEvents.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { MerklePicture } from '../../merkle/MerklePicture.tsx';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { batchPath } from './batchPath.ts';
import { eventParts } from './eventParts.ts';
import styles from './ShownEvents.module.css';
import { Told } from './Told.tsx';

const { shown: words } = traceAudit;

/** Beyond these, events are drawn when they are asked for. */
const firstEvents = 20;

interface Props {
  readonly details: TraceProofDetails;
  readonly lookup: SymbolLookup;
  /** Whether what is shown leads to the root. */
  readonly isIncluded: boolean;
}

/** The events that the holder gives away, and the way of the chosen one to the root that was signed. */
export function ShownEvents({ details, lookup, isIncluded }: Props) {
  const { events, proof } = details;
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState(events[0]?.index ?? 0);
  const hasHidden = events.some(({ isWhole }) => !isWhole);
  const shown = all ? events : events.slice(0, firstEvents);
  return (
    <>
      <section className={lists.section} aria-labelledby="shown-events">
        <h2 id="shown-events">{words.proofTitle}</h2>
        {hasHidden && <p className={lists.hint}>{words.hiddenText}</p>}
        <ol role="list" className={`${lists.lines} ${styles.events}`}>
          {shown.map(({ index, event }) => (
            <li key={index}>
              <p className={styles.sentence}>
                <Told parts={eventParts(event, lookup)} />
              </p>
              <p className={styles.place}>
                {fill(words.numberOf, { index: number(index), count: number(proof.metadata.count) })}
              </p>
              {events.length > 1 && isIncluded && (
                <Button
                  aria-label={fill(words.choose, { index: number(index) })}
                  aria-pressed={index === chosen}
                  onClick={() => setChosen(index)}
                >
                  {words.toRoot}
                </Button>
              )}
            </li>
          ))}
        </ol>
        {shown.length < events.length && (
          <p>
            <Button onClick={() => setAll(true)}>{fill(words.all, { count: number(events.length) })}</Button>
          </p>
        )}
      </section>
      <EventPath proof={proof} lookup={lookup} index={chosen} isIncluded={isIncluded} />
    </>
  );
}

interface PathProps {
  readonly proof: TraceProofDetails['proof'];
  readonly lookup: SymbolLookup;
  readonly index: number;
  readonly isIncluded: boolean;
}

function EventPath({ proof, lookup, index, isIncluded }: PathProps) {
  const { metadata, leaves, nodes } = proof;
  const leaf = Math.floor(index / metadata.eventsPerLeaf);
  const hashes = useMemo(
    () => new Map(leaves.map((each) => [each.index, hashOf(() => readShownLeaf(each, metadata, lookup).hash)])),
    [leaves, metadata, lookup],
  );
  const known = useMemo(() => {
    const found = [...hashes].filter((each): each is [number, Uint8Array] => each[1] !== undefined);
    return found.length === hashes.size ? new Map(found) : undefined;
  }, [hashes]);
  const path = useMemo(
    () => (isIncluded && known ? batchPath(leaf, leafCount(metadata), known, nodes)?.map(toHex) : undefined),
    [isIncluded, known, leaf, metadata, nodes],
  );
  const own = known?.get(leaf);
  return (
    <section className={lists.section} aria-labelledby="event-path">
      <h2 id="event-path">{fill(words.path, { index: number(index) })}</h2>
      <p className={lists.hint}>{path && own ? words.pathText : words.pathFails}</p>
      {path && own && (
        <MerklePicture
          key={leaf}
          leaf={toHex(own)}
          index={leaf}
          leaves={leafCount(metadata)}
          path={path}
          hash={keccak256}
        />
      )}
    </section>
  );
}

/** A leaf that cannot be read has no hash; that it cannot be read is said by the checks. */
function hashOf(read: () => Uint8Array): Uint8Array | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
