import { useState } from 'react';
import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import { certifyTaskInWorkers } from '../../audit/task/certifyTaskInWorkers.ts';
import type { TaskTimeline } from '../../core/task/timeline.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import { usePins } from '../anchors/usePins.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { MadeCertificate, madeCertificate, type Made } from '../parts/MadeCertificate.tsx';
import { Notice } from '../parts/Notice.tsx';
import { taskWords } from '../words/task.en.ts';
import type { ContractSession } from './contractSession.ts';

const { certificate: words } = taskWords;

type Making =
  | { readonly step: 'idle' | 'making' }
  | { readonly step: 'failed'; readonly reason: string }
  | { readonly step: 'made'; readonly made: Made };

interface Props {
  readonly session: ContractSession;
  readonly result: ContractEvents;
  readonly timeline: TaskTimeline;
  readonly verdict: Verdict;
  /** The attestation document among the files that were dropped. */
  readonly document: ReadFile | undefined;
}

/** Makes the certificate of a task that was carried out, and hands it to the person. */
export function TaskCertificate({ session, result, timeline, verdict, document }: Props) {
  const { pin, address } = session;
  const { trust } = usePins();
  const [making, setMaking] = useState<Making>({ step: 'idle' });
  const name = `task-${timeline.id}.affidavit.json`;
  const { head } = result;
  const canMake = timeline.state === 'completed' && verdict === 'verified' && document && head;
  const make = async (): Promise<void> => {
    if (!document || !head) return;
    setMaking({ step: 'making' });
    try {
      const events = timeline.marks.map(({ event }) => event);
      const id = BigInt(timeline.id);
      const now = Date.now();
      const text = await certifyTaskInWorkers({
        pin,
        trust,
        contract: address,
        id,
        events,
        head,
        attestation: document.bytes,
        now,
      });
      setMaking({ step: 'made', made: madeCertificate(name, text) });
    } catch (error) {
      setMaking({ step: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <section className={lists.section} aria-labelledby="certificate">
      <h2 id="certificate">{words.title}</h2>
      {making.step === 'failed' && <Notice urgent title={fill(words.failed, { reason: making.reason })} />}
      {making.step === 'made' ? (
        <MadeCertificate
          made={making.made}
          trust={{ name: `ledger-${pin.chainId}.trust.json`, trust: { ...trust, evm: [pin] } }}
          needs={words.needs}
        />
      ) : (
        <>
          <p>{words.hint}</p>
          {!canMake && <p>{timeline.state === 'completed' ? words.notYet : words.notCompleted}</p>}
          <p>
            <Button look="primary" disabled={!canMake || making.step === 'making'} onClick={() => void make()}>
              {making.step === 'making' ? words.making : words.make}
            </Button>
          </p>
        </>
      )}
    </section>
  );
}
