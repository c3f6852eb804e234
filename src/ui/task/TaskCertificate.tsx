import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import { certifyTaskInWorkers } from '../../audit/task/certifyTaskInWorkers.ts';
import type { TaskTimeline } from '../../core/task/timeline.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import { usePins } from '../anchors/usePins.ts';
import type { ReadFile } from '../files/readFiles.ts';
import lists from '../parts/lists.module.css';
import { MakeCertificate } from '../parts/MakeCertificate.tsx';
import { taskWords } from '../words/task.en.ts';
import type { ContractSession } from './contractSession.ts';

const { certificate: words } = taskWords;

interface Props {
  readonly session: ContractSession;
  readonly result: ContractEvents;
  readonly timeline: TaskTimeline;
  readonly verdict: Verdict;
  /** The attestation document among the files that were dropped. */
  readonly document: ReadFile | undefined;
}

/** Makes the certificate of a task that was carried out. */
export function TaskCertificate({ session: { pin, address }, result: { head }, timeline, verdict, document }: Props) {
  const { trust } = usePins();
  const isCompleted = timeline.state === 'completed';
  const canMake = isCompleted && verdict === 'verified' && document && head;
  const make = async (): Promise<string> => {
    if (!canMake) throw new Error(words.notYet);
    const id = BigInt(timeline.id);
    const events = timeline.marks.map(({ event }) => event);
    const attestation = document.bytes;
    const now = Date.now();
    return certifyTaskInWorkers({ pin, trust, contract: address, id, events, head, attestation, now });
  };
  return (
    <section className={lists.section} aria-labelledby="certificate">
      <h2 id="certificate">{words.title}</h2>
      <MakeCertificate
        words={words}
        name={`task-${timeline.id}.affidavit.json`}
        pin={pin}
        missing={canMake ? undefined : isCompleted ? words.notYet : words.notCompleted}
        look="primary"
        make={make}
      />
    </section>
  );
}
