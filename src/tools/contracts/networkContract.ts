import {
  type Abi,
  type Address,
  type Hex,
  createTestClient,
  decodeErrorResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  http,
  numberToHex,
  parseEventLogs,
  publicActions,
} from 'viem';
import type { ContractLog } from '../../contracts/eventHash.ts';
import { attestationNetworkAbi, attestationNetworkBytecode as bytecode } from '../../contracts/attestationNetwork.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import type { NetworkSaying } from '../../core/network/networkEvent.ts';
import { sayingOf } from '../../core/network/readNetworkEvents.ts';

const abi: Abi = attestationNetworkAbi;

export interface NetworkSettings {
  readonly epochBlocks: number;
  readonly seats: number;
  readonly founders: readonly Address[];
  readonly criteria: Hex;
  readonly uri: string;
}

/** What came of one transaction: its events, or the custom error that it was refused with. */
export interface NetworkOutcome {
  readonly said: readonly NetworkSaying[];
  readonly error?: string;
  readonly errorArgs?: readonly unknown[];
  readonly gas: number;
  readonly block: number;
}

export type NetworkContract = Awaited<ReturnType<typeof deployNetworkContract>>;

/** A new AttestationNetwork on a development node that mines only here: one transaction a block, each at a time that is given. */
export async function deployNetworkContract(rpc: string, settings: NetworkSettings) {
  const client = createTestClient({ mode: 'anvil', transport: http(rpc) }).extend(publicActions);
  const known = await client.request<{ ReturnType: Address[] }>({ method: 'eth_accounts' } as never);
  const accounts = known.map((account) => getAddress(account));
  let time = Number((await client.getBlock()).timestamp);

  const mined = async (from: Address, to: Address | undefined, data: Hex) => {
    time += 1;
    const transaction = { from, data, gas: numberToHex(8_000_000), gasPrice: '0x0', to };
    const hash = await client.request<{ ReturnType: Hex }>({
      method: 'eth_sendTransaction',
      params: [transaction],
    } as never);
    await client.request({ method: 'evm_mine', params: [numberToHex(time)] } as never);
    return client.getTransactionReceipt({ hash });
  };

  const logs: ContractLog[] = [];
  const events: ProvenEvent[] = [];
  const take = (receipt: Awaited<ReturnType<typeof mined>>): NetworkSaying[] => {
    for (const { topics, data, blockNumber, blockHash, logIndex, transactionIndex, address } of receipts(receipt)) {
      logs.push({ topics, data, block: blockNumber });
      events.push({
        topics,
        data,
        block: Number(blockNumber),
        blockHash,
        timestamp: time,
        transactionIndex,
        logIndex,
        address: address.toLowerCase() as Hex,
      });
    }
    return parseEventLogs({ abi, logs: receipt.logs }).map((each) =>
      sayingOf(each.eventName, each.args as unknown as Readonly<Record<string, unknown>>),
    );
  };
  const { epochBlocks, seats, founders, criteria, uri } = settings;
  const args = [epochBlocks, seats, founders, criteria, uri];
  const deployed = await mined(accounts[0] as Address, undefined, encodeDeployData({ abi, bytecode, args }));
  if (deployed.status !== 'success') throw new Error('the contract was not created');
  const address = (deployed.contractAddress as Address).toLowerCase() as Address;
  const [founded] = take(deployed);
  return {
    client,
    address,
    accounts,
    chainId: await client.getChainId(),
    deployGas: Number(deployed.gasUsed),
    founded: founded as Extract<NetworkSaying, { name: 'Founded' }>,
    foundedAt: Number(deployed.blockNumber),
    /** Every log so far, in order; the same as the auditor gets them. */
    logs: logs as readonly ContractLog[],
    events: events as readonly ProvenEvent[],
    /** Block time of the last transaction, in seconds. */
    now: () => time,
    async send(from: Address, functionName: string, sent: readonly unknown[] = []): Promise<NetworkOutcome> {
      const receipt = await mined(from, address, encodeFunctionData({ abi, functionName, args: sent }));
      const [gas, block] = [Number(receipt.gasUsed), Number(receipt.blockNumber)];
      if (receipt.status === 'success') return { said: take(receipt), gas, block };
      const trace = await client.request<{ ReturnType: { output?: Hex } }>({
        method: 'debug_traceTransaction',
        params: [receipt.transactionHash, { tracer: 'callTracer' }],
      } as never);
      const output = trace.output ?? '0x';
      if (output === '0x') return { said: [], error: 'nothing', gas, block };
      const { errorName, args: errorArgs } = decodeErrorResult({ abi, data: output });
      return { said: [], error: errorName, errorArgs: (errorArgs ?? []) as readonly unknown[], gas, block };
    },
    /** Empty blocks. */
    async pass(blocks: number): Promise<void> {
      for (let each = 0; each < blocks; each += 1) {
        time += 1;
        await client.request({ method: 'evm_mine', params: [numberToHex(time)] } as never);
      }
    },
    /** What a view answers. */
    async view(functionName: string, sent: readonly unknown[] = []): Promise<unknown> {
      return client.readContract({ abi, address, functionName, args: sent });
    },
    /** What an account proof shows of some slots. */
    async slots(...storageKeys: readonly Hex[]): Promise<readonly bigint[]> {
      const proof = await client.getProof({ address, storageKeys: [...storageKeys] });
      return proof.storageProof.map(({ value }) => value);
    },
  };
}

function receipts({ logs }: { readonly logs: readonly unknown[] }) {
  return logs as readonly {
    readonly topics: readonly Hex[];
    readonly data: Hex;
    readonly blockNumber: bigint;
    readonly blockHash: Hex;
    readonly logIndex: number;
    readonly transactionIndex: number;
    readonly address: Address;
  }[];
}
