import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { ledgerOf } from '../../audit/task/ledgerOf.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { ButtonLink } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { common } from '../words/common.en.ts';
import { taskWords } from '../words/task.en.ts';
import { isAddress } from './isAddress.ts';
import { contractSession, type ContractSession, type ContractState } from './contractSession.ts';

const { faults: words, eyebrow } = taskWords;

interface Props {
  readonly chain: string;
  readonly contract: string;
  readonly children: (session: ContractSession, state: ContractState) => ReactNode;
}

/** A contract is read under a pinned entry for its ledger alone; without one there is nothing to judge by, and what to do is said. */
export function LedgerGate({ chain, contract, children }: Props) {
  return (
    <PinGate chain={chain} contract={contract}>
      {(pin, address) => <Session key={`${chain} ${contract}`} pin={pin} address={address} render={children} />}
    </PinGate>
  );
}

interface GateProps {
  readonly chain: string;
  readonly contract: string;
  readonly children: (pin: EvmPin, address: Hex) => ReactNode;
}

/** The entry that a contract is read under, and its address in lower case; or what is missing. */
export function PinGate({ chain, contract, children }: GateProps) {
  const { trust } = usePins();
  const pin = useMemo(() => ledgerOf(trust, Number(chain), contract), [trust, chain, contract]);
  if (!isAddress(contract)) {
    return <Refused title={fill(words.badAddress, { text: contract })} next={words.badAddressNext} />;
  }
  if (!pin) return <Refused title={fill(words.notPinned, { chainId: chain })} next={words.notPinnedNext} anchors />;
  if (!pin.rpc?.length) return <Refused title={fill(words.noRpc, { chainId: chain })} next={words.noRpcNext} anchors />;
  return children(pin, contract.toLowerCase() as Hex);
}

interface SessionProps {
  readonly pin: EvmPin;
  readonly address: Hex;
  readonly render: Props['children'];
}

function Session({ pin, address, render }: SessionProps) {
  const session = useMemo(() => contractSession(pin, address), [pin, address]);
  const state = useSyncExternalStore(session.subscribe, session.state);
  return render(session, state);
}

interface RefusedProps {
  readonly title: string;
  readonly next: string;
  readonly anchors?: boolean;
}

export function Refused({ title, next, anchors = false }: RefusedProps) {
  return (
    <>
      <h1>{eyebrow.contract}</h1>
      <Notice title={title} next={next}>
        {anchors && (
          <p>
            <ButtonLink href="#/anchors">{common.navigation.anchors}</ButtonLink>
          </p>
        )}
      </Notice>
    </>
  );
}
