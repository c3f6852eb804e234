import type { ReadHeader } from '../judgeHeaders.ts';
import { judgeRange, judgeScattered, openHeader, type RangeJudged } from '../judgeRange.ts';
import { recoverSigner } from '../seals/recoverSigner.ts';
import type { Context } from '../../kinds/kind.ts';
import type { EvmPin } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';

/** @throws FormatError for the first header that cannot be read, or that does not stand behind the one before it; the signal's reason when aborted */
export async function readProofHeaders(
  list: readonly Uint8Array[],
  consensus: EvmPin['consensus'],
  { signal, onProgress, breathe }: Pick<Context, 'signal' | 'onProgress' | 'breathe'>,
): Promise<ReadHeader[]> {
  const headers: ReadHeader[] = [];
  for (const [index, rlp] of list.entries()) {
    if (index % 32 === 0) {
      signal?.throwIfAborted();
      onProgress?.({ done: index, total: list.length, unit: 'blocks' });
    }
    await breathe?.();
    const { header, sealed } = openHeader(rlp, consensus);
    if (header.number <= (headers.at(-1)?.header.number ?? -1)) {
      throw new FormatError(`Block ${header.number} does not stand behind the one before it.`, 0);
    }
    headers.push({ header, sealed, signers: sealed.seals.map((seal) => recoverSigner(sealed.sealHash, seal)) });
  }
  return headers;
}

/** All in a row where they are, else each by its own seals. */
export function judgeProofHeaders(headers: readonly ReadHeader[], pin: EvmPin): RangeJudged {
  return isRow(headers) ? judgeRange(headers, pin) : judgeScattered(headers, pin);
}

function isRow(headers: readonly ReadHeader[]): boolean {
  const [first, last] = [headers[0], headers.at(-1)];
  return first !== undefined && last !== undefined && last.header.number - first.header.number === headers.length - 1;
}
