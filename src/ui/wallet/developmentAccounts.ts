import type { EvmPin } from '../../core/trust/trust.ts';

/** An account whose key is published with every development node, so that whoever uses it signs for everybody. */
export interface DevelopmentAccount {
  readonly address: `0x${string}`;
  readonly key: `0x${string}`;
}

/** The chain id of the ledger that `npm start` runs; no public network has it. */
const developmentChainId = 412_346;

/** The first three accounts of the mnemonic `test test test test test test test test test test test junk`, which development nodes fund. */
export const developmentAccounts: readonly DevelopmentAccount[] = [
  {
    address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
    key: '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  },
  {
    address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    key: '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
  },
  {
    address: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
    key: '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
  },
];

/** Published keys are offered on the development ledger of this machine, and nowhere else. */
export function isDevelopmentLedger({ chainId, rpc = [] }: Pick<EvmPin, 'chainId' | 'rpc'>): boolean {
  return chainId === developmentChainId && rpc.length > 0 && rpc.every(isLoopback);
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
