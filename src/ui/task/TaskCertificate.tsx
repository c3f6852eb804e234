import { useState } from 'react';
import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import { certifyTaskInWorkers } from '../../audit/task/certifyTaskInWorkers.ts';
import type { TaskTimeline } from '../../core/task/timeline.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import { usePins } from '../anchors/usePins.ts';
import { handOver } from '../files/handoff.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { saveFile } from '../files/saveFile.ts';
import { size } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { Seal } from '../seal/Seal.tsx';
import { taskWords } from '../words/task.en.ts';
import type { ContractSession } from './contractSession.ts';
import styles from './Task.module.css';

const { certificate: words } = taskWords;

type Making =
  | { readonly step: 'idle' | 'making' }
  | { readonly step: 'failed'; readonly reason: string }
  | { readonly step: 'made'; readonly text: string; readonly digest: string };

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
      const { digest } = JSON.parse(text) as { readonly digest: string };
      setMaking({ step: 'made', text, digest });
    } catch (error) {
      setMaking({ step: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  const text = making.step === 'made' ? making.text : '';
  return (
    <section className={lists.section} aria-labelledby="certificate">
      <h2 id="certificate">{words.title}</h2>
      {making.step === 'failed' && <Notice urgent title={fill(words.failed, { reason: making.reason })} />}
      {making.step === 'made' ? (
        <div className={styles.made}>
          <Seal digest={making.digest} size={120} />
          <div>
            <p>
              {name} · {fill(words.made, { size: size(text.length) })}
            </p>
            <Digest hex={making.digest} what={words.title} />
            <p className={lists.actions}>
              <Button look="primary" onClick={() => saveFile(name, text)}>
                {words.download}
              </Button>
              <Button onClick={() => void handOver({ files: [{ name, bytes: new TextEncoder().encode(text) }] })}>
                {words.check}
              </Button>
              <Button
                onClick={() => saveFile(`ledger-${pin.chainId}.trust.json`, serializeTrust({ ...trust, evm: [pin] }))}
              >
                {words.trust}
              </Button>
            </p>
            <p className={lists.hint}>{words.needs}</p>
          </div>
        </div>
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
