import { readFile } from 'node:fs/promises';
import { parseJson } from '../core/bytes/json.ts';
import type { Hex } from '../core/evm/hex.ts';
import { maximumFileLength, readContent, type Content } from '../core/kinds/content.ts';
import { judgeReports } from '../core/report/checker.ts';
import { checkpointOf, pinCheckpoint } from '../core/report/checkpoint.ts';
import { bundleOf } from '../core/report/digest.ts';
import { makeReport, type AuditLine } from '../core/report/makeReport.ts';
import { reportMessages } from '../core/report/messages.en.ts';
import type { Report } from '../core/report/report.ts';
import { reportText } from '../core/report/sealReport.ts';
import { subjectText } from '../core/report/typedData.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import { combine, verdictOf } from '../core/verdict/status.ts';
import { verdictWords } from '../core/verdict/words.en.ts';
import { readArgs, wrongCall } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { clean, paintFor, readableChecks, readableLabels, summary } from './readable.ts';
import { readThreshold } from './readThreshold.ts';
import { readTrust } from './readTrust.ts';
import { readKey, readOneReport, readReports, signReport } from './reportFiles.ts';
import { reportUsage as usage } from './reportUsage.ts';

type Command = (args: readonly string[], io: Io) => Promise<ExitCode>;

const commands: Readonly<Record<string, Command>> = {
  make,
  sign,
  merge,
  checkpoint,
  anchor: async (args, io) => (await import('./reportAnchor.ts')).reportAnchor(args, io),
};

/** `report`: makes a report of an audit, signs it, merges several, anchors it, takes its end as a checkpoint. */
export async function reportCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (name === '--help' || rest.includes('--help')) {
    io.say(usage);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command)
    throw wrongCall(name === '' ? 'What is to be done?' : `There is no command ${JSON.stringify(name)}.`, usage);
  return command(rest, io);
}

const makeOptions = {
  trust: 'value',
  from: 'value',
  chain: 'value',
  key: 'value',
  auditor: 'value',
  out: 'value',
} as const;

async function make(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, makeOptions, usage);
  const { trust: trustFile, from, key, auditor, out } = options;
  if (trustFile === undefined || from === undefined || rest.length > 0) {
    throw wrongCall('A trust file and an audit are needed.', usage);
  }
  if ((key === undefined) === (auditor === undefined)) {
    throw wrongCall('Whose report is it? Give either --key or --auditor.', usage);
  }
  if (auditor !== undefined && !/^0x[0-9a-f]{40}$/i.test(auditor)) {
    throw wrongCall('--auditor is an address: 0x and 40 hex digits.', usage);
  }
  const trust = await readTrust(io.folder, trustFile, io.signal);
  const account = key === undefined ? undefined : await readKey(key, io);
  const audit = await readAudit(from, options.chain, io);
  const draft = makeReport(audit, {
    trust,
    verifier: { version: await ownVersion(), build: null },
    time: Math.floor(io.now() / 1000),
    auditor: (account?.address ?? auditor) as Hex,
  });
  return give(account ? await signReport(draft, account) : draft, out, io);
}

async function sign(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, { key: 'value', out: 'value' } as const, usage);
  const [name] = rest;
  if (options.key === undefined || name === undefined || rest.length > 1) {
    throw wrongCall('A key and one report are needed.', usage);
  }
  const report = await readOneReport(name, io);
  return give(await signReport(report, await readKey(options.key, io)), options.out, io);
}

/** The report on standard output, or in a file too. */
async function give(report: Report, out: string | undefined, io: Io): Promise<ExitCode> {
  io.line(report);
  if (out !== undefined) await writeResult(io.folder, out, reportText(report));
  const signed = report.signature === null ? 'not signed yet' : `signed by ${report.auditor}`;
  io.say(`Report ${report.digest} on ${subjectText(report.subject)}: ${verdictWords[report.verdict]}; ${signed}.`);
  return 0;
}

const mergeOptions = { trust: 'value', threshold: 'value', with: 'values', json: 'flag', out: 'value' } as const;

