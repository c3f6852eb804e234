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
import type { ProvenEvent } from '../../core/evm/events.ts';

export interface ContractCode {
  readonly abi: Abi;
  readonly bytecode: Hex;
  /** Of the constructor. */
  readonly args?: readonly unknown[];
  /** More than any transaction of the contract needs; default 2 million. */
  readonly gas?: number;
}

export interface Said {
  readonly event: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What came of one transaction: its events (an only one stands here as well), or the custom error that it was refused with. */
export interface Outcome extends Partial<Said> {
  readonly said: readonly Said[];
  readonly error?: string;
  readonly errorArgs?: readonly unknown[];
  readonly gas: number;
  readonly block: number;
}

/** More than it takes to create any of them. */
const mostOfCreation = 8_000_000;

/** A new contract on a development node that mines only here: one transaction a block, each at a time that is given. */
export async function deployContract(rpc: string, { abi, bytecode, args = [], gas: limit = 2_000_000 }: ContractCode) {
  const client = createTestClient({ mode: 'anvil', transport: http(rpc) }).extend(publicActions);
  const known = await client.request<{ ReturnType: Address[] }>({ method: 'eth_accounts' } as never);
  const accounts = known.map((account) => getAddress(account));
  let time = Number((await client.getBlock()).timestamp);

  const mine = async (wait: number) => {
    time += wait;
    await client.request({ method: 'evm_mine', params: [numberToHex(time)] } as never);
  };
  const mined = async (from: Address, to: Address | undefined, data: Hex, { wait = 1, value = 0n } = {}) => {
    const gas = numberToHex(to ? limit : mostOfCreation);
    const params = [{ from, to, data, value: numberToHex(value), gas, gasPrice: '0x0' }];
    const hash = await client.request<{ ReturnType: Hex }>({ method: 'eth_sendTransaction', params } as never);
    await mine(wait);
    return client.getTransactionReceipt({ hash });
  };
  const logs: ProvenEvent[] = [];
  const outcomeOf = async (receipt: Awaited<ReturnType<typeof mined>>): Promise<Outcome> => {
    const [gas, block] = [Number(receipt.gasUsed), Number(receipt.blockNumber)];
    if (receipt.status === 'success') {
      for (const { topics, data, blockHash, logIndex, transactionIndex, address: by } of receipt.logs) {
        const place = { block, blockHash, timestamp: time, transactionIndex, logIndex };
        logs.push({ ...place, topics, data, address: by.toLowerCase() as Hex });
      }
      const said = parseEventLogs({ abi, logs: receipt.logs }).map((log): Said => {
        return { event: log.eventName, args: log.args as unknown as Said['args'] };
      });
      return { ...(receipt.logs.length === 1 ? said[0] : {}), said, gas, block };
    }
    const params = [receipt.transactionHash, { tracer: 'callTracer' }];
    const request = { method: 'debug_traceTransaction', params } as never;
    const { output = '0x' } = await client.request<{ ReturnType: { output?: Hex } }>(request);
    if (output === '0x') return { said: [], error: 'nothing', gas, block };
    const { errorName, args: errorArgs = [] } = decodeErrorResult({ abi, data: output });
    return { said: [], error: errorName, errorArgs, gas, block };
  };

  const created = await mined(accounts[0] as Address, undefined, encodeDeployData({ abi, bytecode, args }));
  if (created.status !== 'success') throw new Error('the contract was not created');
  const deployed = await outcomeOf(created);
  const address = (created.contractAddress as Address).toLowerCase() as Address;

  /** Sends bytes as they are, `wait` seconds after the transaction before, with ether where that is asked for. */
  const sendBytes = async (from: Address, data: Hex, how?: { wait?: number; value?: bigint }): Promise<Outcome> =>
    outcomeOf(await mined(from, address, data, how));
  return {
    client,
    address,
    accounts,
    chainId: await client.getChainId(),
    deployed,
    deployGas: deployed.gas,
    /** Every log so far, in order. */
    logs: logs as readonly ProvenEvent[],
    /** Block time of the last transaction, in seconds. */
    now: () => time,
    sendBytes,
    send(from: Address, functionName: string, sent: readonly unknown[] = [], wait = 1): Promise<Outcome> {
      return sendBytes(from, encodeFunctionData({ abi, functionName, args: sent }), { wait });
    },
    /** Empty blocks. */
    async pass(blocks: number): Promise<void> {
      for (let each = 0; each < blocks; each += 1) await mine(1);
    },
    /** Runs what is given and takes all of it back; time alone goes on. */
    async undone<T>(attempt: () => Promise<T>): Promise<T> {
      const before = logs.length;
      const id = await client.snapshot();
      try {
        return await attempt();
      } finally {
        await client.revert({ id });
        logs.length = before;
      }
    },
    /** What a view answers. */
    async view(functionName: string, sent: readonly unknown[] = []): Promise<unknown> {
      return client.readContract({ abi, address, functionName, args: sent });
    },
    /** What an account proof shows of some slots. */
    async slots(...storageKeys: readonly Hex[]): Promise<{ codeHash: Hex; values: readonly bigint[] }> {
      const proof = await client.getProof({ address, storageKeys: [...storageKeys] });
      return { codeHash: proof.codeHash, values: proof.storageProof.map(({ value }) => value) };
    },
  };
}
