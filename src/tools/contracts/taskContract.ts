import { type Address, type ContractFunctionArgs, type ContractFunctionName, type Hex, numberToHex } from 'viem';
import { proofOfExecutionAbi as abi, proofOfExecutionBytecode as bytecode } from '../../contracts/proofOfExecution.ts';
import { type TaskState, taskStates } from '../../contracts/taskState.ts';
import { slotKey } from '../../core/evm/knownContracts.ts';
import { type Outcome, deployContract } from './deployContract.ts';

export type Step = ContractFunctionName<typeof abi, 'nonpayable'>;
export type StepArgs<S extends Step> = ContractFunctionArgs<typeof abi, 'nonpayable', S>;

export interface TaskSlots {
  readonly owner: Address;
  readonly deadline: bigint;
  readonly state: TaskState;
  readonly matchedByOwner: boolean;
  readonly processor: Address;
  readonly since: bigint;
  readonly offer: bigint;
}

export type TaskContract = Awaited<ReturnType<typeof deployTaskContract>>;

/** A new ProofOfExecution. */
export async function deployTaskContract(rpc: string) {
  const deployed = await deployContract(rpc, { abi, bytecode, gas: 1_000_000 });
  const { client, address } = deployed;
  return {
    ...deployed,
    /** Takes one step, `wait` seconds after the one before. */
    send: <S extends Step>(from: Address, functionName: S, args: StepArgs<S>, wait = 1): Promise<Outcome> =>
      deployed.send(from, functionName, args as readonly unknown[], wait),
    async task(id: bigint): Promise<TaskSlots> {
      const [owner, deadline, state, matchedByOwner, processor, since, offer] = await client.readContract({
        abi,
        address,
        functionName: 'tasks',
        args: [id],
      });
      return { owner, deadline, state: taskStates[state] as TaskState, matchedByOwner, processor, since, offer };
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
    /** A slot of the contract's storage. */
    async slot(key: Hex): Promise<Hex> {
      return (await client.getStorageAt({ address, slot: key })) as Hex;
    },
    /** What an account proof shows of slots 0 and 1. */
    async kept(): Promise<{ count: number; hash: Hex; codeHash: Hex }> {
      const { codeHash, values } = await deployed.slots(slotKey(0), slotKey(1));
      const [count, hash] = values;
      return { count: Number(count), hash: numberToHex(hash ?? 0n, { size: 32 }), codeHash };
    },
  };
}
