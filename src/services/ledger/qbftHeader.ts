import { concatBytes, utf8 } from '../../core/bytes/bytes.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { headerField } from '../../core/evm/header.ts';
import { readHeaders, type ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { decodeRlpList, encodeRlp, rlpNumber, type RlpItem } from '../../core/evm/rlp.ts';

import type { Execution } from './executionNode.ts';
import { emptyRoot, fieldsOf, type Hardfork } from './hardfork.ts';

export interface Wish {
  readonly candidate: Hex;
  readonly add: boolean;
}

/** What the proposer decides of a block beside its transactions. */
export interface Proposed {
  readonly coinbase: Hex;
  readonly timestamp: number;
  readonly round: number;
  readonly vote: Wish | undefined;
  readonly validators: readonly Hex[];
}

/** Names of the header's fields, in their order, for people. */
const fieldNames = [
  'parent',
  'ommers',
  'coinbase',
  'state root',
  'transactions root',
  'receipts root',
  'bloom',
  'difficulty',
  'number',
  'gas limit',
  'gas used',
  'time',
  'extra data',
  'mix hash',
  'nonce',
  'base fee',
  'withdrawals root',
  'blob gas used',
  'excess blob gas',
  'beacon root',
  'requests hash',
] as const;

/** Of an empty list of ommers: there are none under QBFT. */
export const emptyOmmers = keccak256(encodeRlp([]));

/** Besu's mark of BFT blocks: "ctical byzantine fault tolerance". */
const bftMixHash = utf8('ctical byzantine fault tolerance');

const vanity = new Uint8Array(32);

/** A header as Besu's QBFT writes it, with the fields of its fork, and no seals yet. */
export function composeHeader(
  parent: { readonly hash: Hex; readonly number: number } | undefined,
  proposed: Proposed,
  execution: Pick<Execution, 'stateRoot' | 'transactionsRoot' | 'receiptsRoot' | 'logsBloom' | 'gasLimit' | 'gasUsed'>,
  baseFee: bigint,
  fork: Hardfork,
): Uint8Array {
  const { coinbase, timestamp, round, vote, validators } = proposed;
  return encodeRlp([
    parent ? fromHex0x(parent.hash) : new Uint8Array(32),
    emptyOmmers,
    fromHex0x(coinbase),
    fromHex0x(execution.stateRoot),
    fromHex0x(execution.transactionsRoot),
    fromHex0x(execution.receiptsRoot),
    fromHex0x(execution.logsBloom),
    rlpNumber(1),
    rlpNumber(parent ? parent.number + 1 : 0),
    rlpNumber(Number(execution.gasLimit)),
    rlpNumber(Number(execution.gasUsed)),
    rlpNumber(timestamp),
    encodeExtra(validators, vote, round, []),
    bftMixHash,
    new Uint8Array(8),
    rlpNumber(Number(baseFee)),
    ...fieldsOf(fork),
  ]);
}

function encodeExtra(
  validators: readonly Hex[],
  vote: Wish | undefined,
  round: number,
  seals: readonly Uint8Array[],
): Uint8Array {
  const wish: RlpItem = vote ? [fromHex0x(vote.candidate), Uint8Array.of(vote.add ? 0xff : 0)] : [];
  return encodeRlp([vanity, validators.map(fromHex0x), wish, rlpNumber(round), seals]);
}

/** Block zero: it lists the first validators and nobody seals it, so it is as good as the hash that is pinned for it. */
export function composeGenesis(
  validators: readonly Hex[],
  timestamp: number,
  state: { readonly stateRoot: Hex; readonly gasLimit: bigint },
  baseFee: bigint,
  fork: Hardfork,
): Uint8Array {
  const empty = toHex0x(emptyRoot);
  const execution = {
    ...state,
    transactionsRoot: empty,
    receiptsRoot: empty,
    logsBloom: toHex0x(new Uint8Array(256)),
    gasUsed: 0n,
  };
  const coinbase = toHex0x(new Uint8Array(20));
  const proposed = { coinbase, timestamp, round: 0, vote: undefined, validators };
  return composeHeader(undefined, proposed, execution, baseFee, fork);
}

/** The same header with other extra data items: a round, or seals. */
export function withExtra(header: Uint8Array, change: { round?: number; seals?: readonly Uint8Array[] }): Uint8Array {
  const items = decodeRlpList(header);
  const extra = items[headerField.extraData];
  if (!(extra instanceof Uint8Array)) throw new TypeError('The extra data is a list.');
  const [vanityItem = vanity, validators = [], vote = [], round = new Uint8Array(), seals = []] = decodeRlpList(extra);
  const changed = encodeRlp([
    vanityItem,
    validators,
    vote,
    change.round === undefined ? round : rlpNumber(change.round),
    change.seals ?? seals,
  ]);
  return encodeRlp(items.map((item, index) => (index === headerField.extraData ? changed : item)));
}

/** @throws FormatError */
export function readHeader(header: Hex): ReadHeader {
  return readHeaders([fromHex0x(header)], 'qbft')[0] as ReadHeader;
}

/** The round that a header was sealed in. */
export function roundOf({ header }: ReadHeader): number {
  const round = decodeRlpList(header.extraData)[3];
  return round instanceof Uint8Array ? numberOf(round) : 0;
}

/** The first field in which two headers differ, in words; undefined where they are the same. */
export function differenceOf(found: Uint8Array, expected: Uint8Array): string | undefined {
  const [ours, theirs] = [decodeRlpList(expected), decodeRlpList(found)];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [mine, other] = [ours[index], theirs[index]].map((item) =>
      item === undefined ? 'nothing' : toHex0x(encodeRlp(item)),
    );
    if (mine !== other) {
      const name = fieldNames[index] ?? `field ${index}`;
      return `${name}: ${shown(other)} is given, ${shown(mine)} comes out here`;
    }
  }
  return undefined;
}

const shown = (text: string | undefined): string =>
  text === undefined || text.length <= 80 ? (text ?? '') : `${text.slice(0, 80)}…`;

/** EIP-1559, from the parent's fields. */
export function nextBaseFee(parent: ReadHeader): bigint {
  const item = (index: number): bigint => {
    const field = parent.header.items[index];
    return field instanceof Uint8Array ? BigInt(numberOf(field)) : 0n;
  };
  const [gasLimit, gasUsed, baseFee] = [item(9), item(10), item(15)];
  const target = gasLimit / 2n;
  if (gasUsed === target || target === 0n) return baseFee;
  if (gasUsed > target) {
    const more = (baseFee * (gasUsed - target)) / target / 8n;
    return baseFee + (more > 0n ? more : 1n);
  }
  return baseFee - (baseFee * (target - gasUsed)) / target / 8n;
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** What validators sign beside blocks; bound to this ledger by its genesis, and never the hash of a header. */
export function messageHash(
  kind: 'proposal' | 'prepare' | 'round change',
  genesis: Hex,
  parts: readonly (number | Hex)[],
) {
  const items = parts.map((part) => (typeof part === 'number' ? rlpNumber(part) : fromHex0x(part)));
  return keccak256(concatBytes(utf8(`affidavit/qbft/${kind}`), fromHex0x(genesis), encodeRlp(items)));
}
