import { useState } from 'react';
import { checkpointOf, pinCheckpoint, type SaidCheckpoint } from '../../core/report/checkpoint.ts';
import type { Report } from '../../core/report/report.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { sameFact } from '../../core/trust/shape.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { fill } from '../../core/verdict/messages.ts';
import { pinHere, unpinHere } from '../anchors/usePins.ts';
import { number } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { reportWords } from '../words/report.en.ts';

const { checkpoint: words } = reportWords;

/** The end of a chain's report, offered as a checkpoint, with whose word that is. @param reports that hold */
export function CheckpointPart({ reports, trust }: { readonly reports: readonly Report[]; readonly trust: Trust }) {
  const [fault, setFault] = useState('');
  const [done, setDone] = useState('');
  const said = reports.map((report) => offerOf(report, trust)).filter((each) => each !== undefined);
  const [last] = said.toSorted((a, b) => b.checkpoint.k - a.checkpoint.k);
  if (!last) return null;
  const { auditor, chain, checkpoint, report } = last;
  const kept = trust.chains?.find(({ name }) => name === chain)?.checkpoint;
  const isPinned = kept !== undefined && sameFact(kept, checkpoint);
  const pin = (): void => {
    try {
      const pinned = pinCheckpoint(trust, last).chains?.find(({ name }) => name === chain);
      if (!pinned) return;
      if (kept) unpinHere(['chains', chain, 'checkpoint']);
      pinHere({ chains: [pinned] }, { how: 'document', name: `${auditor}, ${report.slice(0, 8)}`, at: Date.now() });
      setDone(auditor);
      setFault('');
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={lists.card} aria-labelledby="checkpoint">
      <h2 id="checkpoint">{words.title}</h2>
      <p>
        {fill(words.text, {
          auditor,
          chain: quoted(chain),
          k: number(checkpoint.k),
          height: number(checkpoint.height),
        })}
      </p>
      {fault && <Notice urgent title={fault} />}
      {isPinned ? (
        <p role="status">{fill(words.pinned, { auditor: done || auditor })}</p>
      ) : (
        <p className={lists.actions}>
          <Button onClick={pin}>{words.pin}</Button>
        </p>
      )}
    </section>
  );
}

function offerOf(report: Report, trust: Trust): SaidCheckpoint | undefined {
  try {
    return checkpointOf(report, trust);
  } catch (error) {
    if (error instanceof AuditorError && error.kind === 'usage') return undefined;
    throw error;
  }
}
