import { useMemo, type ReactNode } from 'react';
import { isHex } from '../../core/bytes/hex.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { useChainLabels } from '../anchors/useChainLabels.ts';
import { usePins } from '../anchors/usePins.ts';
import { list } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import { ButtonLink } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Labels } from '../parts/Labels.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Seal } from '../seal/Seal.tsx';
import { useFind } from '../session/useFind.ts';
import { common } from '../words/common.en.ts';
import { tx as words } from '../words/tx.en.ts';
import { FoundRecord } from './FoundRecord.tsx';
import { Stepper } from './Stepper.tsx';
import styles from './TransactionScreen.module.css';

interface Props {
  /** H(d), as it stands in the address. */
  readonly hash: string;
  /** Only this chain, where the address names one. */
  readonly chain: string | undefined;
}

/** The page of one record: from its digest to a certificate. */
export function TransactionScreen({ hash, chain }: Props) {
  if (!isHex(hash, 32)) {
    return (
      <>
        <h1>{words.eyebrow}</h1>
        <Notice title={fill(words.badHash, { text: hash })} next={words.badHashNext} />
      </>
    );
  }
  return <KnownRecord hash={hash} chain={chain} />;
}

function KnownRecord({ hash, chain }: Props) {
  const { trust } = usePins();
  const pins = useMemo(
    () => (trust.chains ?? []).filter(({ name }) => chain === undefined || name === chain),
    [trust, chain],
  );
  const hashes = useMemo(() => [hash], [hash]);
  const answer = useFind(hashes, pins);
  if (answer.result === 'found') return <FoundRecord finding={answer.finding} />;
  const chains = list(pins.map(({ name }) => quoted(name)));
  const kind = pins.length === 0 ? 'noChains' : answer.result;
  const rest = (
    <>
      <Stepper found={undefined} state={undefined} made={false} />
      <p className={styles.digest}>
        <span>{words.digest}</span> <Digest hex={hash} what={words.digest} />
      </p>
      {kind === 'noChains' && (
        <Notice title={words.title.noChains} next={words.noChainsNext}>
          <ButtonLink href="#/anchors">{common.navigation.anchors}</ButtonLink>
        </Notice>
      )}
      {kind === 'absent' && <p>{words.absentNext}</p>}
      {kind === 'unknown' && <p>{words.unknownNext}</p>}
      {(kind === 'searching' || kind === 'unknown') && (
        <ul role="list" className={styles.chains}>
          {pins.map(({ name }) => (
            <li key={name}>
              <a href={`#/chain/${encodeURIComponent(name)}`}>{name}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
  return (
    <>
      <header className={styles.head}>
        <div>
          <p className={styles.eyebrow}>{words.eyebrow}</p>
          <h1>{fill(words.title[kind], { chains })}</h1>
        </div>
        <Seal digest={hash} size={96} />
      </header>
      {pins.length === 1 && pins[0] ? <UnderLabels chain={pins[0]}>{rest}</UnderLabels> : rest}
    </>
  );
}

/** Where one chain alone is searched its labels stand there already, so that nothing moves down when the record is found. */
function UnderLabels({ chain, children }: { readonly chain: ChainPin; readonly children: ReactNode }) {
  const labels = useChainLabels(chain);
  if (!labels) return null;
  return (
    <>
      <Labels labels={labels} />
      {children}
    </>
  );
}
