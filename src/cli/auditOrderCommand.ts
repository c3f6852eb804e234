import { readOrder } from '../audit/task/ethernity/readOrder.ts';
import { ledgerOf } from '../audit/task/ledgerOf.ts';
import { evmContractMessages } from '../core/evm/contractMessages.en.ts';
import type { Hex } from '../core/evm/hex.ts';
import { maximumFileLength, readContent, type Content } from '../core/kinds/content.ts';
import { moment } from '../core/certificate/moment.ts';
import { describeOrder, type OrderDescription } from '../core/task/ethernity/describeOrder.ts';
import { judgeOrder } from '../core/task/ethernity/judgeOrder.ts';
import { orderMessages } from '../core/task/ethernity/messages.en.ts';
import { taskMessages } from '../core/task/messages.en.ts';
import type { Check } from '../core/verdict/check.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { combine, verdictOf, type Verdict } from '../core/verdict/status.ts';
import { verdictWords } from '../core/verdict/words.en.ts';
import { wrongCall } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { createProgress, progressWords } from './progress.ts';
import { clean, paintFor, readableChecks, summary, type Paint } from './readable.ts';
import { readTrust } from './readTrust.ts';

export interface OrderWanted {
  /** `chainId/contract/order`, as in the page's address. */
  readonly name: string;
  readonly trust: string;
  /** Program, input, result, and the client's challenge. */
  readonly files: readonly string[];
  readonly out: string | undefined;
  readonly json: boolean;
  readonly usage: string;
}

const messages = { ...evmContractMessages, ...taskMessages, ...orderMessages };

/** `audit --order`: one order of a contract of Ethernity, read from nodes that are not believed. One line of JSON; without `--json` the same in words on standard error too. */
export async function auditOrderCommand(wanted: OrderWanted, io: Io): Promise<ExitCode> {
  const { chainId, contract, order } = readOrderName(wanted);
  const trust = await readTrust(io.folder, wanted.trust, io.signal);
  const pin = ledgerOf(trust, chainId, contract);
  if (!pin?.rpc?.length) {
    const words = pin
      ? `The trust file names no node of the ledger ${chainId}. Add the address of one to "rpc"; it need not be believed.`
      : `The trust file has no entry for the ledger ${chainId} (evm), so nothing of it can be judged. Pin its validators, or a block of it.`;
    throw new AuditorError('usage', 'ORDER_LEDGER', words);
  }
  const companions: Content[] = [];
  for (const name of wanted.files) {
    companions.push(readContent(name, await readGivenFile(io.folder, name, maximumFileLength, io.signal)));
  }
  const progress = createProgress(io);
  io.doing(`reading the contract ${contract}`);
  const read = await readOrder({
    rpc: pin.rpc,
    pin,
    address: contract,
    order,
    signal: io.signal,
    onProgress: (each) => progress.show(progressWords(each)),
  }).finally(() => progress.end());
  const judged = await judgeOrder(read.evidence, order, { companions });
  const checks = [...read.checks, ...judged.checks];
  const verdict = verdictOf(combine(checks.map(({ status }) => status)));
  const found = describeOrder(judged);
  const line = { verdict, name: wanted.name, completeness: read.completeness, ...found, checks };
  if (wanted.json || !io.watched) io.line(line);
  if (wanted.out !== undefined) await writeResult(io.folder, wanted.out, `${JSON.stringify(line)}\n`);
  if (!wanted.json) io.say(readableOrder(wanted.name, found, checks, verdict, paintFor(io.colour)));
  return verdict === 'verified' ? 0 : 1;
}

/** @throws AuditorError `usage` CALL */
function readOrderName({ name, usage }: OrderWanted) {
  const found = /^(\d{1,15})\/(0x[0-9a-f]{40})\/(0|[1-9]\d{0,14})$/i.exec(name);
  if (!found) {
    const words = `--order: number of the ledger, address of the contract and number of the order were expected, as 8995/0x…/5207, found ${JSON.stringify(name.slice(0, 100))}.`;
    throw wrongCall(words, usage);
  }
  const [, chainId, contract, order] = found as unknown as [string, string, string, string];
  return { chainId: Number(chainId), contract: contract.toLowerCase() as Hex, order: BigInt(order) };
}

function readableOrder(
  name: string,
  { marks, result, network, state }: OrderDescription,
  checks: readonly Check[],
  verdict: Verdict,
  paint: Paint,
): string {
  const lines = [
    `${paint(verdictWords[verdict], verdict)}: order ${name}${network === null ? '' : ` (${network})`}, ${state}`,
    `  ${summary(verdict, checks)}`,
    ...marks.map(({ step, by, block, blockTime }) => {
      const who = by === null ? '' : ` by ${by}`;
      return `  ${step}${who} in block ${block} of ${moment(blockTime)}`;
    }),
    ...(result
      ? [`  result: ${result.code.words} (${result.code.code}), SHA-256 ${result.hash}, at ${result.at}`]
      : []),
    '',
    ...readableChecks(checks, messages, paint),
  ];
  return `${lines.map(clean).join('\n')}\n`;
}
