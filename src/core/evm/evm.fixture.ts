import { secp256k1 } from '@noble/curves/secp256k1.js';
import { RLP } from '@ethereumjs/rlp';
import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { readContent } from '../kinds/content.ts';
import { judge, type Report } from '../kinds/judge.ts';
import type { EvmPin } from '../trust/trust.ts';
import { walk } from '../verdict/check.ts';
import { toHex0x, type Hex } from './hex.ts';
import { evmBlockKind } from './kind.ts';
import type { Consensus } from './seals/consensus.ts';

/** A validator made for a test; its RLP is the library's, so that ours is not tested with itself. */
export interface Signer {
  readonly address: Hex;
  readonly sign: (hash: Uint8Array) => Uint8Array;
}

export function makeSigner(index: number): Signer {
  const secret = keccak256(Uint8Array.of(0x5e, index));
  const address = keccak256(secp256k1.getPublicKey(secret, false).subarray(1)).subarray(12);
  return {
    address: toHex0x(address),
    sign: (hash) => {
      const recovered = secp256k1.sign(hash, secret, { prehash: false, format: 'recovered' });
      return concatBytes(recovered.subarray(1), recovered.subarray(0, 1));
    },
  };
}

export const signers = Array.from({ length: 9 }, (_, index) => makeSigner(index));

type Item = Uint8Array | Item[];
const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => parseInt(pair, 16));
const number = (value: number): Uint8Array =>
  value === 0
    ? new Uint8Array()
    : bytesOf(`0x${value.toString(16).padStart(2 * Math.ceil(value.toString(16).length / 2), '0')}`);
const encode = (item: Item): Uint8Array => RLP.encode(item as never);
export const hashOf = (item: Item): Uint8Array => keccak256(encode(item));

export interface BlockOptions {
  readonly number?: number;
  readonly parentHash?: Uint8Array;
  readonly proposer?: Signer;
  /** Who is in force; the header lists them. */
  readonly validators?: readonly Signer[];
  readonly listed?: readonly Signer[];
  readonly sealers?: readonly Signer[];
  readonly vote?: { readonly candidate: Hex; readonly add: boolean };
  readonly round?: number;
  readonly stateRoot?: Uint8Array;
  readonly receiptsRoot?: Uint8Array;
  readonly transactionsRoot?: Uint8Array;
  readonly logsBloom?: Uint8Array;
  readonly timestamp?: number;
  /** Seals as they are put in, in place of true ones. */
  readonly reseal?: (seals: Uint8Array[]) => Uint8Array[];
}

export interface MadeBlock {
  readonly rlp: Uint8Array;
  readonly hash: Uint8Array;
  readonly number: number;
}

const zeros = (length: number): Uint8Array => new Uint8Array(length);

