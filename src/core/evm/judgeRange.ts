import type { EvmPin } from '../trust/trust.ts';
import { fail, pass, unknown, all, type Check } from '../verdict/check.ts';
import { parseHeader } from './header.ts';
import { toHex0x, type Hex } from './hex.ts';
import { checkHeaderSeals, checkLinks, checkSeals, type Finality, type ReadHeader } from './judgeHeaders.ts';
import { consensusRules, majorityOf, readSealed } from './seals/consensus.ts';
import { hashOf } from './seals/sealed.ts';
import type { ProvenSets } from './validatorContract.ts';
import { ValidatorSet } from './validators.ts';

/** What headers of a range are worth under a pin. */
export interface RangeJudged {
  readonly checks: readonly Check[];
  /** Index of the last header that may be relied upon; −1 where none may. Blocks after it may still be replaced. */
  readonly end: number;
  readonly progress: Finality | undefined;
  /** From where on headers would tell which votes were cast before the pinned block, where that is needed. */
  readonly votesFrom?: number;
  /** The validators behind the last header, where every header holds. */
  readonly set?: ValidatorSet | undefined;
}

/** A header with its hash; its signers are recovered elsewhere, as that takes a thousand times as long. @throws FormatError */
export function openHeader(rlp: Uint8Array, consensus: EvmPin['consensus']): Omit<ReadHeader, 'signers'> {
  if (consensus !== 'ethereum') return readSealed(rlp, consensus);
  const header = parseHeader(rlp);
  const blockHash = toHex0x(hashOf(header.items));
  return {
    header,
    sealed: {
      blockHash,
      sealHash: new Uint8Array(32),
      seals: [],
      listed: undefined,
      vote: undefined,
      proposer: header.coinbase,
    },
  };
}

const specs = { pin: 'DESIGN §8 (evm)', link: 'Ethereum Yellow Paper §4.3.4 (parentHash)' } as const;

/**
 * Judges headers in a row. What stands before the pinned checkpoint is committed to by its hash; what stands behind it needs seals of validators that are
 * followed from the pin. Ethereum's proof of stake seals no headers: there nothing behind the checkpoint is final.
 * @param sets where the pin says that validators are kept in a contract
 */
export function judgeRange(headers: readonly ReadHeader[], pin: EvmPin, sets?: ProvenSets): RangeJudged {
  const { checkpoint, consensus } = pin;
  const links = checkLinks(headers);
  const first = headers[0]?.header.number ?? 0;
  const at = checkpoint ? checkpoint.number - first : 0;
  const anchor = checkCheckpoint(headers, pin, at);
  const isAnchored = anchor.every(({ status }) => status === 'pass') && links.status === 'pass';
  if (consensus === 'ethereum') {
    const end = isAnchored ? at : -1;
    return { checks: [links, ...anchor, checkAncestry(headers, pin, end)], end, progress: undefined };
  }
  const begin = Math.max(0, at);
  const { validators, seals, set, votesFrom } = checkSeals(headers.slice(begin), consensus, pin, {
    before: isAnchored ? headers.slice(0, begin) : [],
    sets,
  });
  const holds = [links, validators, seals].every(({ status }) => status === 'pass') && isAnchored;
  const checks = [links, ...anchor, validators, seals];
  const last = headers.length - 1;
  const more = { set: holds ? set : undefined, ...(votesFrom === undefined ? {} : { votesFrom }) };
  if (consensusRules[consensus].quorum) return { checks, end: holds ? last : -1, progress: undefined, ...more };
  const { end, progress } = followFinality(headers, begin, set, checkpoint !== undefined);
  const finality = checkFinality(headers, end, progress, holds);
  return { checks: [...checks, finality], end: holds ? end : -1, progress, ...more };
}

/**
 * Judges single headers that are not in a row, each by its own seals: only where validators are pinned for their numbers, and a quorum seals every block.
 */
export function judgeScattered(headers: readonly ReadHeader[], pin: EvmPin): RangeJudged {
  const { consensus, validators: pinned = [] } = pin;
  const rules = consensus === 'ethereum' ? undefined : consensusRules[consensus];
  if (!rules?.quorum || consensus === 'ethereum' || pinned.length === 0 || pin.validatorContract) {
    const reason = 'Single blocks stand by themselves only where a pinned quorum seals every block.';
    return { checks: [unknown('EVM_SEALS', { spec: specs.pin, params: { reason } })], end: -1, progress: undefined };
  }
  const set = new ValidatorSet(pinned as Hex[]);
  const children = headers.map((read) => checkHeaderSeals(read, set, consensus, pin));
  const seals = all(
    'EVM_SEALS',
    children.filter(({ status }, index) => index < 64 || status !== 'pass'),
    {
      spec: rules.spec,
      params: { count: headers.length },
    },
  );
  const anchor = pin.checkpoint || pin.from === undefined ? [notLinked(headers, pin)] : [];
  return { checks: [...anchor, seals], end: seals.status === 'pass' ? headers.length - 1 : -1, progress: undefined };
}

