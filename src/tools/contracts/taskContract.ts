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
import type { ContractLog } from '../../contracts/runningHash.ts';
import { proofOfExecutionAbi as abi, proofOfExecutionBytecode as bytecode } from '../../contracts/proofOfExecution.ts';
import { type TaskState, taskStates } from '../../contracts/taskState.ts';

export type Step = ContractFunctionName<typeof abi, 'nonpayable'>;
export type StepArgs<S extends Step> = ContractFunctionArgs<typeof abi, 'nonpayable', S>;

/** What came of one transaction: its event, or the custom error that it was refused with. */
export interface Outcome {
  readonly event?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly errorArgs?: readonly unknown[];
  readonly gas: number;
}

export interface TaskSlots {
  readonly owner: Address;
  readonly deadline: bigint;
  readonly state: TaskState;
  readonly matchedByOwner: boolean;
  readonly processor: Address;
  readonly since: bigint;
  readonly offer: bigint;
}

/** More than any transaction of the contract needs. */
const gasLimit = numberToHex(1_000_000);

export type TaskContract = Awaited<ReturnType<typeof deployTaskContract>>;

/** A new ProofOfExecution on a development node that mines only here: one transaction a block, each at a time that is given. */
export async function deployTaskContract(rpc: string) {
  const client = createTestClient({ mode: 'anvil', transport: http(rpc) }).extend(publicActions);
  const known = await client.request<{ ReturnType: Address[] }>({ method: 'eth_accounts' } as never);
  const accounts = known.map((account) => getAddress(account));
  let time = Number((await client.getBlock()).timestamp);

  const mined = async (from: Address, to: Address | undefined, data: Hex, value = 0n) => {
    const transaction = { from, data, value: numberToHex(value), gas: to ? gasLimit : undefined, gasPrice: '0x0', to };
    const hash = await client.request<{ ReturnType: Hex }>({
      method: 'eth_sendTransaction',
      params: [transaction],
    } as never);
    await client.request({ method: 'evm_mine', params: [numberToHex(time)] } as never);
    return client.getTransactionReceipt({ hash });
  };

  time += 1;
  const { contractAddress, gasUsed: deployGas } = await mined(accounts[0] as Address, undefined, bytecode);
  const address = contractAddress as Address;
  const logs: ContractLog[] = [];
  const history: { event: string; args: Readonly<Record<string, unknown>>; time: number }[] = [];

  /** Sends bytes as they are, with ether where that is asked for. */
  const sendBytes = async (from: Address, data: Hex, { wait = 1, value = 0n } = {}): Promise<Outcome> => {
    time += wait;
    const receipt = await mined(from, address, data, value);
    const gas = Number(receipt.gasUsed);
    if (receipt.status === 'success') {
      logs.push(
        ...receipt.logs.map(({ topics, data: held, blockNumber }) => ({ topics, data: held, block: blockNumber })),
      );
      const events = parseEventLogs({ abi, logs: receipt.logs });
      const [event] = events;
      if (!event || events.length > 1 || receipt.logs.length > 1) throw new Error(`${receipt.logs.length} events`);
      const args = event.args as Readonly<Record<string, unknown>>;
      history.push({ event: event.eventName, args, time });
      return { event: event.eventName, args, gas };
    }
    const trace = await client.request<{ ReturnType: { output?: Hex } }>({
      method: 'debug_traceTransaction',
      params: [receipt.transactionHash, { tracer: 'callTracer' }],
    } as never);
    const output = trace.output ?? '0x';
    if (output === '0x') return { error: 'nothing', gas };
    const { errorName, args } = decodeErrorResult({ abi, data: output });
    return { error: errorName, errorArgs: (args ?? []) as readonly unknown[], gas };
  };

  return {
    client,
    address,
    accounts,
    deployGas: Number(deployGas),
    /** Every log so far, in order. */
    logs: logs as readonly ContractLog[],
    /** The same, decoded, with block times. */
    history: history as readonly Readonly<(typeof history)[number]>[],
    /** Block time of the last transaction, in seconds. */
    now: () => time,
    sendBytes,
    /** Takes one step, `wait` seconds after the one before. */
    send<S extends Step>(from: Address, functionName: S, args: StepArgs<S>, wait = 1): Promise<Outcome> {
      return sendBytes(from, encodeFunctionData({ abi, functionName, args } as never), { wait });
    },
    async task(id: bigint): Promise<TaskSlots> {
      const [owner, deadline, state, matchedByOwner, processor, since, offer] = await client.readContract({
        abi,
        address,
        functionName: 'tasks',
        args: [id],
      });
      return {
        owner,
        deadline,
        state: taskStates[state] as TaskState,
        matchedByOwner,
        processor,
        since,
        offer,
      };
    },
    async offer(offer: bigint): Promise<{ processor: Address; until: bigint; taken: boolean }> {
      const [processor, until, taken] = await client.readContract({
        abi,
        address,
        functionName: 'offers',
        args: [offer],
      });
      return { processor, until, taken };
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
        history.length = before;
      }
    },
    /** A slot of the contract's storage. */
    async slot(key: Hex): Promise<Hex> {
      return (await client.getStorageAt({ address, slot: key })) as Hex;
    },
    /** What an account proof shows of slots 0 and 1. */
    async kept(): Promise<{ count: number; hash: Hex; codeHash: Hex }> {
      const proof = await client.getProof({
        address,
        storageKeys: [numberToHex(0, { size: 32 }), numberToHex(1, { size: 32 })],
      });
      const [count, hash] = proof.storageProof.map(({ value }) => value);
      return { count: Number(count), hash: numberToHex(hash ?? 0n, { size: 32 }), codeHash: proof.codeHash };
    },
  };
}
