import { ledgerOf } from '../audit/task/ledgerOf.ts';
import { readNetwork, type NetworkRead } from '../audit/network/readNetwork.ts';
import { moment } from '../core/certificate/moment.ts';
import { evmContractMessages } from '../core/evm/contractMessages.en.ts';
import type { Hex } from '../core/evm/hex.ts';
import { maximumFileLength, readContent, type Content } from '../core/kinds/content.ts';
import { kinds } from '../core/kinds/registry.ts';
import { networkMessages } from '../core/network/messages.en.ts';
import type { EvmPin, Trust } from '../core/trust/trust.ts';
import type { Messages } from '../core/verdict/messages.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { verdictWords } from '../core/verdict/words.en.ts';
import { wrongCall } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { createProgress, progressWords } from './progress.ts';
import { clean, paintFor, readableChecks, readableLabels, summary, type Paint } from './readable.ts';
import { readTrust } from './readTrust.ts';

export interface NetworkWanted {
  /** `chainId/address`. */
  readonly name: string;
  readonly trust: string;
  /** In place of the addresses of nodes in the trust file. */
  readonly rpc: readonly string[];
  /** Documents, criteria, batches, disclosures, signed votes. */
  readonly files: readonly string[];
  readonly out: string | undefined;
  readonly json: boolean;
  readonly usage: string;
}

const messages: Messages = {
  ...Object.assign({}, ...kinds.map((kind) => kind.messages)),
  ...evmContractMessages,
  ...networkMessages,
};

/**
 * `audit --network`: an attestation network from its events to its verdict; quorums, trust nodes and reputation recomputed. One line of JSON; without `--json` the
 * same in words on standard error too. `--out` gets the line with every node, request and epoch.
 */
export async function auditNetworkCommand(wanted: NetworkWanted, io: Io): Promise<ExitCode> {
  const { chainId, contract } = readNetworkName(wanted.name, wanted.usage);
  const trust = await readTrust(io.folder, wanted.trust, io.signal);
  const { pin, rpc } = networkLedgerOf(trust, chainId, contract, wanted.rpc);
  const companions: Content[] = [];
  for (const name of wanted.files) {
    companions.push(readContent(name, await readGivenFile(io.folder, name, maximumFileLength, io.signal)));
  }
  const progress = createProgress(io);
  io.doing(`reading the network ${contract}`);
  const read = await readNetwork({
    pin,
    rpc,
    trust,
    contract,
    companions,
    now: io.now(),
    signal: io.signal,
    onProgress: (each) => progress.show(progressWords(each)),
  }).finally(() => progress.end());
  const line = printed(wanted.name, read);
  if (wanted.json || !io.watched) io.line(line);
  if (wanted.out !== undefined) {
    const whole = JSON.stringify({ ...line, details: read.judged.details });
    await writeResult(io.folder, wanted.out, `${whole}\n`);
  }
  if (!wanted.json) io.say(readable(wanted.name, read, paintFor(io.colour)));
  return read.verdict === 'verified' ? 0 : 1;
}

/** @throws AuditorError `usage` for anything but `chainId/address` */
export function readNetworkName(name: string, usage: string): { readonly chainId: number; readonly contract: Hex } {
  const found = /^([1-9]\d{0,14})\/(0x[0-9a-f]{40})$/i.exec(name);
  if (found) return { chainId: Number(found[1]), contract: String(found[2]).toLowerCase() as Hex };
  const words = `--network: number of the ledger and address of the contract were expected, as 412346/0x…, found ${JSON.stringify(name.slice(0, 100))}.`;
  throw wrongCall(words, usage);
}

/** The ledger's entry and the addresses to ask. @throws AuditorError `usage` NETWORK_LEDGER where there is none */
export function networkLedgerOf(
  trust: Trust,
  chainId: number,
  contract: Hex,
  given: readonly string[],
): { readonly pin: EvmPin; readonly rpc: readonly string[] } {
  const pin = ledgerOf(trust, chainId, contract);
  if (!pin) {
    const words = `The trust file has no entry for the ledger ${chainId} (evm), so nothing of it can be judged. Pin its validators, or a block of it.`;
    throw new AuditorError('usage', 'NETWORK_LEDGER', words);
  }
  const rpc = given.length > 0 ? given : (pin.rpc ?? []);
  if (rpc.length > 0) return { pin, rpc };
  const words = `Neither --rpc nor the trust file names a node of the ledger ${chainId}. It need not be believed.`;
  throw new AuditorError('usage', 'NETWORK_LEDGER', words);
}

/** All but the matrix and the curves, which may be long. */
function printed(network: string, { verdict, labels, checks, ledger, judged }: NetworkRead) {
  const { details } = judged;
  const { head, completeness, cost } = ledger;
  const epoch = details?.epochs.at(-1);
  return {
    verdict,
    network,
    labels,
    head: head ? { number: head.number, hash: head.hash, time: head.timestamp } : null,
    events: ledger.events.length,
    requests: details?.requests.length ?? 0,
    records: details?.requests.filter(({ final }) => final !== null).length ?? 0,
    epoch: epoch ? { number: epoch.number, from: epoch.from, trustNodes: epoch.trustNodes } : null,
    nodes: (details?.nodes ?? []).map(({ account, status, reputation, agreed, disagreed, missed }) => ({
      account,
      status,
      reputation,
      agreed,
      disagreed,
      missed,
    })),
    completeness,
    cost,
    checks,
  };
}

function readable(name: string, read: NetworkRead, paint: Paint): string {
  const { verdict, checks, labels, judged, ledger } = read;
  const { details } = judged;
  const epoch = details?.epochs.at(-1);
  const trusted = new Set(epoch?.trustNodes);
  const lines = [
    `${paint(verdictWords[verdict], verdict)}: network ${name}`,
    `  ${summary(verdict, checks)}`,
    ledger.head
      ? `  Read up to block ${ledger.head.number} of ${moment(ledger.head.timestamp)}: ${ledger.events.length} events.`
      : '  No block could be relied upon.',
    ...readableLabels(labels, paint),
    ...(details ? [`  Epoch ${epoch?.number ?? 0}; nodes, those that are trust nodes now with a star:`] : []),
    ...(details?.nodes ?? []).map(
      ({ account, status, reputation, agreed, disagreed, missed }) =>
        `    ${trusted.has(account) ? '*' : ' '} ${account} ${status}, reputation ${reputation}; agreed ${agreed}, voted otherwise ${disagreed}, silent ${missed}`,
    ),
    '',
    ...readableChecks(checks, messages, paint),
  ];
  return `${lines.map(clean).join('\n')}\n`;
}
