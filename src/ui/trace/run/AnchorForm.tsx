import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState, type FormEvent } from 'react';
import { useConfig, WagmiProvider } from 'wagmi';
import type { Hex } from '../../../core/evm/hex.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { Connection } from '../../wallet/Connection.tsx';
import { isDevelopmentLedger } from '../../wallet/developmentAccounts.ts';
import { walletConfig } from '../../wallet/walletConfig.ts';
import { traceRun } from '../../words/traceRun.en.ts';
import {
  anchorRefusal,
  anchorTrace,
  machineWord,
  takesBrowserKeys,
  type Anchored,
  type AnchorStage,
} from './anchorTrace.ts';
import type { AnchorPin } from './AnchorPart.tsx';
import { Tick } from './PolicyPart.tsx';
import type { FinishedTrace } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { anchor: words } = traceRun;
const signers = ['browser', 'wallet'] as const;

interface Props {
  readonly pin: AnchorPin;
  readonly trace: FinishedTrace;
  readonly onAnchored: (anchored: Anchored) => Promise<void>;
}

/** Signing and anchoring, with a wallet. Loaded only when it is asked for. */
export function AnchorForm({ pin, trace, onAnchored }: Props) {
  const config = useMemo(() => walletConfig(pin), [pin]);
  return (
    <WagmiProvider config={config} reconnectOnMount={false}>
      <Connection chainId={pin.chainId} development={isDevelopmentLedger(pin)}>
        {(account) => <Form key={account} account={account} pin={pin} trace={trace} onAnchored={onAnchored} />}
      </Connection>
    </WagmiProvider>
  );
}

function Form({ account, pin, trace, onAnchored }: Props & { readonly account: Hex }) {
  const config = useConfig();
  const id = useId();
  const [name, setName] = useState('browser');
  const [chosen, setChosen] = useState<(typeof signers)[number]>('browser');
  const contract = (pin.contracts?.['TraceAnchor'] ?? '').toLowerCase() as Hex;
  const p256 = useQuery({
    queryKey: ['takes browser keys', pin.chainId, contract],
    queryFn: () => takesBrowserKeys(config, pin.chainId, contract),
    staleTime: Infinity,
  });
  // Where the node gives no answer, the contract gives it to whoever tries.
  const signer = p256.data === false ? 'wallet' : chosen;
  const [confirmed, setConfirmed] = useState(false);
  const [stage, setStage] = useState<AnchorStage>();
  const [fault, setFault] = useState('');
  const send = async (): Promise<void> => {
    setFault('');
    try {
      machineWord(name);
      const { metadata } = trace;
      const order = { config, chainId: pin.chainId, contract, account, name, signer, metadata };
      await onAnchored(await anchorTrace(order, setStage));
    } catch (error) {
      setFault(fill(words.failed, { reason: anchorRefusal(error) }));
    }
    setStage(undefined);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  return (
    <form className={styles.fields} onSubmit={submit} noValidate>
      <div className={styles.field}>
        <label htmlFor={id}>{words.machine}</label>
        <input
          id={id}
          className={styles.short}
          value={name}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          onChange={(event) => setName(event.target.value)}
        />
        <p id={`${id}-hint`} className={lists.hint}>
          {words.machineHint}
        </p>
      </div>
      <fieldset>
        <legend>{words.key}</legend>
        {signers.map((each) => (
          <Tick
            key={each}
            radio="signer"
            checked={signer === each}
            disabled={each === 'browser' && p256.data === false}
            onChange={() => setChosen(each)}
          >
            <strong>{words.keys[each].title}</strong>: {words.keys[each].text}
          </Tick>
        ))}
        {p256.data === false && <p className={lists.hint}>{words.refusals.NoP256}</p>}
      </fieldset>
      <div className={styles.public}>
        <p>{words.becomesPublic}</p>
        <Tick checked={confirmed} onChange={setConfirmed}>
          {words.confirm}
        </Tick>
      </div>
      <p className={lists.actions}>
        <Button type="submit" look="primary" disabled={!confirmed || stage !== undefined || p256.isPending}>
          {fault ? words.again : words.go}
        </Button>
      </p>
      <p role="status">{stage && words.stages[stage]}</p>
      {fault && <Notice urgent title={fault} />}
    </form>
  );
}
