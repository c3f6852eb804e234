import { lazy, Suspense, useMemo, useState } from 'react';
import type { Report } from '../../core/report/report.ts';
import { reportText } from '../../core/report/sealReport.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { saveFile } from '../files/saveFile.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { reportWords } from '../words/report.en.ts';
import { ReportFacts } from './ReportFacts.tsx';

const { draft: words, sign } = reportWords;

const ReportWallet = lazy(() => import('./ReportWallet.tsx').then((module) => ({ default: module.ReportWallet })));

interface Props {
  readonly report: Report;
  readonly trust: Trust;
  readonly onSigned: (report: Report) => void;
  readonly onDiscard: () => void;
}

/** The report that was just made: what it will say, and the wallet that signs it. */
export function DraftPart({ report, trust, onSigned, onDiscard }: Props) {
  const [open, setOpen] = useState(false);
  const pin = useMemo(() => ledgerOf(trust), [trust]);
  return (
    <section className={lists.card} aria-labelledby="draft">
      <h2 id="draft">{words.title}</h2>
      <ReportFacts report={report} isDraft />
      <h3>{sign.title}</h3>
      <p>{sign.lead}</p>
      {open ? (
        <Suspense fallback={<p role="status">{sign.opening} …</p>}>
          <ReportWallet pin={pin} report={report} onSigned={onSigned} />
        </Suspense>
      ) : null}
      <p className={lists.actions}>
        {!open && (
          <Button look="primary" onClick={() => setOpen(true)}>
            {sign.open}
          </Button>
        )}
        <Button onClick={() => saveFile('report.draft.json', reportText(report))}>{words.save}</Button>
        <Button look="quiet" onClick={onDiscard}>
          {words.discard}
        </Button>
      </p>
    </section>
  );
}

/** Wallets are reached through a ledger's entry; where none is pinned any will do, and none of its nodes is asked. */
function ledgerOf({ evm = [] }: Trust): EvmPin & { readonly rpc: readonly [string, ...string[]] } {
  const pin = evm.find(({ rpc = [] }) => rpc.length > 0) ?? { chainId: 1, consensus: 'ethereum' as const };
  const [node = 'https://localhost', ...others] = pin.rpc ?? [];
  return { ...pin, rpc: [node, ...others] };
}
