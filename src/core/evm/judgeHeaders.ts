import type { EvmPin } from '../trust/trust.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check } from '../verdict/check.ts';
import type { Header } from './header.ts';
import type { Hex } from './hex.ts';
import { consensusRules, majorityOf, quorumOf, readSealed, type Consensus } from './seals/consensus.ts';
import { recoverSigner } from './seals/recoverSigner.ts';
import type { Sealed } from './seals/sealed.ts';
import type { ProvenSets } from './validatorContract.ts';
import { epochStart, openSet, ValidatorSet } from './validators.ts';

/** One header that could be read, and who sealed it. */
export interface ReadHeader {
  readonly header: Header;
  readonly sealed: Sealed;
  /** Addresses that the seals recover to, as many as seals; undefined where one recovers to none. */
  readonly signers: readonly (Hex | undefined)[];
}

/** What headers say when judged under a pin. */
export interface HeadersJudged {
  readonly headers: readonly ReadHeader[];
  /** Links, checkpoint where one is pinned, validators, seals, and finality where one seal is not enough. */
  readonly checks: readonly Check[];
  /** The set after the last header. */
  readonly validators: readonly Hex[];
  readonly progress: Finality | undefined;
}

/** How far a block of one seal has come on its way to being final. */
export interface Finality {
  /** Distinct validators that sealed it or a block on top of it. */
  readonly signers: number;
  readonly needed: number;
  readonly validators: number;
}

const specs = {
  link: 'Ethereum Yellow Paper §4.3.4 (parentHash)',
  pin: 'DESIGN §8 (evm)',
} as const;

/** @throws FormatError for the first header that cannot be read, with its number in the list (from 1) in the message. */
export function readHeaders(list: readonly Uint8Array[], consensus: Consensus): ReadHeader[] {
  return list.map((rlp, index) => {
    try {
      const { header, sealed } = readSealed(rlp, consensus);
      return { header, sealed, signers: sealed.seals.map((seal) => recoverSigner(sealed.sealHash, seal)) };
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw new FormatError(`Header ${index + 1} of ${list.length} cannot be read. ${error.message}`, error.offset);
    }
  });
}

/**
 * Judges headers under one pin: linked by hash, beginning at the pinned checkpoint where there is one, each sealed by enough of the validators that are
 * followed from the pin. The set in a header's own list never counts.
 */
export function judgeHeaders(
  headers: readonly ReadHeader[],
  consensus: Consensus,
  pin: EvmPin | undefined,
): HeadersJudged {
  const links = checkLinks(headers);
  const checkpoint = checkCheckpoint(headers, pin);
  const { validators, seals, set } = checkSeals(headers, consensus, pin);
  const finality = consensusRules[consensus].quorum ? undefined : finalityOf(headers, set);
  return {
    headers,
    checks: [links, ...checkpoint, validators, seals, ...(finality ? [checkFinality(finality, seals, consensus)] : [])],
    validators: set?.members ?? [],
    progress: finality,
  };
}

/** Each header names the one before it by its hash, and numbers are in a row. */
export function checkLinks(headers: readonly ReadHeader[]): Check {
  const broken = headers.findIndex(({ header }, index) => {
    const before = headers[index - 1];
    return (
      before !== undefined &&
      (header.parentHash !== before.sealed.blockHash || header.number !== before.header.number + 1)
    );
  });
  const spec = specs.link;
  if (broken < 0)
    return pass('EVM_LINKS', {
      spec,
      params: { count: headers.length, first: numberOf(headers[0]), last: numberOf(headers.at(-1)) },
    });
  const [before, after] = [headers[broken - 1], headers[broken]];
  return fail('EVM_LINKS', {
    spec,
    params: {
      number: numberOf(after),
      parent: after?.header.parentHash ?? '',
      before: numberOf(before),
      hash: before?.sealed.blockHash ?? '',
    },
  });
}

const numberOf = (read: ReadHeader | undefined): number => read?.header.number ?? 0;

