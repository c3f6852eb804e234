import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { pathInWorker } from '../../audit/local/hashInWorker.ts';
import { fill } from '../../core/verdict/messages.ts';
import { useChainLabels } from '../anchors/useChainLabels.ts';
import { betweenMoments } from '../format/moment.ts';
import { count, number } from '../format/quantity.ts';
import { MerklePicture } from '../merkle/MerklePicture.tsx';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Labels } from '../parts/Labels.tsx';
import { Seal } from '../seal/Seal.tsx';
import type { Finding } from '../session/useFind.ts';
import { tx as words } from '../words/tx.en.ts';
import { CertificateMaker } from './CertificateMaker.tsx';
import { Stepper } from './Stepper.tsx';
import { recordedBetween } from './recordedBetween.ts';
import styles from './TransactionScreen.module.css';

/** A record that stands on a chain: when, where, why it is certain, and the certificate. */
export function FoundRecord({ finding }: { readonly finding: Finding }) {
  const { session, state, hash, found } = finding;
  const { block, leaf, transactions, earlierTreesUnread } = found;
  const { pin } = session;
  const leaves = transactions.length / 32;
  const announce = useAnnounce();
  const [made, setMade] = useState(false);
  const { data: path } = useQuery({
    queryKey: ['path', block.block, leaf],
    queryFn: ({ signal }) => pathInWorker(transactions, leaf, signal),
    staleTime: Infinity,
  });
  const labels = useChainLabels(pin);
  const between = recordedBetween(state.snapshot?.mainChain ?? [], block);
  const sentence = fill(words.title.found, { between: between ? betweenMoments(...between) : '…', chain: pin.name });
  useEffect(() => announce(sentence), [announce, sentence]);
  const verdict = state.snapshot?.audit?.verdict;
  return (
    <>
      <header className={styles.head}>
        <div>
          <p className={styles.eyebrow}>{words.eyebrow}</p>
          <h1>{sentence}</h1>
          <p>
            {verdict === undefined
              ? words.lead.notYet
              : verdict === 'rejected'
                ? words.lead.rejected
                : words.lead.certifiable}
          </p>
        </div>
        <Seal digest={hash} size={120} />
      </header>
      <Labels labels={state.snapshot?.audit?.labels ?? labels ?? []} />
      <Stepper found={found} state={state} chain={pin.name} made={made} />
      <CertificateMaker finding={finding} onMade={() => setMade(true)} />
      <section className={styles.section} aria-labelledby="path">
        <h2 id="path">{words.path.title}</h2>
        <p>{words.path.lead}</p>
        {path ? (
          <MerklePicture leaf={path.leaf} index={leaf} leaves={leaves} path={path.path} />
        ) : (
          <p>{words.path.tooMany}</p>
        )}
      </section>
      <Facts
        facts={[
          [words.digest, <Digest key="d" hex={hash} what={words.digest} />],
          [
            words.facts.chain,
            <a key="chain" href={`#/chain/${encodeURIComponent(pin.name)}`}>
              {pin.name}
            </a>,
          ],
          [
            words.facts.block,
            <a key="block" href={`#/chain/${encodeURIComponent(pin.name)}?block=${block.block}`}>
              {fill(words.steps.blockText, { height: number(block.height ?? 0) })}
            </a>,
          ],
          [words.facts.skew, fill(words.facts.skewText, { seconds: count(pin.skewSeconds ?? 0, 'second') })],
        ]}
      />
      {earlierTreesUnread && <p>{words.facts.earlier}</p>}
    </>
  );
}
