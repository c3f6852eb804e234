import {
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type Hex,
  createTestClient,
  encodeFunctionData,
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
  const mined = async (data: Hex, to?: Address) => {
    const transaction = { from, to, data, gas: numberToHex(5_000_000), gasPrice: '0x0' };
    const hash = await client.request<{ ReturnType: Hex }>({
      method: 'eth_sendTransaction',
      params: [transaction],
    } as never);
    await client.mine({ blocks: 1 });
    return client.getTransactionReceipt({ hash });
  };
  const { contractAddress, gasUsed } = await mined(bytecode);
  const address = contractAddress as Address;
  return {
    deployGas: Number(gasUsed),
    read: <Name extends Question>(
      functionName: Name,
      args: ContractFunctionArgs<typeof abi, 'view' | 'pure', Name>,
    ): Promise<unknown> => client.readContract({ address, abi, functionName, args } as never),
    /**
     * Gas of a transaction that asks, its own 21,000 and calldata included. A node's estimate would be of a call that runs out of gas inside a
     * precompile: the contract answers false to that, and does not revert.
     */
    gasOf: async <Name extends Question>(
      functionName: Name,
      args: ContractFunctionArgs<typeof abi, 'view' | 'pure', Name>,
    ): Promise<number> => {
      const receipt = await mined(encodeFunctionData({ abi, functionName, args } as never), address);
      return Number(receipt.gasUsed);
    },
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