/** Only where a checkpoint is pinned: then the first header is that block or its child. */
function checkCheckpoint(headers: readonly ReadHeader[], pin: EvmPin | undefined): Check[] {
  const checkpoint = pin?.checkpoint;
  const [first] = headers;
  if (!checkpoint || !first) return [];
  const { header, sealed } = first;
  const spec = specs.pin;
  const params = { number: checkpoint.number, hash: checkpoint.hash, first: header.number };
  if (header.number === checkpoint.number) {
    return [
      sealed.blockHash === checkpoint.hash
        ? pass('EVM_CHECKPOINT', { spec, params })
        : fail('EVM_CHECKPOINT', { spec, params: { ...params, found: sealed.blockHash } }),
    ];
  }
  if (header.number === checkpoint.number + 1) {
    return [
      header.parentHash === checkpoint.hash
        ? pass('EVM_CHECKPOINT', { spec, params })
        : fail('EVM_CHECKPOINT', { spec, params: { ...params, found: header.parentHash } }),
    ];
  }
  return [unknown('EVM_CHECKPOINT', { spec, params })];
}

export interface SealsJudged {
  readonly validators: Check;
  readonly seals: Check;
  readonly set: ValidatorSet | undefined;
  /** Where votes that nobody has told may have been cast: the first block from which headers would tell them. */
  readonly votesFrom?: number;
}

export interface SealsInput {
  /** What stands before the first header, where that is the checkpoint: links are judged elsewhere. */
  readonly before?: readonly ReadHeader[];
  /** Sets that are proven from a contract, where the pin says that they are kept in one. */
  readonly sets?: ProvenSets | undefined;
}

/** A long file names its failing headers and counts the rest. */
const shownHeaders = 64;

/** Every header against the validators that are followed from the pin, up to the first that does not hold. */
export function checkSeals(
  headers: readonly ReadHeader[],
  consensus: Consensus,
  pin: EvmPin | undefined,
  { before = [], sets }: SealsInput = {},
): SealsJudged {
  const spec = consensusRules[consensus].spec;
  const nobody = whyNobody(pin);
  if (!pin || nobody !== undefined) {
    const params = { reason: nobody ?? '' };
    return {
      validators: unknown('EVM_VALIDATORS', { spec: specs.pin, params }),
      seals: unknown('EVM_SEALS', { spec, params }),
      set: undefined,
    };
  }
  let set = openSet(pin, headers[0]?.header.number ?? 0, before);
  const children: Check[] = [];
  let listing: Check | undefined;
  let open: string | undefined;
  for (const read of headers) {
    const { header, sealed } = read;
    if (isPinned(read, pin)) {
      if (header.number > 0) listing ??= listingOf(read, set, pin, spec);
      set.follow(header.number, sealed);
      continue;
    }
    open = pin.validatorContract ? whyNoSet(sets, header.number) : whyOpen(set, pin, header.number);
    if (open !== undefined) break;
    if (pin.validatorContract) set = new ValidatorSet(sets?.at(header.number) ?? []);
    listing ??= listingOf(read, set, pin, spec);
    const check = checkHeaderSeals(read, set, consensus, pin);
    if (children.length < shownHeaders || check.status !== 'pass') children.push(check);
    if (check.status !== 'pass') break;
    set.follow(header.number, sealed);
  }
  const params = { count: headers.length };
  const failed = children.some(({ status }) => status !== 'pass');
  const isOpen = open !== undefined && !failed;
  return {
    validators:
      listing ??
      (isOpen
        ? unknown('EVM_VALIDATORS', { spec: specs.pin, params: { reason: open ?? '' } })
        : pass('EVM_VALIDATORS', {
            spec: specs.pin,
            params: {
              count: (pin.validatorContract ? sets?.first : pin.validators?.length) ?? 0,
              now: set.size,
              through: pin.validatorContract ? 'what the contract that keeps them holds' : 'the votes in the blocks',
            },
          })),
    seals: isOpen
      ? unknown('EVM_SEALS', { spec, params: { ...params, reason: open ?? '' } })
      : children.length > 0
        ? all('EVM_SEALS', children, { spec, params })
        : pass('EVM_SEALS', { spec, params }),
    set,
    ...(!isOpen || set.openAt === undefined ? {} : { votesFrom: epochStart(pin, headers[0]?.header.number ?? 0) }),
  };
}

function whyNoSet(sets: ProvenSets | undefined, number: number): string | undefined {
  return sets ? sets.whyNot(number) : 'They are kept in a contract, and nothing here proves what it holds.';
}

