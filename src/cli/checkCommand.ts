import type { Content } from '../core/kinds/content.ts';
import { expandFile, type FoundFile } from './expandFile.ts';
import { placeTogether, type Placed } from './placeTogether.ts';
import { createProgress, progressWords } from './progress.ts';
import { recogniseCompanion } from '../core/kinds/companion.ts';
import { describeCompanion, describeUnused } from '../core/kinds/describeCompanion.ts';
import { describeUnknown } from '../core/kinds/describeUnknown.ts';
import { asAuditorError } from '../core/kinds/errorReply.ts';
import { judge, recognise, type Report } from '../core/kinds/judge.ts';
import { kinds } from '../core/kinds/registry.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { readArgs, wrongCall, type Options } from './args.ts';
import { worst, type ExitCode, type Io } from './io.ts';
import { describePage } from './html/describePage.ts';
import { clean, paintFor, readableReport } from './readable.ts';
import { readTrust } from './readTrust.ts';
import { parseRfc3339 } from './rfc3339.ts';
import { readThreshold } from './readThreshold.ts';
import type { Context, TimeSource } from '../core/kinds/kind.ts';

const optionKinds = {
  json: 'flag',
  at: 'value',
  trust: 'value',
  with: 'values',
  threshold: 'value',
  help: 'flag',
} as const;

const usage =
  'Usage: npm run -s check -- [--json] [--at RFC3339|now] [--trust FILE] [--with FILE]… [--threshold N] FILE…\nA FILE may be a folder, a ZIP, tar or gzip archive, or a PDF with files attached: everything in it is judged.\n--threshold N: of reports of an audit, so many auditors whom you trust must say that it holds; “npm run -s report -- merge” puts the reports of several into one file.';

/**
 * `check`: judges any evidence, offline; what kind it is, is found from its content. With `--json` one line a file on standard output, whatever
 * becomes of the file; without it the same in words on standard error. Of a folder or an archive every file is judged, beside those in it that it goes with.
 */
export async function checkCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest: files } = readArgs(args, optionKinds, usage);
  if (options.help) {
    io.say(usage);
    return 0;
  }
  if (files.length === 0) throw wrongCall('No file was given.', usage);
  let context: Context;
  try {
    context = await readContext(options, io);
  } catch (error) {
    // Every file given yields a line, also where the call as a whole is at fault.
    io.signal.throwIfAborted();
    const fault = asAuditorError(error);
    if (options.json) for (const file of files) io.line(errorLine(file, 'unknown', fault));
    throw fault;
  }
  const codes: ExitCode[] = [];
  const judged = new Set<string>();
  for (const [index, file] of files.entries()) {
    io.doing(`judging ${file} (${index} of ${files.length} files done)`);
    codes.push(await checkGiven(file, context, options.json, io, judged));
  }
  for (const companion of context.companions) {
    const unused = describeUnused(companion, judged, kinds);
    if (unused !== undefined) io.say(`Note: ${clean(unused)}`);
  }
  if (context.threshold !== undefined && !judged.has('report')) {
    io.say('Note: --threshold counts the auditors of reports, and no report was among the files.');
  }
  return worst(codes);
}

async function readContext(options: Options<typeof optionKinds>, io: Io): Promise<Context> {
  // The present is taken once, so that kinds can tell it from another given time.
  const now = io.now();
  const givenTime = options.at === undefined ? undefined : options.at === 'now' ? now : parseRfc3339(options.at);
  const threshold = readThreshold(options.threshold, usage);
  const trust = options.trust === undefined ? {} : await readTrust(io.folder, options.trust, io.signal);
  const companions: Content[] = [];
  for (const name of options.with) {
    for (const { open } of (await expandFile(io.folder, name, kinds, io.signal)).files) {
      const { content, close } = await open();
      await close();
      companions.push(content);
    }
  }
  return {
    trust,
    companions,
    now,
    signal: io.signal,
    ...(givenTime === undefined ? {} : { givenTime }),
    ...(threshold === undefined ? {} : { threshold }),
  };
}

