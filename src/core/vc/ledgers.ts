import type { Anchor } from './merkleProof.ts';

/** A ledger that anchors can name. */
export interface Ledger {
  readonly name: string;
  /** EIP-155 number; undefined for Bitcoin and what is no ledger. */
  readonly chainId?: number;
  readonly family: 'evm' | 'bitcoin' | 'mock';
  /** Where a person can look at a transaction; its identifier goes behind. */
  readonly explorer?: string;
  readonly isTest?: true;
  /** It was shut down: nobody can look anything up there. */
  readonly closed?: true;
}

const bloxberg: Ledger = {
  name: 'bloxberg',
  chainId: 8995,
  family: 'evm',
  explorer: 'https://blockexplorer.bloxberg.org/tx/',
};
const bitcoin: Ledger = { name: 'Bitcoin', family: 'bitcoin', explorer: 'https://blockstream.info/tx/' };
const bitcoinTest: Ledger = {
  name: 'Bitcoin testnet',
  family: 'bitcoin',
  isTest: true,
  explorer: 'https://blockstream.info/testnet/tx/',
};
const ethereum: Ledger = { name: 'Ethereum', chainId: 1, family: 'evm', explorer: 'https://etherscan.io/tx/' };
const closed = (name: string, chainId: number): Ledger => ({
  name,
  chainId,
  family: 'evm',
  isTest: true,
  closed: true,
});
const ropsten = closed('Ropsten', 3);
const mock: Ledger = { name: 'no ledger (mocknet)', family: 'mock', isTest: true };
const goerli = closed('Görli', 5);

/** MerkleProof2019's key map, and what bloxberg writes: it uses Görli's place. */
const byNumber: Readonly<Record<string, Ledger>> = {
  '0:1': bitcoin,
  '0:3': bitcoinTest,
  '1:1': ethereum,
  '1:3': ropsten,
  '1:4': closed('Rinkeby', 4),
  '1:5': goerli,
  '1:11155111': {
    name: 'Sepolia',
    chainId: 11155111,
    family: 'evm',
    isTest: true,
    explorer: 'https://sepolia.etherscan.io/tx/',
  },
  '2:137': { name: 'Polygon', chainId: 137, family: 'evm', explorer: 'https://polygonscan.com/tx/' },
  '2:80001': closed('Mumbai', 80001),
  '8:42161': { name: 'Arbitrum One', chainId: 42161, family: 'evm', explorer: 'https://arbiscan.io/tx/' },
  '8:421614': {
    name: 'Arbitrum Sepolia',
    chainId: 421614,
    family: 'evm',
    isTest: true,
    explorer: 'https://sepolia.arbiscan.io/tx/',
  },
};

/** MerkleProof2017's names. */
const byName: Readonly<Record<string, Ledger>> = {
  bitcoinMainnet: bitcoin,
  bitcoinTestnet: bitcoinTest,
  ethereumMainnet: ethereum,
  ethereumRopsten: ropsten,
  mockchain: mock,
  BTCOpReturn: { ...bitcoin, name: 'Bitcoin (the certificate does not say which network)' },
};

/** The ledger that an anchor names, or undefined for one that is not known. @param isBloxberg whose certificate it is: bloxberg writes Görli's number for its own. */
export function ledgerOf({ chain, network }: Anchor, isBloxberg: boolean): Ledger | undefined {
  if (chain === -1) return mock;
  if (typeof chain === 'string') return Object.hasOwn(byName, chain) ? byName[chain] : undefined;
  const name = `${chain}:${network}`;
  if (isBloxberg && name === '1:5') return bloxberg;
  return Object.hasOwn(byNumber, name) ? byNumber[name] : undefined;
}

/** The identifier as 64 lower-case hex digits, or undefined where it is none. */
export function transactionId({ transaction }: Anchor): string | undefined {
  return /^(?:0x)?([0-9a-f]{64})$/i.exec(transaction ?? '')?.[1]?.toLowerCase();
}
