import { concatBytes } from '../bytes/bytes.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fromHex0x, fromQuantity } from './hex.ts';
import { isObject, textMember } from './rpcValues.ts';
import { decodeRlpList, encodeRlp, rlpNumber, type RlpItem } from './rlp.ts';

/** Something that a contract said while a transaction ran. */
export interface Log {
  readonly address: Uint8Array;
  readonly topics: readonly Uint8Array[];
  readonly data: Uint8Array;
}

/** What a block commits to about a transaction (Yellow Paper §4.3.1, EIP-2718). */
export interface Receipt {
  /** 0 for those before typed transactions. */
  readonly type: number;
  /** Byzantium: 1 where it succeeded, 0 where it did not; before that the state's root, of 32 bytes. */
  readonly outcome: number | Uint8Array;
  readonly cumulativeGasUsed: Uint8Array;
  readonly logsBloom: Uint8Array;
  readonly logs: readonly Log[];
}

const maximum = { logs: 100_000, data: 8 * 1024 * 1024 } as const;

/** The bytes that stand in the receipts' trie. */
export function encodeReceipt({ type, outcome, cumulativeGasUsed, logsBloom, logs }: Receipt): Uint8Array {
  const body = encodeRlp([
    outcome instanceof Uint8Array ? outcome : rlpNumber(outcome),
    cumulativeGasUsed,
    logsBloom,
    logs.map(({ address, topics, data }) => [address, topics, data]),
  ]);
  return type === 0 ? body : concatBytes(Uint8Array.of(type), body);
}

/** @throws FormatError for bytes that are no receipt. */
export function decodeReceipt(bytes: Uint8Array): Receipt {
  const type = (bytes[0] ?? 0) < 0x80 ? (bytes[0] ?? 0) : 0;
  const items = decodeRlpList(type === 0 ? bytes : bytes.subarray(1));
  const [outcome, cumulativeGasUsed, logsBloom, logs] = items;
  if (
    items.length !== 4 ||
    !isBytes(outcome) ||
    !isBytes(cumulativeGasUsed) ||
    !isBytes(logsBloom, 256) ||
    logs === undefined ||
    isBytes(logs)
  ) {
    throw fault('outcome, gas, bloom and logs');
  }
  return { type, outcome: readOutcome(outcome), cumulativeGasUsed, logsBloom, logs: logs.map(readLog) };
}

function readOutcome(outcome: Uint8Array): number | Uint8Array {
  if (outcome.length === 32) return outcome;
  if (outcome.length === 0) return 0;
  if (outcome.length === 1 && outcome[0] === 1) return 1;
  throw fault('0, 1 or a root as the outcome');
}

function readLog(item: RlpItem): Log {
  const [address, topics, data] = isBytes(item) ? [] : item;
  if (
    isBytes(item) ||
    item.length !== 3 ||
    !isBytes(address, 20) ||
    topics === undefined ||
    isBytes(topics) ||
    !isBytes(data)
  )
    throw fault('a log of address, topics and data');
  if (topics.length > 4 || !topics.every((topic) => isBytes(topic, 32))) throw fault('at most four topics of 32 bytes');
  return { address, topics: topics as readonly Uint8Array[], data };
}

/**
 * A receipt as nodes give it (`eth_getBlockReceipts`). Whatever else stands in the answer (addresses of created contracts, prices, indices) is covered by no
 * hash and is not read.
 * @throws FormatError naming the member.
 */
export function receiptFromRpc(json: JsonValue): Receipt {
  const receipt = objectOf(json, 'a receipt');
  const logs = receipt['logs'];
  if (!Array.isArray(logs) || logs.length > maximum.logs) throw fault(`at most ${maximum.logs} logs`);
  const type =
    receipt['type'] === undefined || receipt['type'] === null ? 0 : fromQuantity(textMember(receipt, 'type'));
  if (type > 0x7f) throw fault('a type below 0x80');
  const root = receipt['root'];
  const hasStatus = receipt['status'] !== undefined && receipt['status'] !== null;
  const status = hasStatus ? fromQuantity(textMember(receipt, 'status')) : undefined;
  if (status !== undefined && status > 1) throw fault('a status of 0 or 1');
  return {
    type,
    outcome: status ?? sizedOf(typeof root === 'string' ? root : '', 32, 'root'),
    cumulativeGasUsed: rlpNumber(fromQuantity(textMember(receipt, 'cumulativeGasUsed'))),
    logsBloom: sizedOf(textMember(receipt, 'logsBloom'), 256, 'logsBloom'),
    logs: logs.map((each) => {
      const log = objectOf(each, 'a log');
      const topics = log['topics'];
      const data = fromHex0x(textMember(log, 'data'));
      if (!Array.isArray(topics) || topics.length > 4 || data.length > maximum.data)
        throw fault('at most four topics and 8 MiB of data');
      return {
        address: sizedOf(textMember(log, 'address'), 20, 'address'),
        topics: topics.map((topic) => sizedOf(typeof topic === 'string' ? topic : '', 32, 'topic')),
        data,
      };
    }),
  };
}

function sizedOf(text: string, length: number, member: string): Uint8Array {
  const bytes = fromHex0x(text);
  if (bytes.length !== length) throw fault(`${length} bytes for "${member}"`);
  return bytes;
}

function objectOf(value: JsonValue, what: string): JsonObject {
  if (!isObject(value)) throw fault(what);
  return value;
}

function isBytes(item: RlpItem | undefined, length?: number): item is Uint8Array {
  return item instanceof Uint8Array && (length === undefined || item.length === length);
}

function fault(expected: string): FormatError {
  return new FormatError(`Receipt: expected ${expected}.`, 0);
}
