import { createWalletClient, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { createConnector } from 'wagmi';
import { mock } from 'wagmi/connectors/mock';
import type { DevelopmentAccount } from './developmentAccounts.ts';

/** A wallet for the development ledger: the mock connector, but with a published key that signs inside this page, as that ledger holds no keys. */
export function developmentConnector({ address, key }: DevelopmentAccount, name: string) {
  return createConnector((config) => ({
    ...mock({ accounts: [address] })(config),
    id: `development-${address}`,
    name,
    getClient: async ({ chainId } = {}) => {
      const chain = config.chains.find(({ id }) => id === chainId) ?? config.chains[0];
      return createWalletClient({ account: privateKeyToAccount(key), chain, transport: http() });
    },
  }));
}
