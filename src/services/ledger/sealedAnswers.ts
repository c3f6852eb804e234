import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { decodeRlp, encodeRlp } from '../../core/evm/rlp.ts';
import { hardforkOf } from './hardfork.ts';
import { emptyOmmers } from './qbftHeader.ts';
import type { Replica } from './replica.ts';

type Json = Record<string, unknown>;

const quantity = (item: unknown): Hex => {
  const digits = item instanceof Uint8Array ? toHex0x(item).slice(2).replace(/^0+/, '') : '';
  return `0x${digits || '0'}`;
};

/** A block as `eth_getBlockByNumber` gives it: its header is the sealed one, only the transactions are the execution node's word. */
export function sealedBlock(replica: Replica, number: number, transactions: readonly unknown[]): Json | null {
  const found = replica.block(number);
  if (!found) return null;
  const { header, sealed } = found.read;
  const item = (index: number) => header.items[index];
  const bytes = (index: number) => toHex0x(item(index) as Uint8Array);
  const isLater = hardforkOf(header.items) === 'osaka';
  const whole = [
    decodeRlp(header.rlp),
    // A typed transaction stands in a block as bytes, an untyped one as the list that it is.
    found.block.transactions.map(fromHex0x).map((raw) => ((raw[0] ?? 0) >= 0xc0 ? decodeRlp(raw) : raw)),
    [],
    ...(isLater ? [[]] : []),
  ];
  return {
    number: quantity(item(8)),
    hash: sealed.blockHash,
    parentHash: header.parentHash,
    sha3Uncles: toHex0x(emptyOmmers),
    miner: header.coinbase,
    stateRoot: header.stateRoot,
    transactionsRoot: header.transactionsRoot,
    receiptsRoot: header.receiptsRoot,
    logsBloom: toHex0x(header.logsBloom),
    difficulty: quantity(item(7)),
    totalDifficulty: quantity(item(7)),
    gasLimit: quantity(item(9)),
    gasUsed: quantity(item(10)),
    timestamp: quantity(item(11)),
    extraData: toHex0x(header.extraData),
    mixHash: bytes(13),
    nonce: bytes(14),
    baseFeePerGas: quantity(item(15)),
    ...(isLater && {
      withdrawalsRoot: bytes(16),
      blobGasUsed: quantity(item(17)),
      excessBlobGas: quantity(item(18)),
      parentBeaconBlockRoot: bytes(19),
      requestsHash: bytes(20),
      withdrawals: [],
    }),
    size: `0x${encodeRlp(whole).length.toString(16)}`,
    uncles: [],
    transactions: transactions.map((each) => resealed(replica, each)),
  };
}

/** An answer of the execution node with the sealed hash wherever a block is named: in transactions, receipts and logs, at any depth. */
export function resealed(replica: Replica, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => resealed(replica, each));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, resealed(replica, member)]);
  const object = Object.fromEntries(members) as Json;
  const { blockNumber } = object;
  if (typeof blockNumber === 'string' && typeof object['blockHash'] === 'string') {
    object['blockHash'] = replica.block(Number(blockNumber))?.read.sealed.blockHash ?? null;
  }
  return object;
}
