import {
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type Hex,
  createTestClient,
  decodeErrorResult,
  encodeFunctionData,
  getAddress,
  http,
  numberToHex,
  parseEventLogs,
  publicActions,
} from 'viem';
import type { ContractLog } from '../../contracts/eventHash.ts';
import { traceAnchorAbi as abi, traceAnchorBytecode as bytecode } from '../../contracts/traceAnchor.ts';

export type TraceStep = ContractFunctionName<typeof abi, 'nonpayable'>;
export type TraceStepArgs<S extends TraceStep> = ContractFunctionArgs<typeof abi, 'nonpayable', S>;

/** What came of one transaction: its event, or the custom error that it was refused with. */
export interface TraceOutcome {
  readonly event?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly errorArgs?: readonly unknown[];
  readonly gas: number;
}

const gasLimit = numberToHex(2_000_000);

export type TraceContract = Awaited<ReturnType<typeof deployTraceContract>>;

/** A new TraceAnchor on a development node that mines only here: one transaction a block, each at a time that is given. */
export async function deployTraceContract(rpc: string) {
  const client = createTestClient({ mode: 'anvil', transport: http(rpc) }).extend(publicActions);
  const known = await client.request<{ ReturnType: Address[] }>({ method: 'eth_accounts' } as never);
  const accounts = known.map((account) => getAddress(account));
  let time = Number((await client.getBlock()).timestamp);

  const mined = async (from: Address, to: Address | undefined, data: Hex) => {
    time += 1;
    const transaction = { from, data, gas: to ? gasLimit : undefined, gasPrice: '0x0', to };
    const hash = await client.request<{ ReturnType: Hex }>({
      method: 'eth_sendTransaction',
      params: [transaction],
    } as never);
    await client.request({ method: 'evm_mine', params: [numberToHex(time)] } as never);
    return client.getTransactionReceipt({ hash });
  };

  const { contractAddress, gasUsed: deployGas } = await mined(accounts[0] as Address, undefined, bytecode);
  const address = (contractAddress as Address).toLowerCase() as Address;
  const logs: ContractLog[] = [];
  return {
    client,
    address,
    accounts,
    chainId: await client.getChainId(),
    deployGas: Number(deployGas),
    /** Every log so far, in order. */
    logs: logs as readonly ContractLog[],
    /** Block time of the last transaction, in seconds. */
    now: () => time,
    async send<S extends TraceStep>(from: Address, functionName: S, args: TraceStepArgs<S>): Promise<TraceOutcome> {
      const receipt = await mined(from, address, encodeFunctionData({ abi, functionName, args } as never));
      const gas = Number(receipt.gasUsed);
      if (receipt.status === 'success') {
        logs.push(...receipt.logs.map(({ topics, data, blockNumber }) => ({ topics, data, block: blockNumber })));
        const [event, ...more] = parseEventLogs({ abi, logs: receipt.logs });
        if (!event || more.length > 0) throw new Error(`${receipt.logs.length} events`);
        return { event: event.eventName, args: event.args as Readonly<Record<string, unknown>>, gas };
      }
      const trace = await client.request<{ ReturnType: { output?: Hex } }>({
        method: 'debug_traceTransaction',
        params: [receipt.transactionHash, { tracer: 'callTracer' }],
      } as never);
      const output = trace.output ?? '0x';
      if (output === '0x') return { error: 'nothing', gas };
      const { errorName, args: errorArgs } = decodeErrorResult({ abi, data: output });
      return { error: errorName, errorArgs: (errorArgs ?? []) as readonly unknown[], gas };
    },
    /** What a view answers. */
    async view(functionName: ContractFunctionName<typeof abi, 'view' | 'pure'>, args: readonly unknown[] = []) {
      return (await client.readContract({ abi, address, functionName, args } as never)) as unknown;
    },
    /** What an account proof shows of some slots. */
    async slots(...storageKeys: readonly Hex[]): Promise<{ codeHash: Hex; values: readonly bigint[] }> {
      const proof = await client.getProof({ address, storageKeys: [...storageKeys] });
      return { codeHash: proof.codeHash, values: proof.storageProof.map(({ value }) => value) };
    },
  };
}
