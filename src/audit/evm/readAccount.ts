import { verifyAccountProof, type ProvenAccount } from '../../core/evm/accountProof.ts';
import type { Header } from '../../core/evm/header.ts';
import { fromHex0x, type Hex } from '../../core/evm/hex.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../core/verdict/check.ts';
import type { LedgerNodes } from './ledgerNodes.ts';
import { quantity } from './readHeaders.ts';
import type { RpcNode } from './rpcNode.ts';

export interface AccountRead {
  readonly check: Check;
  readonly account: ProvenAccount | undefined;
  /** What nodes gave that is proven to be wrong. */
  readonly faults: readonly { readonly node: RpcNode; readonly reason: string }[];
}

const spec = 'EIP-1186; Ethereum Yellow Paper §4.1';

/** An account and slots of its storage, proven against a block's state: each node is asked until one gives a proof that holds. */
export async function readAccount(
  header: Header,
  address: Hex,
  slots: readonly Hex[],
  nodes: LedgerNodes,
  order: readonly RpcNode[],
  signal?: AbortSignal,
): Promise<AccountRead> {
  const call = { method: 'eth_getProof', params: [address, [...slots], quantity(header.number)] };
  const faults: { node: RpcNode; reason: string }[] = [];
  let missing = '';
  const left = [...order];
  while (left.length > 0) {
    const { outcomes, node } = await nodes.ask([call], left, signal);
    left.splice(left.indexOf(node), 1);
    const [outcome] = outcomes;
    if (outcome?.kind !== 'result' || outcome.value === null) {
      missing = outcome?.kind === 'result' || !outcome ? 'It has no proof.' : outcome.reason;
      continue;
    }
    try {
      const account = await verifyAccountProof(fromHex0x(header.stateRoot), outcome.value);
      if (account.address !== address) throw new FormatError(`It is a proof of ${account.address}.`, 0);
      const absent = slots.find((slot) => !account.slots.some(({ key }) => key === slot));
      if (absent !== undefined) throw new FormatError(`It leaves out the slot ${absent}.`, 0);
      const params = { address, slots: slots.length, number: header.number };
      return { account, faults, check: pass('EVM_STATE', { spec, params }) };
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      faults.push({ node, reason: error.message });
    }
  }
  const params = { address, slots: slots.length, number: header.number };
  const [wrong] = faults;
  if (wrong)
    return {
      account: undefined,
      faults,
      check: fail('EVM_STATE', { spec, params: { ...params, reason: wrong.reason } }),
    };
  const reason = `No node gives a proof of the account (eth_getProof). ${missing}`;
  return { account: undefined, faults, check: unknown('EVM_STATE', { spec, params: { ...params, reason } }) };
}
