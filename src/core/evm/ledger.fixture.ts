import { createMerkleProof, createMPT, type MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { encodeAbiParameters, keccak256 as keccakHex, pad, parseTransaction, toHex, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { proofOfExecutionCodeHash, proofOfExecutionTopics } from '../../contracts/proofOfExecution.ts';
import { keccak256 } from '../bytes/hash.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { bloomOf } from './bloom.ts';
import { makeBlock, signers, type BlockOptions, type MadeBlock, type Signer } from './evm.fixture.ts';
import { fromHex0x, toHex0x } from './hex.ts';
import { encodeReceipt, receiptFromRpc } from './receipt.ts';
import type { Consensus } from './seals/consensus.ts';
import { listSlots, slotOf } from './validatorContract.ts';

export const contract: Hex = `0x${'c0'.repeat(20)}`;
/** Keeps its list in slot 2. */
export const validatorContract = { address: `0x${'7a'.repeat(20)}` as Hex, slot: 2 };
const sender = privateKeyToAccount(`0x${'5e'.repeat(32)}`);
const common = { customCrypto: { keccak256: (bytes: Uint8Array) => keccak256(bytes) } };

/** A block of a ledger in memory, with everything that a node would have of it. */
export interface LedgerBlock extends MadeBlock {
  readonly receipts: readonly JsonObject[];
  readonly transactions: readonly JsonObject[];
  readonly prove: (address: Hex, slots: readonly Hex[]) => Promise<JsonObject>;
}

export interface LedgerOptions {
  readonly consensus?: Consensus;
  /** How many events the contract emits in each block; the first block is number 0, as a rule without. */
  readonly events: readonly number[];
  readonly codeHash?: Hex | null;
  /** Whether the count and the running hash in storage are those of the events. */
  readonly storage?: (state: { count: number; hash: Hex }) => { count: number; hash: Hex };
  /** QBFT in contract mode: who seals a block. The contract at `validatorContract` says so in the state of the block before it, and headers list nobody. */
  readonly contractMode?: (number: number) => readonly Signer[];
  /** Slots of that contract after a block, by key, in place of an honest list. */
  readonly listed?: (number: number) => Readonly<Record<Hex, Hex>> | undefined;
  /** Members of each block, by number. */
  readonly block?: (number: number) => BlockOptions;
}

/** A ledger from its genesis on, whose contract emits events of `ProofOfExecution` with a running hash. */
export async function makeLedger(options: LedgerOptions): Promise<LedgerBlock[]> {
  const blocks: LedgerBlock[] = [];
  let state: { count: number; hash: Hex } = { count: 0, hash: toHex(0n, { size: 32 }) };
  for (const [number, count] of options.events.entries()) {
    const logs: JsonObject[] = [];
    for (let index = 0; index < count; index++) {
      const { log, hash } = eventAfter(state, number);
      state = { count: state.count + 1, hash };
      logs.push(log);
    }
    // A stranger's event stands in between, so that places in the block are seen to be counted over all of it.
    const groups = count > 0 ? [[strangersLog()], logs] : [];
    const transactions = await Promise.all(groups.map((_, index) => makeTransaction(number * 1000 + index)));
    const receipts = groups.map((group, index) => receiptOf(group, index));
    const next = options.contractMode?.(number + 1);
    const { root, prove } = await makeState(
      options.storage?.(state) ?? state,
      options.codeHash === undefined ? proofOfExecutionCodeHash : options.codeHash,
      next && (options.listed?.(number) ?? listOf(next)),
    );
    const own = options.contractMode?.(number);
    const more = options.block?.(number) ?? {};
    const block = makeBlock(options.consensus ?? 'qbft', {
      number,
      parentHash: blocks.at(-1)?.hash ?? new Uint8Array(32),
      stateRoot: root,
      receiptsRoot: await rootOf(receipts.map((receipt) => encodeReceipt(receiptFromRpc(receipt)))),
      transactionsRoot: await rootOf(transactions.map(({ raw }) => fromHex0x(raw))),
      logsBloom: bloomOf(receipts.flatMap((receipt) => receiptFromRpc(receipt).logs)),
      ...(own ? { validators: own, listed: [] } : {}),
      ...(number === 0 && (options.consensus ?? 'qbft') === 'qbft' ? { sealers: [] } : {}),
      ...more,
    });
    blocks.push({ ...block, receipts, transactions: transactions.map(({ json }) => json), prove });
  }
  return blocks;
}

function listOf(validators: readonly Signer[]): Record<Hex, Hex> {
  const { slot } = validatorContract;
  const places = listSlots(slot, validators.length);
  return Object.fromEntries([
    [slotOf(BigInt(slot)), toHex(validators.length)],
    ...validators.map(({ address }, index) => [places[index], address]),
  ]) as Record<Hex, Hex>;
}

function eventAfter(state: { count: number; hash: Hex }, block: number): { log: JsonObject; hash: Hex } {
  const topics = [
    proofOfExecutionTopics.TaskCancelled,
    toHex(state.count + 1, { size: 32 }),
    pad(sender.address.toLowerCase() as Hex),
  ];
  const word = { type: 'bytes32' } as const;
  const content = keccakHex(
    encodeAbiParameters([word, word, word, { type: 'uint256' }], [...(topics as [Hex, Hex, Hex]), BigInt(block)]),
  );
  const hash = keccakHex(`${state.hash}${content.slice(2)}`);
  return { hash, log: { address: contract, topics, data: hash } };
}

function strangersLog(): JsonObject {
  return { address: `0x${'77'.repeat(20)}`, topics: [], data: '0x' };
}

function receiptOf(logs: readonly JsonObject[], index: number): JsonObject {
  const parsed = logs.map((log) => ({
    address: fromHex0x(String(log['address'])),
    topics: (log['topics'] as string[]).map(fromHex0x),
    data: fromHex0x(String(log['data'])),
  }));
  return {
    type: '0x2',
    status: '0x1',
    cumulativeGasUsed: toHex(21_000 * (index + 1)),
    logsBloom: toHex0x(bloomOf(parsed)),
    logs: [...logs],
  };
}

async function makeTransaction(nonce: number): Promise<{ raw: Hex; json: JsonObject }> {
  const raw = await sender.signTransaction({
    type: 'eip1559',
    chainId: 4242,
    nonce,
    to: contract,
    gas: 100_000n,
    maxFeePerGas: 7n,
    maxPriorityFeePerGas: 1n,
    data: '0x40e58ee5',
  });
  return { raw, json: transactionJson(raw) };
}

/** A signed transaction as a node would show it. */
export function transactionJson(raw: Hex): JsonObject {
  const parsed = parseTransaction(raw) as Record<string, unknown>;
  const numbers = [
    'nonce',
    'gas',
    'gasPrice',
    'maxFeePerGas',
    'maxPriorityFeePerGas',
    'maxFeePerBlobGas',
    'value',
    'chainId',
    'v',
    'yParity',
  ];
  const types: Record<string, Hex> = { legacy: '0x0', eip2930: '0x1', eip1559: '0x2', eip4844: '0x3', eip7702: '0x4' };
  const json: Record<string, JsonValue> = {
    type: types[String(parsed['type'])] ?? '0x0',
    value: '0x0',
    nonce: '0x0',
    to: null,
  };
  for (const [name, value] of Object.entries(parsed)) {
    if (name === 'type') continue;
    if (name === 'data') json['input'] = value as string;
    else if (name === 'r' || name === 's') json[name] = `0x${String(value).slice(2).replace(/^0+/, '')}`;
    else if (numbers.includes(name)) json[name] = toHex(value as bigint);
    else if (name === 'authorizationList') {
      json[name] = (value as Record<string, unknown>[]).map((each) => ({
        address: each['address'] as string,
        chainId: toHex(each['chainId'] as number),
        nonce: toHex(each['nonce'] as number),
        yParity: toHex((each['yParity'] ?? 0) as number),
        r: each['r'] as string,
        s: each['s'] as string,
      }));
    } else json[name] = value as JsonValue;
  }
  return { ...json, input: json['input'] ?? '0x', hash: keccakHex(raw) };
}

async function makeState(
  state: { count: number; hash: Hex },
  codeHash: Hex | null,
  list?: Readonly<Record<Hex, Hex>>,
): Promise<{ root: Uint8Array; prove: LedgerBlock['prove'] }> {
  const storage = await storageOf({ [slotOf(0n)]: toHex(state.count, { size: 32 }), [slotOf(1n)]: state.hash });
  const lists = list && (await storageOf(list));
  const accounts = await createMPT({ common });
  const other = fromHex0x(`0x${'11'.repeat(20)}`);
  const account = (root: Uint8Array, hash: Uint8Array): Uint8Array =>
    RLP.encode([Uint8Array.of(1), new Uint8Array(), root, hash]);
  await accounts.put(keccak256(other), account(fromHex0x(keccakHex('0x80')), keccak256(new Uint8Array())));
  if (codeHash !== null)
    await accounts.put(keccak256(fromHex0x(contract)), account(storage.root(), fromHex0x(codeHash)));
  if (lists) {
    await accounts.put(
      keccak256(fromHex0x(validatorContract.address)),
      account(lists.root(), fromHex0x(`0x${'7c'.repeat(32)}`)),
    );
  }
  const tries: Readonly<Record<Hex, MerklePatriciaTrie | undefined>> = {
    [contract]: codeHash === null ? undefined : storage,
    [validatorContract.address]: lists,
  };
  return {
    root: accounts.root(),
    prove: async (address, slots) => ({
      address,
      accountProof: await proofOf(accounts, keccak256(fromHex0x(address))),
      storageProof: await Promise.all(
        slots.map(async (key) => {
          const trie = tries[address];
          const value = trie ? await trie.get(keccak256(fromHex0x(key))) : null;
          const decoded = value ? toHex0x(RLP.decode(value) as Uint8Array) : '0x0';
          return { key, value: decoded, proof: trie ? await proofOf(trie, keccak256(fromHex0x(key))) : [] };
        }),
      ),
    }),
  };
}

async function storageOf(values: Readonly<Record<Hex, Hex>>): Promise<MerklePatriciaTrie> {
  const storage = await createMPT({ common });
  for (const [slot, value] of Object.entries(values)) {
    const digits = value.slice(2).replace(/^0+/, '');
    const trimmed = fromHex0x(`0x${digits.length % 2 === 0 ? digits : `0${digits}`}`);
    if (trimmed.length > 0) await storage.put(keccak256(fromHex0x(slot)), RLP.encode(trimmed));
  }
  return storage;
}

async function proofOf(trie: MerklePatriciaTrie, key: Uint8Array): Promise<Hex[]> {
  return (await createMerkleProof(trie, key)).map((node) => toHex0x(node));
}

async function rootOf(values: readonly Uint8Array[]): Promise<Uint8Array> {
  const trie = await createMPT({ common });
  for (const [index, value] of values.entries()) await trie.put(RLP.encode(index), value);
  return trie.root();
}

/** Headers as nodes show them in JSON. */
export function blockJson(
  { rlp, hash }: Pick<MadeBlock, 'rlp' | 'hash'>,
  form: 'ordinary' | 'aura' = 'ordinary',
): JsonObject {
  const items = RLP.decode(rlp) as Uint8Array[];
  const bytes = (index: number): Hex => toHex0x(items[index] ?? new Uint8Array());
  const count = (index: number): string => `0x${bytes(index).slice(2).replace(/^0+/, '') || '0'}`;
  const end =
    form === 'aura'
      ? { author: bytes(2), sealFields: [toHex0x(RLP.encode(items[13])), toHex0x(RLP.encode(items[14]))] }
      : { mixHash: bytes(13), nonce: bytes(14) };
  return {
    hash: toHex0x(hash),
    parentHash: bytes(0),
    sha3Uncles: bytes(1),
    miner: bytes(2),
    stateRoot: bytes(3),
    transactionsRoot: bytes(4),
    receiptsRoot: bytes(5),
    logsBloom: bytes(6),
    difficulty: count(7),
    number: count(8),
    gasLimit: count(9),
    gasUsed: count(10),
    timestamp: count(11),
    extraData: bytes(12),
    ...end,
    ...(items[15] ? { baseFeePerGas: count(15) } : {}),
  };
}

export const ledgerValidators = signers.slice(0, 4);