/** One block as its network would write it. */
export function makeBlock(consensus: Consensus, options: BlockOptions = {}): MadeBlock {
  const { number: height = 1, validators = signers.slice(0, 4), round = 0, reseal = (seals) => seals, vote } = options;
  const proposer = options.proposer ?? validators[0]!;
  const sealers = options.sealers ?? validators.slice(0, Math.ceil((2 * validators.length) / 3));
  const listed = (options.listed ?? validators)
    .map(({ address }) => bytesOf(address))
    .sort((a, b) => (toHex0x(a) < toHex0x(b) ? -1 : 1));
  const votesInNonce = consensus === 'clique' || consensus === 'ibft1';
  const coinbase = votesInNonce ? (vote ? bytesOf(vote.candidate) : zeros(20)) : bytesOf(proposer.address);
  const nonce = votesInNonce && vote?.add ? zeros(8).fill(0xff) : zeros(8);
  const head = (extra: Uint8Array): Item[] => [
    options.parentHash ?? zeros(32),
    zeros(32).fill(1),
    coinbase,
    options.stateRoot ?? zeros(32).fill(2),
    options.transactionsRoot ?? zeros(32).fill(3),
    options.receiptsRoot ?? zeros(32).fill(4),
    options.logsBloom ?? zeros(256),
    number(1),
    number(height),
    number(8_000_000),
    number(0),
    number(options.timestamp ?? 1_700_000_000 + height),
    extra,
  ];
  const whole = (extra: Uint8Array): Item[] => [...head(extra), zeros(32), nonce];
  const made = (items: Item[], hash: Uint8Array): MadeBlock => ({ rlp: encode(items), hash, number: height });
  const sealAll = (hash: Uint8Array): Uint8Array[] => reseal(sealers.map(({ sign }) => sign(hash)));
  const vanity = zeros(32);
  switch (consensus) {
    case 'qbft': {
      const wish: Item = vote ? [bytesOf(vote.candidate), Uint8Array.of(vote.add ? 0xff : 0)] : [];
      const extra = (at: Uint8Array, seals: Item[]): Uint8Array => encode([vanity, listed, wish, at, seals]);
      const seals = sealAll(hashOf(whole(extra(number(round), []))));
      return made(whole(extra(number(round), seals)), hashOf(whole(extra(zeros(0), []))));
    }
    case 'ibft2': {
      const wish: Item = vote ? [bytesOf(vote.candidate), Uint8Array.of(vote.add ? 0xff : 0)] : zeros(0);
      const at = Uint8Array.of(0, 0, 0, round);
      const seals = sealAll(hashOf(whole(encode([vanity, listed, wish, at]))));
      return made(whole(encode([vanity, listed, wish, at, seals])), hashOf(whole(encode([vanity, listed, wish]))));
    }
    case 'ibft1': {
      const extra = (seal: Uint8Array, seals: Item[]): Uint8Array => concatBytes(vanity, encode([listed, seal, seals]));
      const proposal = proposer.sign(keccak256(hashOf(whole(extra(zeros(0), [])))));
      const hash = hashOf(whole(extra(proposal, [])));
      return made(whole(extra(proposal, sealAll(keccak256(concatBytes(hash, Uint8Array.of(2)))))), hash);
    }
    case 'clique': {
      const [seal = zeros(65)] = reseal([(options.sealers?.[0] ?? proposer).sign(hashOf(whole(vanity)))]);
      const items = whole(concatBytes(vanity, seal));
      return made(items, hashOf(items));
    }
    case 'aura': {
      const [seal = zeros(65)] = reseal([(options.sealers?.[0] ?? proposer).sign(hashOf(head(vanity)))]);
      const items = [...head(vanity), number(height), seal];
      return made(items, hashOf(items));
    }
  }
}

/** Blocks in a row, each as its options say, linked. */
export function makeChain(consensus: Consensus, options: readonly BlockOptions[], first = 1): MadeBlock[] {
  const blocks: MadeBlock[] = [];
  for (const [index, each] of options.entries()) {
    const parentHash = blocks.at(-1)?.hash ?? zeros(32);
    blocks.push(makeBlock(consensus, { parentHash, number: first + index, ...each }));
  }
  return blocks;
}

export const chainId = 4242;

export function blockFile(
  consensus: string,
  blocks: readonly { readonly rlp: Uint8Array }[],
  more: object = {},
): string {
  return JSON.stringify({
    affidavit: 'evm-block/1',
    consensus,
    chainId,
    headers: blocks.map(({ rlp }) => toHex0x(rlp)),
    ...more,
  });
}

export function pinOf(
  consensus: EvmPin['consensus'],
  validators: readonly Signer[] = signers.slice(0, 4),
  more: Partial<EvmPin> = {},
): EvmPin {
  return { chainId, consensus, validators: validators.map(({ address }) => address), ...more };
}

export function judgeText(file: string, ...evm: readonly EvmPin[]): Promise<Report> {
  const context = { trust: evm.length > 0 ? { evm } : {}, now: 0, companions: [] };
  return judge(readContent('block.json', new TextEncoder().encode(file)), context, [evmBlockKind]);
}

/** Everything that did not pass. */
export const open = ({ checks }: Report): string[] =>
  [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
