import { contradiction, validatorsAt, type Equivocation } from '../../core/evm/equivocation.ts';
import type { Header } from '../../core/evm/header.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import type { ProvenSets } from '../../core/evm/validatorContract.ts';
import { ValidatorSet } from '../../core/evm/validators.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { readByHash, type HeaderReading } from './readHeaders.ts';
import type { SeenHeader, SeenHeaders } from './seenHeaders.ts';

/** Of heights at which more than one block was shown, so many are looked at from the lowest: where one history parts from another, all behind it differ. */
const maximumHeights = 32;
/** Branches that are followed down, and how far. */
const maximumBranches = 2;
const maximumDepth = 512;

export interface EquivocationSearch {
  /** Headers as they were read, in a row where `isRow`; they need not hold. */
  readonly headers: readonly ReadHeader[];
  readonly isRow: boolean;
  readonly pin: EvmPin;
  readonly sets?: ProvenSets | undefined;
  readonly seen: SeenHeaders;
}

/** Two sealed histories among all that was shown in one audit, at whatever time and by whomever; the place where they part is named. */
export function findEquivocation(search: EquivocationSearch): Equivocation | undefined {
  const { pin, seen } = search;
  for (const number of seen.contradicted.slice(0, maximumHeights)) {
    const shown = seen.at(number);
    for (const [index, a] of shown.entries()) {
      const set = setAt(a.read, search);
      for (const b of set ? shown.slice(index + 1) : []) {
        const validators = set && contradiction(a.read, b.read, set, pin);
        if (validators) return found(a, b, validators, search);
      }
    }
  }
  return undefined;
}

function setAt({ header }: ReadHeader, { headers, isRow, pin, sets }: EquivocationSearch): ValidatorSet | undefined {
  if (isRow) return validatorsAt(header, headers, pin, sets);
  // Single blocks stand under the set that is pinned for all of them.
  return pin.validators?.length && !pin.validatorContract ? new ValidatorSet(pin.validators as Hex[]) : undefined;
}

/**
 * Where two blocks of one number have different parents, their histories part further down: the parents of those that do not stand in the row are asked for by their hashes until
 * they lead to it. What is found is in `seen` afterwards.
 */
export async function followBranches(
  { headers, isRow, seen }: EquivocationSearch,
  reading: HeaderReading,
): Promise<void> {
  if (!isRow) return;
  const first = headers[0]?.header.number ?? 0;
  const inRow = (number: number): string | undefined => headers[number - first]?.sealed.blockHash;
  const heads = seen.contradicted
    .flatMap((number) => seen.at(number))
    .filter(({ read: { header, sealed } }) => inRow(header.number) !== sealed.blockHash)
    .slice(-maximumBranches);
  for (const { read } of heads) {
    let below: ReadHeader | undefined = read;
    for (let depth = 0; below && depth < maximumDepth; depth++) {
      const { number, parentHash }: Header = below.header;
      if (number <= first || inRow(number - 1) === parentHash) break;
      const known: SeenHeader | undefined = seen
        .at(number - 1)
        .find(({ read: { sealed } }) => sealed.blockHash === parentHash);
      below = known?.read ?? (await readByHash(parentHash, reading));
    }
  }
}

function found(
  a: SeenHeader,
  b: SeenHeader,
  validators: readonly Hex[],
  { headers, isRow }: EquivocationSearch,
): Equivocation {
  const { number } = a.read.header;
  const leading = headers.filter(({ header }) => header.number < number).map(({ header }) => header.rlp);
  return {
    number,
    headers: [a.read.header.rlp, b.read.header.rlp],
    validators,
    ...(isRow ? { leading } : {}),
    shownBy: [a.by, b.by],
  };
}
