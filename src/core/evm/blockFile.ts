import { parseJson, type JsonObject, type JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fromHex0x } from './hex.ts';
import { receiptFromRpc, type Receipt } from './receipt.ts';
import { consensusRules, type Consensus } from './seals/consensus.ts';

/** The file `evm-block/1` (DESIGN §8): headers in a row, and what is to be proven against the last of them. */
export interface BlockFile {
  readonly consensus: Consensus;
  readonly chainId: number;
  /** RLP of each. */
  readonly headers: readonly Uint8Array[];
  readonly receipts: readonly Receipt[] | undefined;
  /** An answer to `eth_getProof`, as it came. */
  readonly accountProof: JsonValue | undefined;
}

const members = ['affidavit', 'consensus', 'chainId', 'headers', 'receipts', 'accountProof'];
const maximum = { headers: 100_000, receipts: 20_000, depth: 12 } as const;

/** @throws FormatError naming the member; members that nobody has described are refused. */
export function parseBlockFile(text: string): BlockFile {
  const json = parseJson(text, { maximumDepth: maximum.depth });
  if (!isObject(json)) throw fault('an object');
  const stranger = Object.keys(json).find((member) => !members.includes(member));
  if (stranger !== undefined) throw fault(`no member ${JSON.stringify(stranger.slice(0, 64))}`);
  if (json['affidavit'] !== 'evm-block/1') throw fault('"affidavit" to be "evm-block/1"');
  const { consensus, chainId, headers, receipts, accountProof } = json;
  if (typeof consensus !== 'string' || !Object.hasOwn(consensusRules, consensus)) {
    throw fault(`"consensus" to be one of ${Object.keys(consensusRules).join(', ')}`);
  }
  if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId) || chainId < 1)
    throw fault('"chainId" as a number from 1');
  if (!Array.isArray(headers) || headers.length === 0 || headers.length > maximum.headers) {
    throw fault(`"headers" as a list of 1 to ${maximum.headers}`);
  }
  if (receipts !== undefined && (!Array.isArray(receipts) || receipts.length > maximum.receipts)) {
    throw fault(`"receipts" as a list of at most ${maximum.receipts}`);
  }
  return {
    consensus: consensus as Consensus,
    chainId,
    headers: headers.map((header) => fromHex0x(typeof header === 'string' ? header : '')),
    receipts: receipts?.map(receiptFromRpc),
    accountProof,
  };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fault(expected: string): FormatError {
  return new FormatError(`Block file: expected ${expected}.`, 0);
}
