import { lazy, Suspense, useState } from 'react';
import { serializeTrust } from '../../../core/trust/serializeTrust.ts';
import type { EvmPin, Trust } from '../../../core/trust/trust.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { pinHere, usePins } from '../../anchors/usePins.ts';
import { saveFile } from '../../files/saveFile.ts';
import { useLocal } from '../../overview/useLocal.ts';
import { Button } from '../../parts/Button.tsx';
import { Digest } from '../../parts/Digest.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Labels } from '../../parts/Labels.tsx';
import lists from '../../parts/lists.module.css';
import { Moment } from '../../parts/Moment.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { ledgerLabels } from '../../task/ledgerLabels.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { traceRun } from '../../words/traceRun.en.ts';
import { CertifyProof } from '../certify/CertifyProof.tsx';
import { useTrustWith } from '../certify/useTrustWith.ts';
import { traceSession, type AnchoredHere, type FinishedTrace } from './traceSession.ts';
import about from '../audit/TraceAbout.module.css';
import styles from './TraceRun.module.css';

const { anchor: words } = traceRun;

// Most people sign nothing, so what a wallet needs is fetched when it is asked for.
const AnchorForm = lazy(() => import('./AnchorForm.tsx').then((module) => ({ default: module.AnchorForm })));

/** A ledger on which traces can be anchored. */
export type AnchorPin = EvmPin & { readonly rpc: readonly [string, ...string[]] };

/** The door to signing and anchoring, and the anchor that came of it. */
export function AnchorPart({ trace }: { readonly trace: FinishedTrace }) {
  const { trust } = usePins();
  const { local } = useLocal();
  const [open, setOpen] = useState(false);
  const pins = (trust.evm ?? []).filter(canAnchor);
  const [chosen, setChosen] = useState<number>();
  const pin = pins.find(({ chainId }) => chainId === chosen) ?? pins[0];
  return (
    <section className={lists.section} aria-labelledby="anchor">
      <h2 id="anchor">{words.title}</h2>
      <p>{words.lead}</p>
      {trace.anchored && <AnchoredFacts anchored={trace.anchored} trace={trace} trust={trust} />}
      {!trace.anchored && !pin && <NoLedger offered={local?.trust.evm?.find(canAnchor)} />}
      {!trace.anchored && pin && (
        <div className={`${lists.card} ${styles.anchor}`}>
          {pins.length > 1 && (
            <label className={styles.field}>
              {words.ledger}
              <select value={pin.chainId} onChange={(event) => setChosen(Number(event.target.value))}>
                {pins.map(({ chainId }) => (
                  <option key={chainId} value={chainId}>
                    {chainId}
                  </option>
                ))}
              </select>
            </label>
          )}
          <p>
            {words.ledger} {pin.chainId} <Labels labels={ledgerLabels(pin)} brief />
          </p>
          {open ? (
            <Suspense fallback={<p role="status">…</p>}>
              <AnchorForm
                key={pin.chainId}
                pin={pin}
                trace={trace}
                onAnchored={(signed) => traceSession.sign(signed)}
              />
            </Suspense>
          ) : (
            <p>
              <Button onClick={() => setOpen(true)}>{words.open}</Button>
            </p>
          )}
        </div>
      )}
    </section>
  );
}

function NoLedger({ offered }: { readonly offered: AnchorPin | undefined }) {
  const [clash, setClash] = useState<string>();
  const take = (pin: AnchorPin): void => {
    try {
      pinHere({ evm: [pin] }, { how: 'local', name: new URL('local.json', document.baseURI).href, at: Date.now() });
    } catch (error) {
      setClash(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <Notice title={words.noLedger} next={offered ? undefined : words.noLedgerNext}>
        {offered && (
          <p>
            <Button onClick={() => take(offered)}>{words.pinLocal}</Button>
          </p>
        )}
      </Notice>
      {clash && <Notice urgent title={fill(words.clash, { reason: clash })} />}
    </>
  );
}

interface AnchoredProps {
  readonly anchored: AnchoredHere;
  readonly trace: FinishedTrace;
  readonly trust: Trust;
}

function AnchoredFacts({ anchored, trace: { viewer, name, isKept }, trust }: AnchoredProps) {
  const { machine, transaction, block, id, metadata, domain } = anchored;
  const withMachine = useTrustWith(machine);
  const [clash, setClash] = useState<string>();
  const entry: Trust = { vms: [machine] };
  const isPinned = trust.vms?.some((vm) => vm.id === machine.id && vm.key === machine.key) ?? false;
  const pin = (): void => {
    try {
      pinHere(entry, { how: 'document', name: words.pinName, at: Date.now() });
    } catch (error) {
      setClash(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className={`${lists.card} ${styles.anchor}`} data-testid="anchored">
      <h3>{fill(words.done, { block })}</h3>
      <p>{words.doneText}</p>
      <p>{isKept ? words.nextEvent : words.nextKeep}</p>
      <Facts
        facts={[
          [words.facts.id, <Digest key="id" hex={id} what={words.facts.id} />],
          [words.facts.transaction, <Digest key="tx" hex={transaction.slice(2)} what={words.facts.transaction} />],
          [words.facts.machine, <Digest key="vm" hex={machine.id} what={words.facts.machine} />],
          [words.facts.ledger, `${domain.chainId}, ${domain.verifyingContract}`],
          [words.facts.time, <Moment key="time" at={metadata.time * 1000} />],
        ]}
      />
      <p>
        <a className={about.link} href={`#/trace/${domain.chainId}/${domain.verifyingContract}/${metadata.code}`}>
          {words.lookUp}
        </a>
      </p>
      <CertifyProof
        stem={name.replace(/\.wasm$/, '')}
        metadata={metadata}
        domain={domain}
        proof={() => viewer.whole()}
        trust={withMachine}
        hint={traceAudit.certify.whole}
      />
      <p className={lists.hint}>{words.pinHint}</p>
      <p className={lists.actions}>
        {isPinned ? <span>{words.pinned}</span> : <Button onClick={pin}>{words.pin}</Button>}
        <Button look="quiet" onClick={() => saveFile('machine.trust.json', serializeTrust(entry))}>
          {words.trust}
        </Button>
      </p>
      {clash && <Notice urgent title={fill(words.clash, { reason: clash })} />}
    </div>
  );
}

function canAnchor(pin: EvmPin): pin is AnchorPin {
  return pin.contracts?.['TraceAnchor'] !== undefined && (pin.rpc?.length ?? 0) > 0;
}
