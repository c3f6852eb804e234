import { createMerkleProof, createMPT, type MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { keccak256 as keccakHex, toHex, type Hex } from 'viem';
import { keccak256 } from '../../bytes/hash.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { bloomOf } from '../bloom.ts';
import { makeBlock, signers, type MadeBlock } from '../evm.fixture.ts';
import { fromHex0x, toHex0x } from '../hex.ts';
import { encodeReceipt, receiptFromRpc } from '../receipt.ts';
import type { Consensus } from '../seals/consensus.ts';

const common = { customCrypto: { keccak256: (bytes: Uint8Array) => keccak256(bytes) } };

export interface ContractLedger {
  readonly blocks: readonly (MadeBlock & { readonly receipts: readonly JsonObject[] })[];
  /** An answer to `eth_getProof` in the state of every block. */
  readonly prove: (slots: readonly Hex[]) => Promise<JsonObject>;
}

export interface ContractLedgerOptions {
  readonly consensus?: Consensus;
  readonly contract: Hex;
  readonly codeHash: Hex;
  /** Slots and what is in them, all the time. */
  readonly slots: readonly (readonly [Hex, Hex])[];
  /** What the contract says in each block, from number 0 on, among strangers' events; and the block's time in seconds. */
  readonly said: readonly { readonly logs: readonly JsonObject[]; readonly time: number }[];
}

/** A ledger on which one contract stands. */
export async function makeContractLedger(options: ContractLedgerOptions): Promise<ContractLedger> {
  const { consensus = 'qbft', said } = options;
  const state = await makeState(options);
  const blocks: (MadeBlock & { receipts: JsonObject[] })[] = [];
  for (const [number, { logs, time }] of said.entries()) {
    const all = [{ address: `0x${'77'.repeat(20)}`, topics: [], data: '0x' }, ...logs];
    const receipts = [receiptOf([], 0), receiptOf(all, 1)];
    const trie = await createMPT({ common });
    for (const [index, receipt] of receipts.entries())
      await trie.put(RLP.encode(index), encodeReceipt(receiptFromRpc(receipt)));
    const proposer = consensus === 'qbft' ? signers[0]! : signers[number % 4]!;
    const block = makeBlock(consensus, {
      number,
      parentHash: blocks.at(-1)?.hash ?? new Uint8Array(32),
      stateRoot: state.root,
      receiptsRoot: trie.root(),
      logsBloom: bloomOf(receiptFromRpc(receipts[1]!).logs),
      timestamp: time,
      proposer,
      ...(consensus === 'qbft' ? {} : { sealers: [proposer] }),
    });
    blocks.push({ ...block, receipts });
  }
  return { blocks, prove: state.prove };
}

/** One word of parts, the highest first: each a value and its bytes. */
export const word = (...parts: readonly (readonly [bigint, number])[]): Hex =>
  `0x${parts
    .map(([value, bytes]) => value.toString(16).padStart(2 * bytes, '0'))
    .join('')
    .padStart(64, '0')}`;

async function makeState({ contract, codeHash, slots }: ContractLedgerOptions): Promise<{
  root: Uint8Array;
  prove: ContractLedger['prove'];
}> {
  const storage = await createMPT({ common });
  for (const [key, value] of slots) {
    await storage.put(keccak256(fromHex0x(key)), RLP.encode(fromHex0x(`0x${value.slice(2).replace(/^(00)+/, '')}`)));
  }
  const accounts = await createMPT({ common });
  const account = (root: Uint8Array, code: Uint8Array): Uint8Array =>
    RLP.encode([Uint8Array.of(1), new Uint8Array(), root, code]);
  const other = keccak256(fromHex0x(`0x${'11'.repeat(20)}`));
  await accounts.put(other, account(fromHex0x(keccakHex('0x80')), keccak256(new Uint8Array())));
  await accounts.put(keccak256(fromHex0x(contract)), account(storage.root(), fromHex0x(codeHash)));
  return {
    root: accounts.root(),
    prove: async (asked) => ({
      address: contract,
      accountProof: await proofOf(accounts, fromHex0x(contract)),
      storageProof: await Promise.all(
        asked.map(async (key) => {
          const value = await storage.get(keccak256(fromHex0x(key)));
          return {
            key,
            value: value ? toHex0x(RLP.decode(value) as Uint8Array) : '0x0',
            proof: await proofOf(storage, fromHex0x(key)),
          };
        }),
      ),
    }),
  };
}

async function proofOf(trie: MerklePatriciaTrie, key: Uint8Array): Promise<Hex[]> {
  return (await createMerkleProof(trie, keccak256(key))).map((node) => toHex0x(node));
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
