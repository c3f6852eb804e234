import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { ProvenEvent } from '../events.ts';
import { fromHex0x, toHex0x } from '../hex.ts';
import type { ReadHeader } from '../judgeHeaders.ts';
import { encodeReceipt, receiptFromRpc, type Receipt } from '../receipt.ts';
import type { LedgerProof, ProvenReceipt } from './ledgerProof.ts';
import { listProof, listTrie } from './listProof.ts';

/** What nodes of a ledger have said: believed by nobody until it is proven. */
export interface LedgerGathered {
  /** RLP by number, as `headersNeeded` says. */
  readonly headers: readonly Uint8Array[];
  /** Answers to `eth_getBlockReceipts`, of every block that holds an event. */
  readonly blocks: readonly { readonly number: number; readonly receipts: readonly JsonValue[] }[];
  /** An answer to `eth_getProof` for the contract and the slots in their order, at block `number`. */
  readonly account: { readonly number: number; readonly proof: JsonObject };
}

/** Every node of every proof once. */
class Nodes {
  readonly list: Uint8Array[] = [];
  readonly #places = new Map<string, number>();

  take(nodes: readonly Uint8Array[]): number[] {
    return nodes.map((node) => {
      const key = toHex0x(node);
      const place = this.#places.get(key) ?? this.list.push(node) - 1;
      this.#places.set(key, place);
      return place;
    });
  }
}

/**
 * Proofs of some events and slots of a contract, made of whole blocks.
 * @param read the headers, read @param choose which of all events of these blocks are to be shown; places of logs are those in their receipts
 * @throws FormatError for what is missing
 */
export async function gatherProof(
  { headers, blocks: given, account: answered }: LedgerGathered,
  read: readonly ReadHeader[],
  slotCount: number,
  choose: (events: readonly ProvenEvent[]) => readonly ProvenEvent[],
): Promise<LedgerProof> {
  const nodes = new Nodes();
  const headerOf = (number: number): number => {
    const index = read.findIndex(({ header }) => header.number === number);
    if (index < 0) throw new FormatError(`the header of block ${number} is not there`, 0);
    return index;
  };
  const blocks = given
    .map(({ number, receipts }) => ({ number, receipts: receipts.map(receiptFromRpc) }))
    .toSorted((a, b) => a.number - b.number);
  const wanted = choose(blocks.flatMap(eventsOf)).toSorted((a, b) => a.logIndex - b.logIndex);
  const receipts: ProvenReceipt[] = [];
  for (const { number, receipts: all } of blocks) {
    const own = wanted.filter(({ block }) => block === number);
    if (own.length === 0) continue;
    const header = headerOf(number);
    const trie = await listTrie(all.map(encodeReceipt));
    const transactions = [...new Set(own.map(({ transactionIndex }) => transactionIndex))].sort((a, b) => a - b);
    for (const transaction of transactions) {
      const logs = own
        .filter(({ transactionIndex }) => transactionIndex === transaction)
        .map(({ logIndex }) => logIndex);
      receipts.push({ header, transaction, path: nodes.take(await listProof(trie, transaction)), logs });
    }
  }
  const { number, proof } = answered;
  const storage = Array.isArray(proof['storageProof']) ? (proof['storageProof'] as JsonObject[]) : [];
  const account = nodes.take(nodesOf(proof['accountProof']));
  const slots = Array.from({ length: slotCount }, (_, index) => nodes.take(nodesOf(storage[index]?.['proof'])));
  return { headers, nodes: nodes.list, receipts, state: headerOf(number), account, slots };
}

function eventsOf({ number, receipts }: { readonly number: number; readonly receipts: readonly Receipt[] }) {
  return receipts.flatMap(({ logs }, transactionIndex) =>
    logs.map((log, logIndex): ProvenEvent => ({
      block: number,
      blockHash: '0x',
      timestamp: 0,
      transactionIndex,
      logIndex,
      address: toHex0x(log.address),
      topics: log.topics.map(toHex0x),
      data: toHex0x(log.data),
    })),
  );
}

function nodesOf(value: JsonValue | undefined): Uint8Array[] {
  if (!Array.isArray(value)) throw new FormatError('the account is not proven with its slots', 0);
  return value.map((node) => fromHex0x(typeof node === 'string' ? node : ''));
}
