import type { Address, ContractFunctionArgs, ContractFunctionName } from 'viem';
import {
  eventProofVerifierAbi as abi,
  eventProofVerifierBytecode as bytecode,
} from '../../contracts/eventProofVerifier.ts';
import type { ZkStatement } from '../../core/trace/zk/statement.ts';
import { deployContract } from './deployContract.ts';

type Question = ContractFunctionName<typeof abi, 'view' | 'pure'>;
type QuestionArgs<Name extends Question> = ContractFunctionArgs<typeof abi, 'view' | 'pure', Name> & readonly unknown[];

/** A new EventProofVerifier. */
export async function deployVerifier(rpc: string) {
  const { accounts, deployGas, view, send } = await deployContract(rpc, { abi, bytecode, gas: 5_000_000 });
  return {
    deployGas,
    read: <Name extends Question>(name: Name, args: QuestionArgs<Name>): Promise<unknown> => view(name, args),
    /**
     * Gas of a transaction that asks, its own 21,000 and calldata included. A node's estimate would be of a call that runs out of gas inside a
     * precompile: the contract answers false to that, and does not revert.
     */
    gasOf: async <Name extends Question>(name: Name, args: QuestionArgs<Name>): Promise<number> =>
      (await send(accounts[0] as Address, name, args)).gas,
  };
}

const parts = { call: 0, argument: 1, result: 2 } as const;
const bits = { none: 0n, i32: 32n, i64: 64n } as const;

/** A statement as the contract takes it. */
export function statementArgument({ function: index, part, position, type, signed, lo, hi }: ZkStatement) {
  return {
    functionIndex: BigInt(index),
    part: parts[part],
    position: BigInt(position),
    bits: bits[type],
    signed,
    lo,
    hi,
  };
}