function whyNobody(pin: EvmPin | undefined): string | undefined {
  if (!pin) return 'Your trust file has no entry for this ledger and these blocks.';
  if (pin.validatorContract) {
    return pin.checkpoint ? undefined : 'They are kept in a contract, and no block is pinned to read it from.';
  }
  return pin.validators?.length ? undefined : 'Its entry in the trust file pins no validators.';
}

function whyOpen(set: ValidatorSet, pin: EvmPin, number: number): string | undefined {
  if (set.openAt === undefined) return undefined;
  const start = epochStart(pin, number);
  return `Block ${set.openAt} holds a vote, and which votes were cast before in its epoch is not known, as what you have pinned begins in the middle of it. Say them in \`checkpoint.votes\`, or pin a block at its beginning, such as ${start}.`;
}

/** A genesis carries no seals: it is as good as the hash that is pinned for it. So is any pinned block where its validators stand in the state before it. */
function isPinned({ header, sealed }: ReadHeader, { checkpoint, validatorContract }: EvmPin): boolean {
  return (
    header.number === checkpoint?.number &&
    sealed.blockHash === checkpoint.hash &&
    (header.number === 0 || validatorContract !== undefined)
  );
}

/** What a header lists is compared with the set, never its source; where a contract keeps the set, headers list nobody (Besu). */
function listingOf(
  { header, sealed }: ReadHeader,
  set: ValidatorSet,
  { validatorContract }: EvmPin,
  spec: string,
): Check | undefined {
  const { listed } = sealed;
  if (!listed || (!validatorContract && set.equals(listed))) return undefined;
  const expected = validatorContract ? 'nobody, as a contract keeps them' : set.members.join(', ');
  return fail('EVM_VALIDATORS', { spec, params: { number: header.number, listed: listed.join(', '), expected } });
}

/** One header against the set in force: no seal of a stranger, no validator twice, and enough of them. */
export function checkHeaderSeals(
  { header, signers }: ReadHeader,
  set: ValidatorSet,
  consensus: Consensus,
  pin: EvmPin,
): Check {
  const { quorum, spec } = consensusRules[consensus];
  // Of nobody two thirds are nobody, whose seals every header has: one at least is needed.
  const needed = quorum ? Math.max(quorumOf(set.size), pin.quorum ?? 0, 1) : 1;
  const make = (reason: string) => ({
    spec,
    params: { number: header.number, needed, validators: set.size, found: signers.length, reason },
  });
  const bad = signers.findIndex((signer) => signer === undefined);
  if (bad >= 0) return fail('EVM_HEADER_SEALS', make(`Seal ${bad + 1} is no signature.`));
  const known = signers.filter((signer) => signer !== undefined);
  const stranger = known.find((signer) => !set.has(signer));
  if (stranger) return fail('EVM_HEADER_SEALS', make(`A seal is by ${stranger}, which is no validator of this block.`));
  const repeated = known.find((signer, index) => known.indexOf(signer) !== index);
  if (repeated)
    return fail('EVM_HEADER_SEALS', make(`${repeated} sealed twice, which counts once and is not allowed.`));
  if (known.length < needed)
    return fail('EVM_HEADER_SEALS', make(`${known.length} of ${set.size} validators sealed it, ${needed} are needed.`));
  return pass('EVM_HEADER_SEALS', make(''));
}

/** Distinct validators that sealed the last header or, for those before it, something on top of it. The last header is what receipts are held against. */
function finalityOf(headers: readonly ReadHeader[], set: ValidatorSet | undefined): Finality {
  const signers = new Set((headers.at(-1)?.signers ?? []).filter((signer) => signer !== undefined && set?.has(signer)));
  const validators = set?.size ?? 0;
  return { signers: signers.size, needed: majorityOf(validators), validators };
}

/** Clique and Aura: one seal is one validator's word. */
function checkFinality({ signers, needed, validators }: Finality, seals: Check, consensus: Consensus): Check {
  const { spec } = consensusRules[consensus];
  const params = { signers, needed, validators };
  if (seals.status !== 'pass')
    return unknown('EVM_FINALITY', { spec, params: { ...params, reason: 'The seals do not hold.' } });
  if (signers >= needed) return pass('EVM_FINALITY', { spec, params });
  return unknown('EVM_FINALITY', {
    spec,
    params: {
      ...params,
      reason: `${signers} of ${validators} signers stand behind the last block so far, ${needed} are needed.`,
    },
  });
}
