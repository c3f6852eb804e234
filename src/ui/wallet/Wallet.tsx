import { useMemo, useState } from 'react';
import { WagmiProvider } from 'wagmi';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { taskWords } from '../words/task.en.ts';
import { Connection } from './Connection.tsx';
import { isDevelopmentLedger } from './developmentAccounts.ts';
import { StepForm } from './StepForm.tsx';
import { stepsFor, type Standing } from './stepsFor.ts';
import type { StepName } from './steps.ts';
import { walletConfig } from './walletConfig.ts';
import styles from './Wallet.module.css';

const { wallet: words } = taskWords;

interface Props {
  readonly pin: EvmPin & { readonly rpc: readonly [string, ...string[]] };
  readonly contract: Hex;
  /** The task that the page shows; without one, what begins a task or an offer is offered. */
  readonly standing: Standing | undefined;
  /** Called when a transaction came into a block: what is shown is old then. */
  readonly onIncluded: () => void;
}

/** Everything that needs a wallet. Loaded only when it is asked for. */
export function Wallet({ pin, contract, standing, onIncluded }: Props) {
  const config = useMemo(() => walletConfig(pin), [pin]);
  return (
    <WagmiProvider config={config} reconnectOnMount={false}>
      <Connection chainId={pin.chainId} development={isDevelopmentLedger(pin)}>
        {(account) => (
          <Steps
            key={account}
            account={account}
            chainId={pin.chainId}
            contract={contract}
            standing={standing}
            onIncluded={onIncluded}
          />
        )}
      </Connection>
    </WagmiProvider>
  );
}

interface StepsProps extends Omit<Props, 'pin'> {
  readonly account: Hex;
  readonly chainId: number;
}

/** The steps that this account may take as things stand, one form at a time. */
function Steps({ account, chainId, contract, standing, onIncluded }: StepsProps) {
  const [chosen, setChosen] = useState<StepName>();
  const { role, names } = useMemo(() => stepsFor(standing, account, Date.now()), [standing, account]);
  // A step that was just taken stays in view with its transaction, though it cannot be taken again.
  const shown = chosen ?? (names.length === 1 ? names[0] : undefined);
  const known = standing ? { id: standing.id, ...(standing.offer === null ? {} : { offer: standing.offer }) } : {};
  return (
    <>
      {role && <p>{words.youAre[role]}</p>}
      {names.length === 0 && !shown ? (
        <p>{words.nothing}</p>
      ) : (
        <p className={lists.actions} role="group" aria-label={words.title}>
          {names.map((name) => (
            <Button key={name} aria-pressed={name === shown} className={styles.choice} onClick={() => setChosen(name)}>
              {words.steps[name].title}
            </Button>
          ))}
        </p>
      )}
      {shown && (
        <StepForm
          key={shown}
          name={shown}
          chainId={chainId}
          contract={contract}
          known={shown === 'matchTask' && standing ? { id: standing.id } : known}
          onIncluded={onIncluded}
        />
      )}
    </>
  );
}