async function merge(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, mergeOptions, usage);
  if (options.trust === undefined || rest.length === 0) throw wrongCall('A trust file and reports are needed.', usage);
  const threshold = readThreshold(options.threshold, usage) ?? 1;
  const trust = await readTrust(io.folder, options.trust, io.signal);
  const companions: Content[] = [];
  for (const name of options.with) {
    companions.push(readContent(name, await readGivenFile(io.folder, name, maximumFileLength, io.signal)));
  }
  const reports: Report[] = [];
  for (const name of rest) reports.push(...(await readReports(name, io)));
  const text = reportText(bundleOf(reports));
  const judged = await judgeReports({ text }, { trust, companions, now: io.now() }, threshold);
  const verdict = verdictOf(combine(judged.checks.map(({ status }) => status)));
  const { merged } = judged.details as { readonly merged?: object };
  io.line({
    verdict,
    reports: rest.length,
    threshold,
    labels: judged.labels,
    ...merged,
    checks: judged.checks,
  });
  if (options.out !== undefined) await writeResult(io.folder, options.out, text);
  if (!options.json) {
    const paint = paintFor(io.colour);
    const lines = [
      `${paint(verdictWords[verdict], verdict)}: what auditors say who you trust`,
      `  ${summary(verdict, judged.checks)}`,
      ...readableLabels(judged.labels, paint),
      '',
      ...readableChecks(judged.checks, reportMessages, paint),
    ];
    io.say(`${lines.map(clean).join('\n')}\n`);
  }
  return verdict === 'verified' ? 0 : 1;
}

async function checkpoint(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, { trust: 'value', out: 'value' } as const, usage);
  const [name] = rest;
  if (options.trust === undefined || name === undefined || rest.length > 1) {
    throw wrongCall('A trust file and one report are needed.', usage);
  }
  const trust = await readTrust(io.folder, options.trust, io.signal);
  const report = await readOneReport(name, io);
  const judged = await judgeReports({ text: reportText(report) }, { trust, companions: [], now: io.now() }, 1);
  const said = checkpointOf(report, trust);
  if (judged.checks.some(({ status }) => status !== 'pass')) {
    const words = `${name} does not hold under this trust file, so it offers no checkpoint. “npm run -s check” says why.`;
    throw new AuditorError('usage', 'REPORT_CHECKPOINT', words);
  }
  const pinned = pinCheckpoint(trust, said);
  io.line(said);
  if (options.out !== undefined) await writeResult(io.folder, options.out, serializeTrust(pinned));
  const { k, height } = said.checkpoint;
  io.say(
    `Chain ${clean(said.chain)}: checkpoint at k ${k}, height ${height}. That everything before it holds is what ${said.auditor} says.`,
  );
  return 0;
}

/** One line of `audit`; of several chains, the one that is named. */
async function readAudit(name: string, chain: string | undefined, io: Io): Promise<AuditLine> {
  const bytes = await readGivenFile(io.folder, name, maximumFileLength, io.signal);
  const lines = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => line.trim() !== '');
  try {
    const audits = lines.map((line) => parseJson(line) as unknown as AuditLine);
    const found = chain === undefined ? audits : audits.filter((audit) => audit['chain'] === chain);
    const [audit] = found;
    if (audit && found.length === 1 && Array.isArray(audit.checks)) return audit;
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'REPORT_AUDIT', `${name} is no line of an audit. ${cause.message}`, { cause });
  }
  const words = `${name} holds ${lines.length} lines, of which one audit was expected. Of several chains, name one with --chain.`;
  throw new AuditorError('usage', 'REPORT_AUDIT', words);
}

/** Of the package that this file is in, as source or as built. */
async function ownVersion(): Promise<string> {
  for (const up of ['../../package.json', '../../../package.json']) {
    const text = await readFile(new URL(up, import.meta.url), 'utf8').catch(() => undefined);
    const found =
      text === undefined ? undefined : (JSON.parse(text) as { readonly name?: string; readonly version?: string });
    if (found?.name === 'affidavit' && found.version !== undefined) return found.version;
  }
  throw new AuditorError(
    'internal',
    'VERSION',
    'The version of this program is not known: its package.json is missing.',
  );
}
