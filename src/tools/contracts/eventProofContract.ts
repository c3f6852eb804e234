import {
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type Hex,
  createTestClient,
  http,
  numberToHex,
  publicActions,
} from 'viem';
import {
  eventProofVerifierAbi as abi,
  eventProofVerifierBytecode as bytecode,
} from '../../contracts/eventProofVerifier.ts';
import type { ZkStatement } from '../../core/trace/zk/statement.ts';

type Question = ContractFunctionName<typeof abi, 'view' | 'pure'>;

/** A new EventProofVerifier on a development node that mines only here. */
export async function deployVerifier(rpc: string) {
  const client = createTestClient({ mode: 'anvil', transport: http(rpc) }).extend(publicActions);
  const [from] = await client.request<{ ReturnType: Address[] }>({ method: 'eth_accounts' } as never);
  const transaction = { from, data: bytecode, gas: numberToHex(5_000_000), gasPrice: '0x0' };
  const hash = await client.request<{ ReturnType: Hex }>({
    method: 'eth_sendTransaction',
    params: [transaction],
  } as never);
  await client.mine({ blocks: 1 });
  const { contractAddress, gasUsed } = await client.getTransactionReceipt({ hash });
  const address = contractAddress as Address;
  return {
    deployGas: Number(gasUsed),
    read: <Name extends Question>(
      functionName: Name,
      args: ContractFunctionArgs<typeof abi, 'view' | 'pure', Name>,
    ): Promise<unknown> => client.readContract({ address, abi, functionName, args } as never),
    /** Gas of a transaction that asks, its own 21,000 and calldata included. */
    gasOf: <Name extends Question>(
      functionName: Name,
      args: ContractFunctionArgs<typeof abi, 'view' | 'pure', Name>,
    ): Promise<bigint> => client.estimateContractGas({ address, abi, functionName, args, account: from } as never),
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
