import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { consensusRules } from '../../core/evm/seals/consensus.ts';
import { forkPoint } from './forkPoint.ts';
import { readSome, type HeaderReading } from './readHeaders.ts';

/**
 * Receipts or proofs that are not those of a block need be no lie where blocks are replaced: the node may have another block of that number by now. Whether it has is asked, and
 * from where on. Where a quorum seals each block nothing is replaced, and two blocks of one number are equivocation.
 * @param numbers blocks of which something was given that is not theirs
 * @returns the first block that is another one now; undefined where nothing was replaced
 */
export async function replacedFrom(
  relied: readonly ReadHeader[],
  numbers: readonly number[],
  reading: HeaderReading,
): Promise<number | undefined> {
  const { consensus } = reading;
  if (consensus === 'ethereum' || consensusRules[consensus].quorum) return undefined;
  const held = new Map(relied.map((read) => [read.header.number, read]));
  const first = relied[0]?.header.number ?? 0;
  const shown = async (number: number): Promise<ReadHeader | string> => {
    const part = await readSome([number], reading, new Set());
    return 'kind' in part ? part.reason : (part[0] as ReadHeader);
  };
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const now = await shown(number);
    if (typeof now === 'string' || now.sealed.blockHash === held.get(number)?.sealed.blockHash) continue;
    const fork = await forkPoint(first, now, (each) => held.get(each), shown);
    return typeof fork === 'string' ? first : fork.header.number;
  }
  return undefined;
}
