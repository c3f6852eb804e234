import { lazy, Suspense, useMemo, useState } from 'react';
import { reportLedger } from '../../audit/report/readReportAnchor.ts';
import type { Report } from '../../core/report/report.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { fill } from '../../core/verdict/messages.ts';
import { saveFile } from '../files/saveFile.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { reportWords } from '../words/report.en.ts';

const { anchor: words, sign } = reportWords;

const ReportWallet = lazy(() => import('./ReportWallet.tsx').then((module) => ({ default: module.ReportWallet })));

interface Props {
  readonly report: Report;
  readonly trust: Trust;
  /** An `evm-block` file. */
  readonly onBlocks: (text: string) => void;
}

/** Anchoring, where a ledger with the contract is pinned. */
export function AnchorPart({ report, trust, onBlocks }: Props) {
  const [open, setOpen] = useState(false);
  const [blocks, setBlocks] = useState<string>();
  const ledger = useMemo(() => findLedger(trust), [trust]);
  if (!ledger) return null;
  const take = (text: string): void => {
    setBlocks(text);
    onBlocks(text);
  };
  return (
    <section className={lists.card} aria-labelledby="anchor">
      <h2 id="anchor">{fill(words.title, { chainId: ledger.pin.chainId })}</h2>
      <p>{words.lead}</p>
      {blocks !== undefined ? (
        <>
          <p role="status">{words.done}</p>
          <p className={lists.actions}>
            <Button look="primary" onClick={() => saveFile(`report-${report.digest.slice(0, 8)}.blocks.json`, blocks)}>
              {words.save}
            </Button>
          </p>
        </>
      ) : open ? (
        <Suspense fallback={<p role="status">{sign.opening} …</p>}>
          <ReportWallet pin={ledger.pin} report={report} anchor={{ ...ledger, onBlocks: take }} />
        </Suspense>
      ) : (
        <p className={lists.actions}>
          <Button onClick={() => setOpen(true)}>{sign.open}</Button>
        </p>
      )}
    </section>
  );
}

function findLedger(trust: Trust): ReturnType<typeof reportLedger> | undefined {
  try {
    return reportLedger(trust);
  } catch (error) {
    if (error instanceof AuditorError && error.kind === 'usage') return undefined;
    throw error;
  }
}
