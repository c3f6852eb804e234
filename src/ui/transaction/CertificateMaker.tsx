import { useState } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { handOver } from '../files/handoff.ts';
import { saveFile } from '../files/saveFile.ts';
import { size } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Seal } from '../seal/Seal.tsx';
import type { Finding } from '../session/useFind.ts';
import { tx } from '../words/tx.en.ts';
import styles from './TransactionScreen.module.css';

const { certificate: words } = tx;

type Making =
  | { readonly step: 'idle' | 'making' }
  | { readonly step: 'failed'; readonly reason: string }
  | { readonly step: 'made'; readonly text: string; readonly digest: string };

/** Makes the certificate once the chain has a verdict, and hands it to the person. */
export function CertificateMaker({ finding, onMade }: { readonly finding: Finding; readonly onMade: () => void }) {
  const [making, setMaking] = useState<Making>({ step: 'idle' });
  const { trust } = usePins();
  const { session, state, hash } = finding;
  const verdict = state.snapshot?.audit?.verdict;
  const name = `${hash.slice(0, 12)}.affidavit.json`;
  const make = async (): Promise<void> => {
    setMaking({ step: 'making' });
    try {
      const certified = await session.certify(hash);
      if (certified.result !== 'certificate') {
        setMaking({ step: 'failed', reason: certified.reason });
        return;
      }
      const { digest } = JSON.parse(certified.text) as { readonly digest: string };
      setMaking({ step: 'made', text: certified.text, digest });
      onMade();
    } catch (error) {
      setMaking({ step: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <section className={styles.section} aria-labelledby="certificate">
      <h2 id="certificate">{words.title}</h2>
      {making.step === 'failed' && <Notice urgent title={fill(words.failed, { reason: making.reason })} />}
      {making.step === 'made' ? (
        <div className={styles.made}>
          <Seal digest={making.digest} size={120} />
          <div>
            <p>
              {name} · {fill(words.made, { size: size(making.text.length) })}
            </p>
            <Digest hex={making.digest} what={words.title} />
            <p className={styles.actions}>
              <Button look="primary" onClick={() => saveFile(name, making.text)}>
                {words.download}
              </Button>
              <Button
                onClick={() => void handOver({ files: [{ name, bytes: new TextEncoder().encode(making.text) }] })}
              >
                {words.check}
              </Button>
              <Button
                onClick={() =>
                  saveFile(
                    `${session.pin.name}.trust.json`,
                    serializeTrust({ chains: chainsOf(trust, session.pin.name) }),
                  )
                }
              >
                {words.trust}
              </Button>
            </p>
            <p className={styles.soft}>{words.needs}</p>
          </div>
        </div>
      ) : (
        <>
          <p>{words.hint}</p>
          <p className={styles.actions}>
            <Button
              look="primary"
              disabled={verdict === undefined || verdict === 'rejected' || making.step === 'making'}
              onClick={() => void make()}
            >
              {making.step === 'making' ? words.making : words.make}
            </Button>
          </p>
        </>
      )}
    </section>
  );
}

function chainsOf({ chains = [] }: ReturnType<typeof usePins>['trust'], name: string) {
  return chains.filter((chain) => chain.name === name);
}