/** What was given under one name: a file, or all that is in a folder or an archive, with what came of it counted. */
async function checkGiven(
  name: string,
  context: Context,
  json: boolean,
  io: Io,
  judged: Set<string>,
): Promise<ExitCode> {
  let group: readonly Placed[];
  let isGroup: boolean;
  try {
    const expanded = await expandFile(io.folder, name, kinds, io.signal);
    isGroup = expanded.isGroup;
    group = isGroup
      ? await placeTogether(expanded.files, kinds, io.signal)
      : expanded.files.map((file) => ({ file, beside: [] }));
  } catch (error) {
    io.signal.throwIfAborted();
    return notJudged(name, 'unknown', error, json, io);
  }
  const codes: ExitCode[] = [];
  for (const { file, beside, usedBy } of group) {
    if (usedBy) codes.push(sayUsed(file.name, usedBy, json, io));
    else {
      const companions = [...context.companions, ...beside];
      codes.push(await checkFile(file, { ...context, companions, ...watched(file.name, io) }, json, io, judged));
    }
  }
  if (isGroup && !json) {
    const count = (code: ExitCode): number => codes.filter((each) => each === code).length;
    const used = group.filter(({ usedBy }) => usedBy !== undefined).length;
    const words = `${codes.length} files in all: ${count(0) - used} hold, ${count(1)} do not hold or cannot be told, ${count(2)} not judged, ${used} used beside others.`;
    io.say(`${clean(name)}: ${words}\n`);
  }
  return worst(codes);
}

/** A file of a group that other evidence of it was judged beside: it is no evidence by itself, and nothing is wrong with that. */
function sayUsed(name: string, { title, names }: NonNullable<Placed['usedBy']>, json: boolean, io: Io): ExitCode {
  const words = `${name} is ${title}, which is no evidence by itself. It was given beside: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`;
  if (json) io.line(errorLine(name, 'unknown', new AuditorError('usage', 'COMPANION', words)));
  else io.say(`Note: ${clean(words)}\n`);
  return 0;
}

/** @param judged where the kind is noted */
async function checkFile(
  found: FoundFile,
  context: Context,
  json: boolean,
  io: Io,
  judged: Set<string>,
): Promise<ExitCode> {
  const file = found.name;
  let kindName = 'unknown';
  try {
    const { content, close } = await found.open();
    const kind = recognise(content, kinds);
    if (!kind) {
      const companion = recogniseCompanion(content);
      const words = companion ? describeCompanion(file, companion, kinds) : describeUnknown(content, kinds);
      throw new AuditorError('usage', 'KIND_UNKNOWN', words);
    }
    kindName = kind.name;
    judged.add(kindName);
    const report = await judge(content, context, kinds).finally(close);
    io.signal.throwIfAborted();
    if (json) io.line(printed(report));
    else {
      if (content.page) io.say(`Note: ${clean(await describePage(file, content.page))}`);
      io.say(readableReport(report, kind.title, kind.messages, paintFor(io.colour)));
    }
    return report.verdict === 'verified' ? 0 : 1;
  } catch (error) {
    io.signal.throwIfAborted();
    return notJudged(file, kindName, error, json, io);
  }
}

function notJudged(file: string, kind: string, error: unknown, json: boolean, io: Io): ExitCode {
  const fault = asAuditorError(error);
  if (json) io.line(errorLine(file, kind, fault));
  else io.say(`${paintFor(io.colour)('Not judged', 'undetermined')}: ${clean(file)}\n  ${clean(fault.message)}\n`);
  return 2;
}

/** Progress of one long file on standard error. */
function watched(file: string, io: Io): Pick<Context, 'onProgress'> {
  const line = createProgress(io);
  const start = io.now();
  return {
    onProgress: ({ done, total, unit }) => {
      const seconds = (io.now() - start) / 1000;
      const rate = seconds > 0 ? done / seconds : 0;
      const secondsLeft = rate > 0 ? (total - done) / rate : null;
      if (done >= total) line.end();
      else line.show(`${clean(file)}: ${progressWords({ done, total, unit, rate, secondsLeft })}`);
    },
  };
}

/** A report as it is printed: what the kind's own view draws is left out. */
function printed({ details: _details, ...report }: Report): Omit<Report, 'details'> {
  return report;
}

/** The line of a file that could not be judged: a throw is never a verdict, so it is undetermined, with the reason beside it. */
function errorLine(file: string, kind: string, { kind: fault, code, message }: AuditorError) {
  const timeSource: TimeSource = 'now';
  return {
    file,
    kind,
    verdict: 'undetermined',
    at: null,
    timeSource,
    labels: [],
    checks: [],
    error: { kind: fault, code, message },
  };
}
