import { defineChain } from 'viem';
import { createConfig, http, type Config } from 'wagmi';
import { injected } from 'wagmi/connectors/injected';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { taskWords } from '../words/task.en.ts';
import { developmentAccounts, isDevelopmentLedger } from './developmentAccounts.ts';
import { developmentConnector } from './developmentConnector.ts';

const { wallet: words } = taskWords;

/**
 * What wagmi needs for one pinned ledger. Wallets announce themselves (EIP-6963) beside the one that sits in the page; nothing is kept, so that
 * a wallet is connected only by a click. @param pin with at least one address of a node
 */
export function walletConfig(pin: EvmPin & { readonly rpc: readonly [string, ...string[]] }): Config {
  const chain = defineChain({
    id: pin.chainId,
    name: fill(words.chainName, { chainId: pin.chainId }),
    nativeCurrency: { name: words.coin, symbol: words.coinSymbol, decimals: 18 },
    rpcUrls: { default: { http: pin.rpc } },
  });
  const development = isDevelopmentLedger(pin)
    ? developmentAccounts.map((account, index) =>
        developmentConnector(account, fill(words.developmentAccount, { number: index + 1 })),
      )
    : [];
  return createConfig({
    chains: [chain],
    connectors: [injected(), ...development],
    transports: { [chain.id]: http(pin.rpc[0]) },
    pollingInterval: 1000,
    storage: null,
  });
}
