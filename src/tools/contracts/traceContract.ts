import type { Address, ContractFunctionArgs, ContractFunctionName } from 'viem';
import { traceAnchorAbi as abi, traceAnchorBytecode as bytecode } from '../../contracts/traceAnchor.ts';
import { type Outcome, deployContract } from './deployContract.ts';

type Step = ContractFunctionName<typeof abi, 'nonpayable'>;
type StepArgs<S extends Step> = ContractFunctionArgs<typeof abi, 'nonpayable', S>;

export type TraceContract = Awaited<ReturnType<typeof deployTraceContract>>;

/** A new TraceAnchor. */
export async function deployTraceContract(rpc: string) {
  const deployed = await deployContract(rpc, { abi, bytecode });
  return {
    ...deployed,
    send: <S extends Step>(from: Address, functionName: S, args: StepArgs<S>): Promise<Outcome> =>
      deployed.send(from, functionName, args as readonly unknown[]),
  };
}
