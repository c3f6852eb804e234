import { equalBytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import { choosePin } from '../evm/choosePin.ts';
import type { BlockFile } from '../evm/blockFile.ts';
import { toHex0x } from '../evm/hex.ts';
import { judgeHeaders, readHeaders, type ReadHeader } from '../evm/judgeHeaders.ts';
import { evmMessages } from '../evm/messages.en.ts';
import { encodeReceipt } from '../evm/receipt.ts';
import { majorityOf } from '../evm/seals/consensus.ts';
import type { Transaction } from '../evm/transaction.ts';
import { listRoot } from '../evm/trie.ts';
import type { Context } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Params } from '../verdict/check.ts';
import { sentence } from '../verdict/messages.ts';
import { namedTransaction, recordsRoot, type AnchorEvidence } from './anchorEvidence.ts';
import { transactionId, type Ledger } from './ledgers.ts';
import type { Anchor } from './merkleProof.ts';

/** What the ledger's side of an anchor came to. */
export interface LedgerJudged {
  /** CERT_ANCHOR, CERT_TRANSACTION, CERT_LEDGER. */
  readonly checks: readonly Check[];
  /** Whose key signed the transaction, where its bytes are at hand and have that very hash. */
  readonly sender?: string;
  /** Of the block, where it is proven: milliseconds since 1970. */
  readonly time?: number;
}

/** Where the root is recorded: named (CERT_ANCHOR), said by the very transaction (CERT_TRANSACTION), and that in a block that a pinned ledger sealed (CERT_LEDGER). */
export async function checkLedger(
  anchor: Anchor,
  ledger: Ledger | undefined,
  root: Uint8Array,
  evidence: AnchorEvidence,
  context: Context,
): Promise<LedgerJudged> {
  const id = transactionId(anchor);
  const named = { chain: String(anchor.chain), network: String(anchor.network) };
  if (!ledger) {
    return closedOff(unknown('CERT_ANCHOR', { params: { ...named, reason: unknownLedger(named) } }));
  }
  const params: Params = {
    ledger: ledger.name,
    transaction: id ?? '',
    // Absent where there is no explorer: then there is nothing to look at, and nothing is advised.
    ...(ledger.explorer && id ? { address: ledger.explorer + (ledger.family === 'evm' ? `0x${id}` : id) } : {}),
    root: toHex(root),
  };
  if (ledger.family === 'mock') {
    const reason = 'It was issued for a test and recorded nowhere: anyone could have made it.';
    return closedOff(unknown('CERT_ANCHOR', { params: { ...params, reason } }));
  }
  if (id === undefined) {
    return closedOff(
      fail('CERT_ANCHOR', { params: { ...params, reason: 'It names no transaction of 64 hex digits.' } }),
    );
  }
  const reason = `${ledger.name} was shut down, so that its transactions can no longer be looked up.`;
  const anchored = ledger.closed
    ? unknown('CERT_ANCHOR', { params: { ...params, reason } })
    : pass('CERT_ANCHOR', { params });
  if (ledger.family === 'bitcoin') {
    const found = evidence.bitcoin.find((transaction) => transaction.id === id);
    const says = found?.data.some((data) => equalBytes(data, root));
    return {
      checks: [
        anchored,
        transactionCheck(found && (says === true ? 'data' : 'other'), params),
        unknown('CERT_LEDGER', { params: { ...params, reason: 'Headers of Bitcoin are not judged here.' } }),
      ],
    };
  }
  const found = namedTransaction(evidence, id);
  const how = found && recordsRoot(found, root);
  const proven = found && how ? await proveIncluded(found, how, ledger, evidence, context) : undefined;
  const open = 'No sealed block that holds the transaction was given.';
  return {
    checks: [
      anchored,
      transactionCheck(found && (how ?? 'other'), { ...params, sender: found?.from ?? '', to: found?.to ?? '' }),
      proven?.check(params) ?? unknown('CERT_LEDGER', { params: { ...params, reason: open } }),
    ],
    ...(found?.from ? { sender: found.from } : {}),
    ...(proven?.time === undefined ? {} : { time: proven.time }),
  };
}

const unknownLedger = ({ chain, network }: { readonly chain: string; readonly network: string }): string =>
  `The proof names the ledger ${chain.slice(0, 64)}${network === '' ? '' : `, network ${network.slice(0, 64)}`}, which is not known.`;

