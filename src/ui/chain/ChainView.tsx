import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Notice } from '../parts/Notice.tsx';
import type { ChainSession } from '../session/chainSession.ts';
import { useSuccession } from '../session/useSuccession.ts';
import { verdictWords } from '../words/common.en.ts';
import { chain as words } from '../words/chain.en.ts';
import { layoutZipper, type BlockRow, type ZipperLayout } from '../zipper/layout.ts';
import { BlockPanel } from './BlockPanel.tsx';
import { ChainHead } from './ChainHead.tsx';
import { Findings } from './Findings.tsx';
import { GoToBlock } from './GoToBlock.tsx';
import { ZipperTable } from './ZipperTable.tsx';
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
    () => layoutZipper(snapshot?.mainChain ?? [], snapshot?.forks ?? [], snapshot?.stop ?? null),
    [snapshot?.mainChain, snapshot?.forks, snapshot?.stop],
  );
  const shown = useMemo(() => (onlyForks ? aside(layout) : layout), [layout, onlyForks]);
  const selected = useMemo(() => findRow(layout, block), [layout, block]);
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
        <div className={styles.split}>
          <div>
            <ZipperTable
              key={String(onlyForks)}
              name={name}
              layout={shown}
              selected={selected?.block.block}
              onSelect={onBlock}
              head={head}
              headState={isClosed ? 'closed' : 'open'}
              settled={audit !== null && audit !== undefined}
            />
            <p className={styles.hint}>{words.zipperHint}</p>
          </div>
          <BlockPanel session={session} row={selected ?? newest(layout)} />
        </div>
      </section>
      {snapshot && <Findings pin={session.pin} snapshot={snapshot} />}
    </>
  );
}

/** Forks, gaps and the blocks that forks leave from. */
function aside(layout: ZipperLayout): ZipperLayout {
  return {
    ...layout,
    rows: layout.rows.filter((row) => row.type === 'stop' || row.lane > 0 || row.leaving.length > 0),
  };
}

function newest({ rows }: ZipperLayout): BlockRow | undefined {
  return rows.findLast((row): row is BlockRow => row.type === 'block' && row.lane === 0);
}

function findRow({ rows }: ZipperLayout, text: string | undefined): BlockRow | undefined {
  if (text === undefined) return undefined;
  const isHeight = /^\d{1,15}$/.test(text);
  return rows.find(
    (row): row is BlockRow =>
      row.type === 'block' &&
      (isHeight ? row.lane === 0 && row.block.height === Number(text) : row.block.block === text),
  );
}
