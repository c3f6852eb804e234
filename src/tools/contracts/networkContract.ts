import type { Abi, Address, Hex } from 'viem';
import { attestationNetworkAbi, attestationNetworkBytecode as bytecode } from '../../contracts/attestationNetwork.ts';
import type { NetworkSaying } from '../../core/network/networkEvent.ts';
import { sayingOf } from '../../core/network/readNetworkEvents.ts';
import { type Outcome, deployContract } from './deployContract.ts';

const abi: Abi = attestationNetworkAbi;

export interface NetworkSettings {
  readonly epochBlocks: number;
  readonly seats: number;
  readonly founders: readonly Address[];
  readonly criteria: Hex;
  readonly uri: string;
}

export type NetworkContract = Awaited<ReturnType<typeof deployNetworkContract>>;

/** A new AttestationNetwork. */
export async function deployNetworkContract(rpc: string, settings: NetworkSettings) {
  const { epochBlocks, seats, founders, criteria, uri } = settings;
  const args = [epochBlocks, seats, founders, criteria, uri];
  const contract = await deployContract(rpc, { abi, bytecode, args, gas: 8_000_000 });
  const [founded] = sayingsOf(contract.deployed);
  return {
    ...contract,
    founded: founded as Extract<NetworkSaying, { name: 'Founded' }>,
    foundedAt: contract.deployed.block,
    async send(from: Address, functionName: string, sent: readonly unknown[] = []) {
      const outcome = await contract.send(from, functionName, sent);
      return { ...outcome, said: sayingsOf(outcome) };
    },
  };
}

function sayingsOf({ said }: Outcome): readonly NetworkSaying[] {
  return said.map(({ event, args }) => sayingOf(event, args));
}
