import type { Hex } from '../../evm/hex.ts';

/** A contract of Ethernity as deployed. `bloxberg`: three events only; `polygon`: events of orders as well. */
export interface Deployment {
  readonly chainId: number;
  /** Lower case. */
  readonly address: Hex;
  readonly network: string;
  readonly family: 'bloxberg' | 'polygon';
  readonly purpose: 'main' | 'test';
}

/** Public addresses, as ethernity-cloud-runner-js and mvp-pox-node name them (README). None is trusted for being here. */
export const deployments: readonly Deployment[] = [
  {
    chainId: 8995,
    address: '0x549a6e06bb2084100148d50f51cf77a3436c3ae7',
    network: 'bloxberg',
    family: 'bloxberg',
    purpose: 'main',
  },
  {
    chainId: 8995,
    address: '0x02882f03097fe8cd31afbdfbb5d72a498b41112c',
    network: 'bloxberg',
    family: 'bloxberg',
    purpose: 'test',
  },
  {
    chainId: 137,
    address: '0x439945be73fd86fcc172179021991e96beff3cc4',
    network: 'Polygon',
    family: 'polygon',
    purpose: 'main',
  },
  {
    chainId: 80002,
    address: '0x1579b37c5a69ae02ddd23263a2b1318de66a27c3',
    network: 'Polygon Amoy',
    family: 'polygon',
    purpose: 'test',
  },
  {
    chainId: 11155111,
    address: '0x29d3ec870565b6a1510232bd950a8bc8336f0eb2',
    network: 'Sepolia',
    family: 'polygon',
    purpose: 'test',
  },
  {
    chainId: 4690,
    address: '0xd56385a97413ed80e28b1b54a193b98f2c49c975',
    network: 'IoTeX testnet',
    family: 'polygon',
    purpose: 'test',
  },
];

/** The deployment at an address, or undefined where none is known there. */
export function deploymentAt(chainId: number, address: string): Deployment | undefined {
  return deployments.find((each) => each.chainId === chainId && each.address === address.toLowerCase());
}
