import { attestationNetworkSlots as slots } from '../../contracts/attestationNetwork.ts';
import type { ProvenAccount } from '../evm/accountProof.ts';
import type { Hex } from '../evm/hex.ts';
import { slotKey } from '../evm/knownContracts.ts';
import type { Code } from '../verdict/check.ts';
import type { NetworkModel } from './model.ts';
import {
  epochSlot,
  lastRecordSlot,
  nodeSlots,
  readEpochSlot,
  readMask,
  readNodeSlots,
  slotValue,
  trustSlot,
} from './networkSlots.ts';
import type { Fault } from './replay.ts';

/** Keys of the slots that an audit needs: count, hash, epoch, trust nodes, last record, and two of each node. */
export function networkStorage(nodes: number): readonly Hex[] {
  const fixed = [slotKey(slots.eventCount), slotKey(slots.runningHash), epochSlot, trustSlot, lastRecordSlot];
  return [...fixed, ...Array.from({ length: nodes }, (_, index) => nodeSlots(index)).flat()];
}

/** What was recomputed, against what the contract keeps. */
export function compareStorage(
  model: NetworkModel,
  account: ProvenAccount | undefined,
): { readonly faults: readonly Fault[]; readonly missing: ReadonlyMap<Code, string> } {
  const faults: Fault[] = [];
  const missing = new Map<Code, string>();
  const compare = (code: Code, keys: readonly Hex[], find: (...values: readonly bigint[]) => string | undefined) => {
    const values = keys.map((key) => slotValue(account, key));
    if (values.includes(undefined)) {
      missing.set(code, 'What the contract keeps is not proven.');
      return;
    }
    const reason = find(...(values as bigint[]));
    if (reason !== undefined) faults.push({ code, reason, block: model.epoch.from });
  };
  compare('NET_ANCHORS', [epochSlot, trustSlot], (epoch = 0n, trust = 0n) => {
    const { number, from, trust: elected, counted } = model.epoch;
    const kept = readEpochSlot(epoch);
    const expected = { number, from, trusted: elected.size, counted };
    const accounts = (indices: Iterable<number>) =>
      [...indices].map((index) => model.nodes[index]?.account ?? `node ${index}`).join(', ') || 'none';
    const [inForce, recomputed] = [accounts(readMask(trust)), accounts(elected)];
    if (inForce !== recomputed)
      return `The contract has the trust nodes ${inForce}, recomputed they are ${recomputed}.`;
    return different(kept, expected, 'The epoch');
  });
  compare('NET_RECORD', [lastRecordSlot], (last = 0n) => {
    const kept = `0x${last.toString(16).padStart(64, '0')}`;
    if (kept === model.lastRecord) return undefined;
    return `The contract’s last record is ${kept}, the chain of records ends with ${model.lastRecord}.`;
  });
  for (const { index, document: _, ...node } of model.nodes) {
    compare('NET_REPUTATION', nodeSlots(index), (first = 0n, second = 0n) =>
      different(readNodeSlots(first, second), node, `Node ${node.account}`),
    );
  }
  return { faults, missing };
}

function different(kept: object, expected: object, what: string): string | undefined {
  const [a, b] = [kept, expected] as unknown as readonly [Record<string, unknown>, Record<string, unknown>];
  const name = Object.keys(b).find((key) => a[key] !== b[key]);
  return name && `${what}: its ${name} is ${String(a[name])} in the contract, recomputed it is ${String(b[name])}.`;
}
