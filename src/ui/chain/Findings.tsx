import { useMemo, type ReactNode } from 'react';
import type { JudgedAudit } from '../../audit/remote/protocol.ts';
import type { ChainSession } from '../session/chainSession.ts';
import type { PageSnapshot } from '../session/pageSnapshot.ts';
import { chainMessages } from '../../core/chain/messages.en.ts';
import type { Equivocation } from '../../core/chain/types.ts';
import { equivocationFile } from '../../core/chain/equivocation/equivocationFile.ts';
import { fill } from '../../core/verdict/messages.ts';
import { nitroMessages } from '../../core/tee/nitro/messages.en.ts';
import { jwtMessages } from '../../core/jwt/messages.en.ts';
import { saveFile } from '../files/saveFile.ts';
import { count, list, number } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { CheckTree } from '../verdict/CheckTree.tsx';
import { evidenceSource } from '../verdict/evidence.ts';
import type { EvidenceKeeper } from '../verdict/evidenceKeeper.ts';
import { decisivePath } from '../verdict/tree.ts';
import { chain } from '../words/chain.en.ts';
import { durability as durabilityWords } from '../words/durability.en.ts';
import { told } from '../words/told.ts';
import { Durability } from './Durability.tsx';
import { Seats } from './Seats.tsx';
import { blockAddress } from './BlockLine.tsx';
import styles from './ChainScreen.module.css';

const { findings: words } = chain;
const messages = {
  ...told('nitro', nitroMessages),
  ...told('jwt', jwtMessages),
  ...told('chain', chainMessages),
};
const noEvidence = evidenceSource(() => []);
const listedAtMost = 50;

/** Everything that an audit found, each only where there is something to say. */
export function Findings({ session, snapshot }: { readonly session: ChainSession; readonly snapshot: PageSnapshot }) {
  const { audit, buckets } = snapshot;
  const { pin } = session;
  const keeper = useMemo((): EvidenceKeeper => {
    const chainId = session.pin.genesis ?? '';
    return {
      where: ({ name = 'hold/…' }) => fill(words.documentWhere, { name: `${chainId}/${name}` }),
      read: ({ digest }) => session.document(digest),
      gone: words.documentGone,
    };
  }, [session]);
  return (
    <>
      {audit && audit.checks.length > 0 && (
        <Finding title={words.checks}>
          <CheckTree
            key={audit.verdict}
            checks={audit.checks}
            messages={messages}
            evidence={noEvidence}
            keeper={keeper}
            decisive={
              audit.verdict === 'verified'
                ? undefined
                : decisivePath(audit.checks, audit.verdict === 'rejected' ? 'fail' : 'unknown')
            }
          />
        </Finding>
      )}
      {buckets.length > 0 && (
        <Finding title={words.storage} hint={words.storageHint}>
          <Seats buckets={buckets} />
        </Finding>
      )}
      {audit && <Others audit={audit} />}
      {audit && (
        <Finding title={durabilityWords.title} hint={durabilityWords.hint}>
          <Durability />
        </Finding>
      )}
      {audit && (
        <p>
          <Button onClick={() => saveFile(`${pin.name}.report.json`, `${JSON.stringify(audit, null, 2)}\n`)}>
            {words.report}
          </Button>
        </p>
      )}
    </>
  );
}

function Others({ audit }: { readonly audit: JudgedAudit }) {
  const { genesis, forks, junk, missingTrees, equivocation, orphans, counts } = audit;
  return (
    <>
      {equivocation.length > 0 && (
        <Finding title={words.equivocation} hint={words.equivocationHint}>
          <ul role="list" className={styles.list}>
            {equivocation.slice(0, listedAtMost).map((pair) => (
              <Contradiction key={`${pair.k.join()} ${pair.y.join()}`} pair={pair} genesis={genesis ?? ''} />
            ))}
          </ul>
          <ListedOnly of={equivocation} />
        </Finding>
      )}
      {forks.length > 0 && (
        <Finding title={words.forks}>
          <ul role="list" className={styles.list}>
            {forks.slice(0, listedAtMost).map((fork) => (
              <li key={fork.blocks[0]?.timestampHash}>
                <a href={blockAddress(fork.blocks[0]?.block ?? '')}>
                  {fill(words.forkLine, { count: count(fork.blocks.length, 'block'), height: number(fork.height - 1) })}
                </a>
              </li>
            ))}
          </ul>
          <ListedOnly of={forks} />
        </Finding>
      )}
      {missingTrees.length > 0 && (
        <Finding
          title={words.missingTrees}
          hint={fill(words.missingTreesHint, { numbers: list(missingTrees.slice(0, listedAtMost).map(number)) })}
        >
          <ListedOnly of={missingTrees} />
        </Finding>
      )}
      {junk.length > 0 && (
        <Finding title={words.junk} hint={words.junkHint}>
          <ul role="list" className={styles.list}>
            {junk.slice(0, listedAtMost).map((each, index) => (
              <li key={index}>
                <code>{each.name}</code> {messages[each.code as keyof typeof messages]?.title ?? each.code}
                <br />
                <small>
                  {each.reason} (
                  {fill(words.junkBuckets, { buckets: list(each.buckets.map((bucket) => number(bucket + 1))) })})
                </small>
              </li>
            ))}
          </ul>
          <ListedOnly of={junk} />
        </Finding>
      )}
      {(orphans.length > 0 || counts.unsequenced > 0) && (
        <Finding title={words.orphans}>
          {orphans.length > 0 && <p>{fill(words.orphansHint, { count: count(orphans.length, 'block') })}</p>}
          {counts.unsequenced > 0 && <p>{fill(words.unsequenced, { count: count(counts.unsequenced, 'block') })}</p>}
        </Finding>
      )}
    </>
  );
}

/** What of a long list is left out here, and where it is. */
function ListedOnly({ of }: { readonly of: readonly unknown[] }) {
  if (of.length <= listedAtMost) return null;
  return (
    <p className={styles.hint}>{fill(words.listedOnly, { count: number(of.length), shown: number(listedAtMost) })}</p>
  );
}

function Contradiction({ pair, genesis }: { readonly pair: Equivocation; readonly genesis: string }) {
  const { k, y, documents } = pair;
  return (
    <li>
      {([0, 1] as const).map((side) => (
        <div key={side}>
          {fill(words.equivocationPair, { k: number(k[side]) })} <Digest hex={y[side]} what="u ‖ H(t)" />
        </div>
      ))}
      {documents.every((document) => document !== '') && (
        <Button onClick={() => saveFile('equivocation.json', equivocationFile(genesis, documents))}>
          {words.equivocationProof}
        </Button>
      )}
    </li>
  );
}

function Finding({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children?: ReactNode;
}) {
  return (
    <section className={styles.finding} aria-label={title}>
      <h2>{title}</h2>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}
