import { lazy, Suspense, useMemo, useState } from 'react';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { taskWords } from '../words/task.en.ts';
import type { Standing } from '../wallet/stepsFor.ts';
import styles from './Task.module.css';

const { wallet: words } = taskWords;

// Whoever audits needs none of it, so it is fetched when somebody wants to write.
const Wallet = lazy(() => import('../wallet/Wallet.tsx').then((module) => ({ default: module.Wallet })));

interface Props {
  readonly pin: EvmPin;
  readonly contract: Hex;
  readonly standing: Standing | undefined;
  readonly onIncluded: () => void;
}

/** The door to the forms that write to the ledger. */
export function WalletSection({ pin, contract, standing, onIncluded }: Props) {
  const [open, setOpen] = useState(false);
  const named = useMemo(() => withNodes(pin), [pin]);
  if (!named) return null;
  return (
    <section className={`${lists.card} ${styles.wallet}`} aria-labelledby="wallet">
      <h2 id="wallet">{words.title}</h2>
      <p>{words.lead}</p>
      {open ? (
        <Suspense fallback={<p role="status">{words.opening} …</p>}>
          <Wallet pin={named} contract={contract} standing={standing} onIncluded={onIncluded} />
        </Suspense>
      ) : (
        <p>
          <Button look="primary" onClick={() => setOpen(true)}>
            {words.open}
          </Button>
        </p>
      )}
    </section>
  );
}

function withNodes(pin: EvmPin): (EvmPin & { readonly rpc: readonly [string, ...string[]] }) | undefined {
  const [node, ...rest] = pin.rpc ?? [];
  return node === undefined ? undefined : { ...pin, rpc: [node, ...rest] };
}
