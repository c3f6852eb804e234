import type { Hex } from '../../core/evm/hex.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { emptyRoot } from '../../core/evm/trie.ts';
import { listedValidators, listLength, listSlots, slotOf, type ProvenSets } from '../../core/evm/validatorContract.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { mapInWindow } from '../pool/mapInWindow.ts';
import type { LedgerNodes } from './ledgerNodes.ts';
import { readAccount } from './readAccount.ts';
import type { RpcNode } from './rpcNode.ts';

/** Proofs that are asked for at once. */
const underWay = 6;

const noTransactions = toHex0x(emptyRoot);

/** Who may seal a block, or why that is not known. */
type SetOrReason = readonly Hex[] | string;

/**
 * QBFT in contract mode: who may seal a block stands in the state of the block before it (Besu, Nethermind). It is proven against each block that may have changed it: one without
 * transactions changes no storage, and an account whose storage has the same root holds the same list. That those blocks hold is judged by whoever uses the sets, in the same order.
 * @param headers in a row; the checkpoint is one of them
 */
export async function readValidatorSets(
  headers: readonly ReadHeader[],
  { validatorContract, checkpoint }: EvmPin,
  nodes: LedgerNodes,
  order: readonly RpcNode[],
  signal: AbortSignal | undefined,
): Promise<ProvenSets> {
  const address = (validatorContract?.address ?? '0x') as Hex;
  const slot = validatorContract?.slot ?? 0;
  const at = headers.findIndex(({ header }) => header.number === checkpoint?.number);
  const parents = at < 0 ? [] : headers.slice(at, -1);
  const proofs = new Map<string, Promise<Proof>>();
  const ask = (read: ReadHeader, slots: readonly Hex[]): Promise<Proof> => {
    const key = `${read.sealed.blockHash} ${slots.length}`;
    const proof =
      proofs.get(key) ??
      readAccount(read.header, address, slots, nodes, order, signal).then(
        ({ account, check }) => account ?? String(check.params?.['reason']),
      );
    proofs.set(key, proof);
    return proof;
  };
  const mayChange = parents.filter(({ header }, index) => index === 0 || header.transactionsRoot !== noTransactions);
  const roots = await mapInWindow(mayChange, underWay, (read) => ask(read, [slotOf(BigInt(slot))]), signal);
  const sets = new Map<number, SetOrReason>();
  let root = '';
  let set: SetOrReason = '';
  for (const parent of parents) {
    const proof = roots[mayChange.indexOf(parent)];
    if (proof !== undefined && (typeof set !== 'string' || parent === parents[0])) {
      const next = typeof proof === 'string' ? '' : toHex0x(proof.account?.storageHash ?? new Uint8Array());
      if (typeof proof === 'string') set = why(parent, proof);
      else if (next !== root) set = await listOf(parent, proof, slot, ask);
      root = next;
    }
    sets.set(parent.header.number + 1, set);
  }
  const first = sets.get((checkpoint?.number ?? 0) + 1);
  const of = (number: number): SetOrReason => sets.get(number) ?? 'The pinned block is not among those that were read.';
  return {
    first: typeof first === 'string' ? 0 : (first?.length ?? 0),
    at: (number) => {
      const found = of(number);
      return typeof found === 'string' ? undefined : found;
    },
    whyNot: (number) => {
      const found = of(number);
      return typeof found === 'string' ? found : undefined;
    },
  };
}

type Proof = Exclude<Awaited<ReturnType<typeof readAccount>>['account'], undefined> | string;

async function listOf(
  parent: ReadHeader,
  proof: Exclude<Proof, string>,
  slot: number,
  ask: (read: ReadHeader, slots: readonly Hex[]) => Promise<Proof>,
): Promise<SetOrReason> {
  const count = listLength(proof, slot);
  if (typeof count === 'string') return why(parent, count);
  const whole = await ask(parent, [slotOf(BigInt(slot)), ...listSlots(slot, count)]);
  const list = typeof whole === 'string' ? whole : listedValidators(whole, slot);
  return typeof list === 'string' ? why(parent, list) : list;
}

function why({ header }: ReadHeader, reason: string): string {
  return `Who may seal block ${header.number + 1} stands in the contract as block ${header.number} left it. ${reason}`;
}