function notLinked(headers: readonly ReadHeader[], { checkpoint }: EvmPin): Check {
  const first = headers[0]?.header.number ?? 0;
  const params = {
    number: checkpoint?.number ?? 0,
    hash: checkpoint?.hash ?? '',
    first,
    reason: 'Only single blocks were read.',
  };
  return unknown('EVM_CHECKPOINT', { spec: specs.pin, params });
}

/** Without a checkpoint the validators must be pinned for a range: else keys of validators who have retired could sign another history. */
function checkCheckpoint(headers: readonly ReadHeader[], { checkpoint, from, consensus }: EvmPin, at: number): Check[] {
  const [spec, first] = [specs.pin, headers[0]?.header.number ?? 0];
  if (!checkpoint) {
    if (from !== undefined && consensus !== 'ethereum') return [];
    const reason = 'Your trust file pins no block of this ledger, and no range for its validators.';
    return [unknown('EVM_CHECKPOINT', { spec, params: { number: 0, hash: '', first, reason } })];
  }
  const params = { number: checkpoint.number, hash: checkpoint.hash, first };
  const found = headers[at]?.sealed.blockHash ?? (at === -1 ? headers[0]?.header.parentHash : undefined);
  if (found === undefined) {
    const reason = `The blocks that were read are ${first} to ${first + headers.length - 1}.`;
    return [unknown('EVM_CHECKPOINT', { spec, params: { ...params, reason } })];
  }
  return [
    found === checkpoint.hash
      ? pass('EVM_CHECKPOINT', { spec, params })
      : fail('EVM_CHECKPOINT', { spec, params: { ...params, found } }),
  ];
}

/** Ethereum: what the pinned block descends from is as final as the pin. */
function checkAncestry(headers: readonly ReadHeader[], { checkpoint }: EvmPin, end: number): Check {
  const last = headers.at(-1)?.header.number ?? 0;
  const params = { number: last, signers: 0, needed: 0, validators: 0, final: checkpoint?.number ?? 0 };
  if (end === headers.length - 1) return pass('EVM_FINALITY', { spec: specs.link, params });
  const reason = checkpoint
    ? `Only blocks up to the pinned block ${checkpoint.number} are known to be final; ${last} is not one of them.`
    : 'No block is pinned, and the headers of this ledger carry no seals.';
  return unknown('EVM_FINALITY', { spec: specs.link, params: { ...params, reason } });
}

/** The last block that more than half of the validators have sealed or built upon; the checkpoint and what it descends from at least. */
function followFinality(
  headers: readonly ReadHeader[],
  at: number,
  set: ValidatorSet | undefined,
  isPinned: boolean,
): { readonly end: number; readonly progress: Finality } {
  const validators = set?.size ?? 0;
  const needed = majorityOf(validators);
  const seen = new Set<Hex>();
  let end = isPinned ? Math.min(at, headers.length - 1) : -1;
  for (let index = headers.length - 1; index > end; index--) {
    for (const signer of headers[index]?.signers ?? []) if (signer !== undefined && set?.has(signer)) seen.add(signer);
    if (seen.size >= needed && validators > 0) end = index;
  }
  return { end, progress: { signers: seen.size, needed, validators } };
}

function checkFinality(
  headers: readonly ReadHeader[],
  end: number,
  { needed, validators }: Finality,
  holds: boolean,
): Check {
  const spec = 'EIP-225; OpenEthereum, Authority Round';
  const final = headers[end]?.header.number;
  const params = { signers: needed, needed, validators, number: headers.at(-1)?.header.number ?? 0, final: final ?? 0 };
  if (!holds) return unknown('EVM_FINALITY', { spec, params: { ...params, reason: 'The seals do not hold.' } });
  if (final !== undefined) return pass('EVM_FINALITY', { spec, params });
  const reason = `None of these blocks has ${needed} of ${validators} signers on top of it yet.`;
  return unknown('EVM_FINALITY', { spec, params: { ...params, reason } });
}
