import type { Abi } from 'viem';
import type { ContractEvents } from '../audit/evm/contractReading.ts';
import { finalisedBlock, type LoadHelios } from '../audit/evm/lightClient.ts';
import { readContractEvents } from '../audit/evm/readContractEvents.ts';
import { ledgerOf } from '../audit/task/ledgerOf.ts';
import { moment } from '../core/certificate/moment.ts';
import { evmContractMessages } from '../core/evm/contractMessages.en.ts';
import { checkEvent } from '../core/evm/decodeEvent.ts';
import { developmentLedgers } from '../core/evm/developmentLedgers.ts';
import type { ProvenEvent } from '../core/evm/events.ts';
import { toHex0x, type Hex } from '../core/evm/hex.ts';
import { contractWithCode, knownContracts } from '../core/evm/knownContracts.ts';
import type { EvmPin } from '../core/trust/trust.ts';
import { all, type Check } from '../core/verdict/check.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { combine, verdictOf, type Verdict } from '../core/verdict/status.ts';
import { verdictWords } from '../core/verdict/words.en.ts';
import { wrongCall } from './args.ts';
import { writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { loadHelios } from './loadHelios.ts';
import { createProgress, progressWords } from './progress.ts';
import { readAbi } from './readAbi.ts';
import { clean, paintFor, readableChecks, readableLabels, summary, type Paint } from './readable.ts';
import { readTrust } from './readTrust.ts';

export interface ContractWanted {
  /** `chainId/address`. */
  readonly name: string;
  readonly trust: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** In place of the addresses of nodes in the trust file. */
  readonly rpc: readonly string[];
  /** Name of a known contract, or the hash of the code that is expected. */
  readonly code: string | undefined;
  /** Path of the interface in JSON. */
  readonly abi: string | undefined;
  readonly lightClient: boolean;
  readonly out: string | undefined;
  readonly json: boolean;
  readonly usage: string;
}

interface ReadEvent extends ProvenEvent {
  /** Under the contract's interface, where it is known. */
  readonly name?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

interface Result {
  readonly verdict: Verdict;
  readonly contract: string;
  readonly labels: readonly string[];
  readonly read: ContractEvents;
  readonly events: readonly ReadEvent[];
  readonly checks: readonly Check[];
}

/** Events that are shown on a terminal, and checks of events that are listed; the rest is counted. */
const shown = 8;
const listed = 64;

/**
 * `audit --contract`: every event of a contract in a range of blocks, proven against headers that its pinned validators have sealed; the nodes are not believed.
 * One line of JSON; without `--json` the same in words on standard error too. `--out` gets the line with all events.
 */
export async function auditContractCommand(
  wanted: ContractWanted,
  io: Io,
  load: LoadHelios = loadHelios,
): Promise<ExitCode> {
  const { chainId, address } = readName(wanted);
  const [from, to] = [numberOf('--from', wanted.from, wanted), numberOf('--to', wanted.to, wanted)];
  const contract = codeOf(wanted);
  const trust = await readTrust(io.folder, wanted.trust, io.signal);
  const given = wanted.abi === undefined ? undefined : await readAbi(io.folder, wanted.abi, io.signal);
  const pinned = ledgerOf(trust, chainId, address);
  if (!pinned) {
    const words = `The trust file has no entry for the ledger ${chainId} (evm), so nothing of it can be judged. Pin its validators, or a block of it.`;
    throw new AuditorError('usage', 'CONTRACT_LEDGER', words);
  }
  const rpc = wanted.rpc.length > 0 ? wanted.rpc : (pinned.rpc ?? []);
  if (rpc.length === 0) {
    const words = `Neither --rpc nor the trust file names a node of the ledger ${chainId}. It need not be believed.`;
    throw new AuditorError('usage', 'CONTRACT_LEDGER', words);
  }
  const finalised = wanted.lightClient ? await finalisedBlock(pinned, rpc, load, { signal: io.signal }) : undefined;
  const pin = finalised?.pin ?? pinned;
  const progress = createProgress(io);
  io.doing(`reading the contract ${address}`);
  const read = await readContractEvents({
    rpc,
    pin,
    address,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(contract === undefined ? {} : { contract }),
    ...(pinned.checkpoint ? { alsoPinned: pinned.checkpoint } : {}),
    ...(pin.maximumAge === undefined ? {} : { maximumAge: pin.maximumAge, now: Math.floor(io.now() / 1000) }),
    signal: io.signal,
    onProgress: (each) => progress.show(progressWords(each)),
  }).finally(() => progress.end());
  const decoded = decode(read, given ?? (await knownInterface(read)));
  const checks = [...(finalised ? [finalised.check] : []), ...read.checks, ...decoded.checks];
  const verdict = verdictOf(combine(checks.map(({ status }) => status)));
  const labels = labelsOf(pin, read);
  const result: Result = { verdict, contract: `${chainId}/${address}`, labels, read, events: decoded.events, checks };
  const line = printed(result);
  if (wanted.json || !io.watched) io.line(line);
  if (wanted.out !== undefined) {
    const everything = { ...line, events: decoded.events };
    const whole = JSON.stringify(everything, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    await writeResult(io.folder, wanted.out, `${whole}\n`);
  }
  if (!wanted.json) io.say(readable(result, paintFor(io.colour)));
  return verdict === 'verified' ? 0 : 1;
}

function readName({ name, usage }: ContractWanted): { readonly chainId: number; readonly address: Hex } {
  const found = /^([1-9]\d{0,14})\/(0x[0-9a-f]{40})$/i.exec(name);
  if (found) return { chainId: Number(found[1]), address: String(found[2]).toLowerCase() as Hex };
  const words = `--contract: number of the ledger and address of the contract were expected, as 412346/0x…, found ${JSON.stringify(name.slice(0, 100))}.`;
  throw wrongCall(words, usage);
}

function numberOf(option: string, text: string | undefined, { usage }: ContractWanted): number | undefined {
  if (text === undefined || /^\d{1,15}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw wrongCall(`${option}: the number of a block was expected, found ${JSON.stringify(text.slice(0, 40))}.`, usage);
}

function codeOf({ code, usage }: ContractWanted): string | undefined {
  if (code === undefined || Object.hasOwn(knownContracts, code)) return code;
  const hash = code.toLowerCase();
  if (/^0x[0-9a-f]{64}$/.test(hash)) return hash;
  const names = Object.keys(knownContracts).join(', ');
  throw wrongCall(`--code: the hash of the code (0x and 64 hex digits) or one of ${names} was expected.`, usage);
}

/** The interface of a contract whose proven code is known here. */
async function knownInterface({ account }: ContractEvents): Promise<Abi | undefined> {
  const known = account?.account && contractWithCode(toHex0x(account.account.codeHash));
  if (known?.name !== 'ProofOfExecution') return undefined;
  return (await import('../contracts/proofOfExecution.ts')).proofOfExecutionAbi;
}

/** Every event under the interface: bytes that are none of its encodings make the check of all of them fail. */
function decode(
  { events }: ContractEvents,
  abi: Abi | undefined,
): { readonly events: readonly ReadEvent[]; readonly checks: readonly Check[] } {
  if (!abi || events.length === 0) return { events, checks: [] };
  const each = events.map((event) => ({ event, ...checkEvent(abi, event) }));
  const failed = each.map(({ check }) => check).filter(({ status }) => status !== 'pass');
  const children = failed.length > 0 ? failed.slice(0, listed) : each.slice(0, 1).map(({ check }) => check);
  const params = { events: events.length, failed: failed.length };
  return {
    events: each.map(({ event, decoded }) => ({ ...event, ...decoded })),
    checks: [all('EVM_INTERFACE', children, { params })],
  };
}

function labelsOf({ chainId, checkpoint }: EvmPin, { completeness }: ContractEvents): string[] {
  return [
    ...(developmentLedgers.includes(chainId) ? ['development'] : []),
    ...(checkpoint && checkpoint.number > 0 && completeness.from >= checkpoint.number ? ['from checkpoint'] : []),
  ];
}

/** What is printed: all but the events, which may be many. */
function printed({ verdict, contract, labels, read, checks, events }: Result) {
  const { completeness, cost, equivocation, head } = read;
  return {
    verdict,
    contract,
    labels,
    head: head ? { number: head.number, hash: head.hash, time: head.timestamp } : null,
    count: events.length,
    completeness,
    equivocation: equivocation ? { ...equivocation, headers: equivocation.headers.map(toHex0x) } : null,
    cost,
    checks,
  };
}

const how: Readonly<Record<ContractEvents['completeness']['how'], string>> = {
  bloom: 'none is missing, by the bloom of every header',
  counter: 'none is missing, by the contract’s own count and running hash',
  none: 'whether some are missing cannot be told',
};

/** A contract's events for people: verdict and sentence, what was read up to where, the last events, every check. */
function readable({ verdict, contract, labels, read, events, checks }: Result, paint: Paint): string {
  const { completeness, cost, head, equivocation } = read;
  const { from, to, how: known } = completeness;
  const more = events.length > shown ? [`    and ${events.length - shown} before them (--out has all)`] : [];
  const lines = [
    `${paint(verdictWords[verdict], verdict)}: contract ${contract}`,
    `  ${summary(verdict, checks)}`,
    head
      ? `  Read up to block ${head.number} of ${moment(head.timestamp)}: ${events.length} events in blocks ${from} to ${to}; ${how[known]}.`
      : '  No block could be relied upon.',
    `  ${cost.requests} requests to nodes with ${cost.calls} calls.`,
    ...readableLabels(labels, paint),
    ...(events.length > 0 ? ['  Events:', ...more, ...events.slice(-shown).map(eventLine)] : []),
    ...(equivocation ? [`  Both headers of block ${equivocation.number} are in the JSON.`] : []),
    '',
    ...readableChecks(checks, evmContractMessages, paint),
  ];
  return `${lines.map(clean).join('\n')}\n`;
}

function eventLine({ block, logIndex, name, args, topics }: ReadEvent): string {
  const values = Object.entries(args ?? {}).map(([key, value]) => `${key} ${String(value).slice(0, 80)}`);
  return `    block ${block}, log ${logIndex}: ${name ? `${name} (${values.join(', ')})` : `topic ${topics[0] ?? 'none'}`}`;
}
