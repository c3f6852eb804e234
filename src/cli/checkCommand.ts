import { maximumFileLength, readContent, type Content } from '../core/kinds/content.ts';
import { openContent } from './openContent.ts';
import { createProgress, progressWords } from './progress.ts';
import { recogniseCompanion } from '../core/kinds/companion.ts';
import { describeCompanion, describeUnused } from '../core/kinds/describeCompanion.ts';
import { describeUnknown } from '../core/kinds/describeUnknown.ts';
import { asAuditorError } from '../core/kinds/errorReply.ts';
import { judge, recognise, type Report } from '../core/kinds/judge.ts';
import { kinds } from '../core/kinds/registry.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { readArgs, wrongCall, type Options } from './args.ts';
import { readGivenFile } from './files.ts';
import { worst, type ExitCode, type Io } from './io.ts';
import { describePage } from './html/describePage.ts';
import { clean, paintFor, readableReport } from './readable.ts';
import { readTrust } from './readTrust.ts';
import { parseRfc3339 } from './rfc3339.ts';
import type { Context, TimeSource } from '../core/kinds/kind.ts';

const optionKinds = { json: 'flag', at: 'value', trust: 'value', with: 'values', help: 'flag' } as const;

const usage = 'Usage: npm run -s check -- [--json] [--at RFC3339|now] [--trust FILE] [--with FILE]… FILE…';

/**
 * `check`: judges any evidence, offline; what kind it is, is found from its content. With `--json` one line a file on standard output, whatever
 * becomes of the file; without it the same in words on standard error.
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
    codes.push(await checkFile(file, { ...context, ...watched(file, io) }, options.json, io, judged));
  }
  for (const companion of context.companions) {
    const unused = describeUnused(companion, judged, kinds);
    if (unused !== undefined) io.say(`Note: ${clean(unused)}`);
  }
  return worst(codes);
}

async function readContext(options: Options<typeof optionKinds>, io: Io): Promise<Context> {
  // The present is taken once, so that kinds can tell it from another given time.
  const now = io.now();
  const givenTime = options.at === undefined ? undefined : options.at === 'now' ? now : parseRfc3339(options.at);
  const trust = options.trust === undefined ? {} : await readTrust(io.folder, options.trust, io.signal);
  const companions: Content[] = [];
  for (const name of options.with) companions.push(await readFile(name, io));
  return { trust, companions, now, signal: io.signal, ...(givenTime === undefined ? {} : { givenTime }) };
}

async function readFile(name: string, io: Io): Promise<Content> {
  return readContent(name, await readGivenFile(io.folder, name, maximumFileLength, io.signal));
}

/** @param judged where the kind is noted */
async function checkFile(
  file: string,
  context: Context,
  json: boolean,
  io: Io,
  judged: Set<string>,
): Promise<ExitCode> {
  let kindName = 'unknown';
  try {
    const { content, close } = await openContent(io.folder, file, kinds, io.signal);
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
    const fault = asAuditorError(error);
    if (json) io.line(errorLine(file, kindName, fault));
    else io.say(`${paintFor(io.colour)('Not judged', 'undetermined')}: ${clean(file)}\n  ${clean(fault.message)}\n`);
    return 2;
  }
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
