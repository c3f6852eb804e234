import { toBase64Url } from '../../bytes/base64.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { readSuccessor } from './successorRecord.ts';
import type { OmcResult, OmcState } from '../omc.ts';
import type { ChainAudit, Predecessor } from '../types.ts';

/** What an audit keeps for the comparison with other chains (CHAIN.md 33). */
export function successionFacts(
  state: OmcState,
  { main }: Pick<OmcResult, 'main'>,
): Pick<ChainAudit, 'highest' | 'predecessor'> {
  // Wherever it was found, and on whatever fork: the highest number that the sequencer is known to have given.
  let highest = state.end < 0 ? null : state.end;
  for (const sequences of state.seen.values()) {
    for (const { k } of sequences) if (highest === null || k > highest) highest = k;
  }
  const first = main.find(({ height }) => height === 1);
  const leaf = first && state.hashes.get(first.timestampHash)?.tuple?.firstLeaf;
  return { highest, predecessor: leaf === undefined ? null : predecessorIn(leaf) };
}

function predecessorIn(leaf: string): Predecessor | null {
  const record = readSuccessor(fromHex(leaf));
  if (!record) return null;
  return {
    genesis: toHex(record.genesis),
    sequencerKey: toBase64Url(record.sequencerKey),
    k: record.k,
    height: record.height,
    timestampHash: toHex(record.timestampHash),
  };
}
