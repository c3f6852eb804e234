import type { EvmPin } from '../trust/trust.ts';
import { fail, type Check } from '../verdict/check.ts';
import type { Header } from './header.ts';
import type { Hex } from './hex.ts';
import { checkHeaderSeals, type ReadHeader } from './judgeHeaders.ts';
import { judgeRange } from './judgeRange.ts';
import { consensusRules } from './seals/consensus.ts';
import type { ProvenSets } from './validatorContract.ts';
import { openSet, ValidatorSet } from './validators.ts';

/** Two histories of one ledger, each sealed by a quorum: what no honest third of its validators lets happen. */
export interface Equivocation {
  readonly number: number;
  /** Of the first two blocks that differ: of one number, on one parent. */
  readonly headers: readonly [Uint8Array, Uint8Array];
  /** The validators that sealed both. */
  readonly validators: readonly Hex[];
  /** Headers in a row that lead from what is pinned to the parent of both; left out where single blocks stand under a pinned set. */
  readonly leading?: readonly Uint8Array[];
  /** Who showed each of them, as nodes are named; the memory of an earlier reading has a name of its own. */
  readonly shownBy: readonly [string, string];
}

/**
 * Whether two headers are two blocks of one number on one parent, each sealed by a quorum of one set. The parent is asked for because seals name no ledger: the same validators may
 * well run another one under the same number. Only where a quorum seals each block: with Clique and Aura one signer's seals on two branches are nothing unusual.
 * @returns the validators that sealed both, at least a third; undefined where it is none
 */
export function contradiction(
  a: ReadHeader,
  b: ReadHeader,
  set: ValidatorSet,
  pin: EvmPin,
): readonly Hex[] | undefined {
  const { consensus } = pin;
  if (consensus === 'ethereum' || !consensusRules[consensus].quorum) return undefined;
  if (a.header.number !== b.header.number || a.sealed.blockHash === b.sealed.blockHash) return undefined;
  if (a.header.parentHash !== b.header.parentHash) return undefined;
  if ([a, b].some((each) => checkHeaderSeals(each, set, consensus, pin).status !== 'pass')) return undefined;
  return a.signers.filter((signer) => signer !== undefined).filter((signer) => b.signers.includes(signer));
}

/**
 * The validators of the block `number` on a parent, followed from the pin through headers that hold; undefined where they do not lead there.
 * @param row in a row, from the checkpoint or before it
 */
export function validatorsAt(
  { number, parentHash }: Pick<Header, 'number' | 'parentHash'>,
  row: readonly ReadHeader[],
  pin: EvmPin,
  sets: ProvenSets | undefined,
): ValidatorSet | undefined {
  const { checkpoint, consensus } = pin;
  const first = row[0]?.header.number ?? 0;
  if (consensus === 'ethereum' || number < Math.max(first, checkpoint?.number ?? first)) return undefined;
  const leading = row.slice(0, number - first);
  // What stands at the pinned block itself is decided by its hash; without one the range begins with the pinned set.
  if (leading.length === 0) return checkpoint || pin.validatorContract ? undefined : openSet(pin, number);
  if (leading.at(-1)?.sealed.blockHash !== parentHash) return undefined;
  const { end, set } = judgeRange(leading, pin, sets);
  if (end !== leading.length - 1 || set?.openAt !== undefined) return undefined;
  const proven = pin.validatorContract ? sets?.at(number) : undefined;
  return pin.validatorContract ? proven && new ValidatorSet(proven) : set;
}

export function equivocationCheck({ number, validators, shownBy, headers }: Equivocation): Check {
  const [a, b] = shownBy;
  const params = {
    number,
    validators: validators.join(', '),
    count: validators.length,
    shownBy: a === b ? `both by ${a}` : `one by ${a}, one by ${b}`,
    bytes: headers[0].length + headers[1].length,
  };
  return fail('EVM_EQUIVOCATION', { spec: 'DESIGN §5 (equivocation); EEA QBFT v1 §4', params });
}
