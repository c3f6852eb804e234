import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import type { Fork } from '../../core/chain/types.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Notice } from '../parts/Notice.tsx';
import { MakeReport } from '../report/MakeReport.tsx';
import type { ChainSession } from '../session/chainSession.ts';
import type { ChainMarks } from '../session/pageSnapshot.ts';
import { useSuccession } from '../session/useSuccession.ts';
import { chain as words } from '../words/chain.en.ts';
import { chosenRows, ZipperLayout, type BlockRow } from '../zipper/layout.ts';
import { noRows } from '../../audit/remote/chainRows.ts';
import { BlockPanel } from './BlockPanel.tsx';
import { ChainHead } from './ChainHead.tsx';
import { ChainStrip } from './ChainStrip.tsx';
import { Findings } from './Findings.tsx';
import { GoToBlock } from './GoToBlock.tsx';
import { Troubles } from './Troubles.tsx';
import { ZipperTable } from './ZipperTable.tsx';
import { ZipperWindow } from './zipperWindow.ts';
import { chainSentence } from './chainSentence.ts';
import styles from './ChainScreen.module.css';

interface Props {
  readonly session: ChainSession;
  readonly block: string | undefined;
  readonly onBlock: (block: string) => void;
}

/** One audit as it runs: the answer so far, the zipper with the chosen block beside it, and everything that was found. */
export function ChainView({ session, block, onBlock }: Props) {
  const state = useSuccession(session);
  const announce = useAnnounce();
  const { snapshot } = useDeferredValue(state);
  const [onlyForks, setOnlyForks] = useState(false);
  const layout = useMemo(
    () => new ZipperLayout(snapshot?.mainChain ?? noRows, snapshot?.forks ?? noForks, snapshot?.stop ?? null),
    [snapshot?.mainChain, snapshot?.forks, snapshot?.stop],
  );
  const aside = useMemo(() => (onlyForks ? layout.aside() : undefined), [layout, onlyForks]);
  const shown = useMemo(() => (aside ? chosenRows(layout, aside) : layout), [layout, aside]);
  const selectedRow = useMemo(() => findRow(layout, block), [layout, block]);
  const selected = blockAt(layout, selectedRow);
  const [zipper] = useState(() => new ZipperWindow());
  const marks = snapshot?.marks ?? noMarks;
  const [at, setAt] = useState<number>();
  const goTo = (k: number): void => {
    setAt(k);
    const row = layout.row(layout.indexOfNumber(k));
    if (row?.type === 'block' && row.k === k) onBlock(row.block.block);
    zipper.scrollTo(k);
  };
  const { name } = session.pin;
  const audit = snapshot?.audit;
  const verdict = audit?.verdict;
  useEffect(() => {
    if (verdict) announce(`${name}: ${verdictWords[verdict]}.`);
  }, [announce, name, verdict]);

  const remaining = snapshot ? snapshot.progress.total - snapshot.progress.done : 0;
  const isClosed = snapshot?.stop !== null && snapshot?.stop?.reason !== 'end as shown';
  const head = snapshot?.audit
    ? isClosed
      ? ''
      : state.status === 'following'
        ? words.head.following
        : words.head.end
    : remaining > 0
      ? fill(words.head.more, { count: count(remaining, 'block') })
      : words.head.looking;
  return (
    <>
      <ChainHead session={session} state={state} sentence={chainSentence(session.pin, audit)} />
      {state.remark !== '' && <Notice title={state.remark} />}
      <section className={styles.chain} aria-labelledby="zipper-title">
        <div className={styles.bar}>
          <h2 id="zipper-title" className="visually-hidden">
            {words.zipperTitle}
          </h2>
          <GoToBlock layout={layout} onBlock={onBlock} />
          <label className={styles.filter}>
            <input type="checkbox" checked={onlyForks} onChange={(event) => setOnlyForks(event.target.checked)} />
            {words.show.forks}
          </label>
        </div>
        <Troubles marks={marks} window={zipper} at={at} onNumber={goTo} />
        <div className={styles.split}>
          <ChainStrip
            name={name}
            marks={marks}
            reading={state.status === 'running' && !audit ? snapshot?.read : undefined}
            window={zipper}
            onNumber={goTo}
          />
          <div>
            <ZipperTable
              key={String(onlyForks)}
              name={name}
              layout={shown}
              window={zipper}
              selected={aside ? aside.indexOf(selectedRow) : selectedRow}
              onSelect={onBlock}
              head={head}
              headState={isClosed ? 'closed' : 'open'}
              settled={audit !== null && audit !== undefined}
            />
            <p className={styles.hint}>{words.zipperHint}</p>
          </div>
          <BlockPanel session={session} row={selected ?? newest(layout, snapshot?.mainChain.at(-1)?.k)} />
        </div>
      </section>
      {snapshot && <Findings session={session} snapshot={snapshot} />}
      {audit && <MakeReport audit={() => ({ ...audit })} />}
    </>
  );
}

const noForks: readonly Fork[] = [];
const noMarks: ChainMarks = { bytes: new Uint8Array(0), length: 0 };

function blockAt(layout: ZipperLayout, index: number): BlockRow | undefined {
  const row = layout.row(index);
  return row?.type === 'block' ? row : undefined;
}

function newest(layout: ZipperLayout, k: number | undefined): BlockRow | undefined {
  return k === undefined ? undefined : blockAt(layout, layout.indexOfNumber(k));
}

/** The row of a block by its height or by H(b); −1 where there is none. */
function findRow(layout: ZipperLayout, text: string | undefined): number {
  if (text === undefined) return -1;
  return /^\d{1,15}$/.test(text)
    ? layout.indexOfHeight(Number(text))
    : text.length === 64
      ? layout.indexOfHash(text)
      : -1;
}