function closedOff(anchor: Check): LedgerJudged {
  const params = { reason: 'No transaction is named.' };
  return { checks: [anchor, unknown('CERT_TRANSACTION', { params }), unknown('CERT_LEDGER', { params })] };
}

/** A transaction's identifier is the hash of its bytes: whoever gave them, they are the right ones. */
function transactionCheck(found: 'data' | 'call' | 'other' | undefined, params: Params): Check {
  if (found === undefined) {
    return unknown('CERT_TRANSACTION', { params: { ...params, reason: 'The transaction was not given.' } });
  }
  return found === 'other' ? fail('CERT_TRANSACTION', { params }) : pass('CERT_TRANSACTION', { params });
}

interface Included {
  readonly check: (params: Params) => Check;
  readonly time?: number;
}

/** The transaction is in a block whose header is sealed by the pinned validators and final. */
async function proveIncluded(
  transaction: Transaction,
  how: 'data' | 'call',
  ledger: Ledger,
  { blocks, files }: AnchorEvidence,
  context: Context,
): Promise<Included | undefined> {
  const block = blocks.find((list) => list.some(({ hash }) => hash === transaction.hash));
  const file = files.find(({ chainId }) => chainId === ledger.chainId);
  if (!block || !file) return undefined;
  let headers: readonly ReadHeader[];
  try {
    headers = readHeaders(file.headers, file.consensus);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { message } = error;
    return { check: (params) => fail('CERT_LEDGER', { params: { ...params, reason: message } }) };
  }
  const open = (reason: string): Included => ({
    check: (params) => unknown('CERT_LEDGER', { params: { ...params, reason } }),
  });
  const root = toHex0x(await listRoot(block.map(({ encoded }) => encoded)));
  const at = headers.findIndex(({ header }) => header.transactionsRoot === root);
  const own = headers[at];
  if (!own) return open('None of the headers commits to the transactions that were given.');
  const first = headers[0]?.header.number ?? 0;
  const last = headers.at(-1)?.header.number ?? 0;
  const pin = choosePin(context.trust, file.chainId, file.consensus, first, last);
  const judged = judgeHeaders(headers, file.consensus, pin);
  const worst = judged.checks.find(({ code, status }) => status !== 'pass' && code !== 'EVM_FINALITY');
  if (worst) {
    const reason = sentence(worst, evmMessages);
    const make = worst.status === 'fail' ? fail : unknown;
    return { check: (params) => make('CERT_LEDGER', { params: { ...params, reason } }) };
  }
  if (judged.checks.some(({ code }) => code === 'EVM_FINALITY')) {
    const validators = new Set<string>(judged.validators);
    const signers = new Set(
      headers.slice(at).flatMap((read) => read.signers.filter((each) => each && validators.has(each))),
    );
    const needed = majorityOf(validators.size);
    if (signers.size < needed) {
      return open(
        `${signers.size} of ${validators.size} validators stand behind the block so far, ${needed} are needed.`,
      );
    }
  }
  const place = block.findIndex(({ hash }) => hash === transaction.hash);
  const outcome = await outcomeOf(file, headers, at, place);
  if (outcome === 0) {
    return {
      check: (params) => fail('CERT_LEDGER', { params: { ...params, reason: 'The contract refused the call.' } }),
    };
  }
  if (how === 'call' && outcome !== 1) {
    return open(
      'Whether the contract took the call is not shown: put the receipts of its block into the file, as its last block.',
    );
  }
  const { number, timestamp } = own.header;
  const time = timestamp * 1000;
  const params = { block: number, time: new Date(time).toISOString() };
  return { time, check: (more) => pass('CERT_LEDGER', { params: { ...more, ...params } }) };
}

/** 1 where the receipts of its block prove that it succeeded, 0 where that it did not. */
async function outcomeOf(
  { receipts }: BlockFile,
  headers: readonly ReadHeader[],
  at: number,
  place: number,
): Promise<number | undefined> {
  if (!receipts || at !== headers.length - 1) return undefined;
  if (toHex0x(await listRoot(receipts.map(encodeReceipt))) !== headers[at]?.header.receiptsRoot) return undefined;
  const outcome = receipts[place]?.outcome;
  return typeof outcome === 'number' ? outcome : undefined;
}
