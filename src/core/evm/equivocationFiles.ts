import { canonicalJson } from '../bytes/jcs.ts';
import type { EvmPin } from '../trust/trust.ts';
import type { Equivocation } from './equivocation.ts';
import { toHex0x } from './hex.ts';

/** One of two histories, as a file that `check` judges by itself. */
export interface HistoryFile {
  readonly name: string;
  readonly text: string;
}

/** More headers than these lead to the two blocks of a ledger that is old: whoever checks them pins a block near by then. */
const mostLeading = 20_000;

/**
 * Both histories as files of the kind `evm-block`, which end with two blocks of one number on one parent. Each of them holds where it is judged alone, and that is the evidence: no
 * honest set of validators seals both.
 */
export function equivocationFiles(
  { chainId, consensus }: Pick<EvmPin, 'chainId' | 'consensus'>,
  { number, headers, leading = [] }: Equivocation,
): readonly [HistoryFile, HistoryFile] {
  const before = leading.length > mostLeading ? [] : leading;
  const file = (header: Uint8Array, letter: string): HistoryFile => ({
    name: `ledger-${chainId}-block-${number}-${letter}.json`,
    text: canonicalJson({
      affidavit: 'evm-block/1',
      consensus,
      chainId,
      headers: [...before, header].map(toHex0x),
    }),
  });
  return [file(headers[0], 'a'), file(headers[1], 'b')];
}
