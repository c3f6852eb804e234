import { useState, type ReactNode } from 'react';
import { useConfig, useConnection, useConnectors } from 'wagmi';
import { connect, disconnect, switchChain } from 'wagmi/actions';
import type { Hex } from '../../core/evm/hex.ts';
import { fill } from '../../core/verdict/messages.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { taskWords } from '../words/task.en.ts';
import { refusalOf } from './refusal.ts';
import styles from './Wallet.module.css';

const { wallet: words } = taskWords;

interface Props {
  readonly chainId: number;
  /** Whether accounts with published keys are among the wallets. */
  readonly development: boolean;
  /** What is wanted of the wallet is the same on every ledger: a signature. */
  readonly anyChain?: boolean;
  readonly children: (account: Hex) => ReactNode;
}

/** Which wallet, and that it is on the ledger of the contract; what needs both comes below. */
export function Connection({ chainId, development, anyChain = false, children }: Props) {
  const config = useConfig();
  const connectors = useConnectors();
  const { address, chainId: found, status } = useConnection();
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState('');
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setPending(true);
    setFault('');
    try {
      await work();
    } catch (error) {
      setFault(refusalOf(error));
    }
    setPending(false);
  };
  const notice = fault && <Notice urgent title={fault} />;
  if (status !== 'connected' || address === undefined) {
    const hasWallet =
      'ethereum' in globalThis || connectors.some(({ type, id }) => type === 'injected' && id !== 'injected');
    const shown = connectors.filter(({ id }) => id !== 'injected' || 'ethereum' in globalThis);
    return (
      <div className={styles.part}>
        <h3>{words.connectTitle}</h3>
        {!hasWallet && <p>{words.noneFound}</p>}
        {development && <p className={lists.hint}>{words.developmentHint}</p>}
        <p className={lists.actions}>
          {shown.map((connector) => (
            <Button
              key={connector.uid}
              disabled={pending}
              onClick={() => void run(() => connect(config, { connector }))}
            >
              {connector.id === 'injected' ? words.browserWallet : connector.name}
            </Button>
          ))}
        </p>
        <p role="status">{pending && words.connecting}</p>
        {notice}
      </div>
    );
  }
  return (
    <>
      <div className={styles.account}>
        <p>
          {words.connected} <code>{address}</code>
        </p>
        <Button look="quiet" onClick={() => void run(() => disconnect(config))}>
          {words.disconnect}
        </Button>
      </div>
      {found !== chainId && !anyChain && (
        <Notice title={fill(words.otherChain, { found: found ?? 0, wanted: chainId })}>
          <p>
            <Button look="primary" disabled={pending} onClick={() => void run(() => switchChain(config, { chainId }))}>
              {fill(words.switch, { wanted: chainId })}
            </Button>
          </p>
        </Notice>
      )}
      {notice}
      {(found === chainId || anyChain) && children(address.toLowerCase() as Hex)}
    </>
  );
}
