import { decodeAbiParameters, type Hex as ViemHex } from 'viem';
import { equalBytes } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { parseJson, type JsonObject, type JsonValue } from '../bytes/json.ts';
import { parseBlockFile, type BlockFile } from '../evm/blockFile.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { transactionFromRpc, type Transaction } from '../evm/transaction.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { parseBitcoinTransaction, type BitcoinTransaction } from './bitcoinTransaction.ts';
import { looksLikeBitcoinTransaction, looksLikeTransactions } from './companionForms.ts';
import { isObject } from './credential.ts';

/** What was given beside a certificate about the ledger that it names. */
export interface AnchorEvidence {
  readonly transactions: readonly Transaction[];
  /** All transactions of one block, in their order. */
  readonly blocks: readonly (readonly Transaction[])[];
  readonly files: readonly BlockFile[];
  readonly bitcoin: readonly BitcoinTransaction[];
}

const maximumTransactions = 20_000;

/** Files that cannot be read are none: what is not proven stays open. */
export function gatherAnchorEvidence(companions: readonly Content[]): AnchorEvidence {
  const transactions: Transaction[] = [];
  const blocks: (readonly Transaction[])[] = [];
  const files: BlockFile[] = [];
  const bitcoin: BitcoinTransaction[] = [];
  for (const companion of companions) {
    quietly(() => {
      if (affidavitType(companion) === 'evm-block/1') files.push(parseBlockFile(companion.text ?? ''));
      else if (looksLikeBitcoinTransaction(companion)) bitcoin.push(parseBitcoinTransaction(companion.bytes));
      else if (looksLikeTransactions(companion)) {
        for (const object of objectsOf(parseJson(companion.text ?? '', { maximumDepth: 16 }))) {
          const list = object['transactions'];
          if (Array.isArray(list) && list.length <= maximumTransactions) {
            const block = list.map(transactionFromRpc);
            blocks.push(block);
            transactions.push(...block);
          } else if (typeof object['r'] === 'string') {
            transactions.push(transactionFromRpc(object));
          }
        }
      }
    });
  }
  return { transactions, blocks, files, bitcoin };
}

/** The answer itself, what is in its `result`, or `{ transaction, block }`. */
function objectsOf(json: JsonValue): readonly JsonObject[] {
  if (!isObject(json)) return [];
  return [json, json['result'], json['transaction'], json['block']].filter((each) => isObject(each));
}

/** `createCertificate(address recipient, string tokenURI, string tokenHash)` of bloxberg's contract. */
const createCertificate = 'f0e36115';

/** How a transaction records a root: as all of its data, as the certificate contract's third argument, or not. */
export function recordsRoot({ input }: Pick<Transaction, 'input'>, root: Uint8Array): 'data' | 'call' | undefined {
  if (equalBytes(input, root)) return 'data';
  if (toHex(input.subarray(0, 4)) !== createCertificate) return undefined;
  try {
    const parameters = [{ type: 'address' }, { type: 'string' }, { type: 'string' }] as const;
    const [, , hash] = decodeAbiParameters(parameters, toHex0x(input.subarray(4)) as ViemHex);
    const digits = /^(?:0x)?([0-9a-f]{64})$/i.exec(hash)?.[1];
    return digits !== undefined && equalBytes(fromHex(digits.toLowerCase()), root) ? 'call' : undefined;
  } catch {
    // viem says by errors of its own that the data are no such arguments.
    return undefined;
  }
}

export function namedTransaction(evidence: AnchorEvidence, id: string): Transaction | undefined {
  return evidence.transactions.find(({ hash }) => hash === (`0x${id}` satisfies Hex));
}

function quietly(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}
