import type { EvmPin } from '../../core/trust/trust.ts';
import lists from '../parts/lists.module.css';
import { taskWords } from '../words/task.en.ts';
import { EventFacts } from './EventFacts.tsx';
import { Seals } from './Seals.tsx';
import type { LaidMark } from './timelineLayout.ts';
import styles from './Task.module.css';

const { proof: words } = taskWords;

interface Props {
  readonly pin: EvmPin;
  readonly laid: LaidMark;
}

/** Everything that one mark rests on, with the validators who sealed its block. */
export function EventProof({ pin, laid }: Props) {
  return (
    <section className={`${lists.card} ${styles.proof}`} aria-labelledby="proof">
      <EventFacts laid={laid}>
        <h3>{words.seals}</h3>
        <Seals pin={pin} event={laid.mark.event} />
      </EventFacts>
    </section>
  );
}
