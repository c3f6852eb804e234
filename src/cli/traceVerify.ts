import { sha3Hex } from '../core/bytes/hash.ts';
import { readContent } from '../core/kinds/content.ts';
import { traceMessages } from '../core/trace/messages.en.ts';
import { evmContractMessages } from '../core/evm/contractMessages.en.ts';
import { verdictWords } from '../core/verdict/words.en.ts';
import { verifyEvent, type EventData } from '../audit/trace/verifyEvent.ts';
import { readArgs, wrongCall } from './args.ts';
import { readGivenFile } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { clean, paintFor, readableChecks, readableLabels, summary } from './readable.ts';
import { proofTextOf } from './proofTextOf.ts';
import { readAsked } from './readAsked.ts';
import { readTrust } from './readTrust.ts';
import { traceUsage } from './traceUsage.ts';

const optionKinds = {
  trust: 'value',
  code: 'value',
  program: 'value',
  find: 'values',
  never: 'value',
  with: 'values',
  json: 'flag',
} as const;

/** `trace verify`: whether a program did something, from a proof and the ledger that its trace is anchored on. */
export async function traceVerify(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, traceUsage);
  const [name] = rest;
  const { trust: trustFile, find, never, json } = options;
  if (trustFile === undefined || name === undefined || rest.length > 1) {
    throw wrongCall('A trust file and one proof are needed.', traceUsage);
  }
  if ((options.code === undefined) === (options.program === undefined)) {
    throw wrongCall('Of which program? Either --code or --program is needed.', traceUsage);
  }
  if (find.length > 0 === (never !== undefined)) throw wrongCall('What is asked: --find or --never?', traceUsage);
  const trust = await readTrust(io.folder, trustFile, io.signal);
  const proof = proofTextOf(name, await readGivenFile(io.folder, name, 32 * 1024 * 1024, io.signal));
  const code =
    options.code ?? sha3Hex(await readGivenFile(io.folder, options.program as string, 64 * 1024 * 1024, io.signal));
  const companions = await Promise.all(
    options.with.map(async (file) => readContent(file, await readGivenFile(io.folder, file, 1 << 20, io.signal))),
  );
  io.doing(`reading the ledger of ${name}`);
  const found = await verifyEvent(code, proof, dataOf(find, never), {
    trust,
    presentTime: io.now(),
    companions,
    signal: io.signal,
  });
  const { verdict, checks, labels, details } = found;
  io.line({ file: name, verdict, labels, anchor: details?.id ?? null, events: details?.events ?? [], checks });
  if (!json) {
    const paint = paintFor(io.colour);
    const lines = [
      `${paint(verdictWords[verdict], verdict)}: ${clean(name)}`,
      `  ${summary(verdict, checks)}`,
      ...readableLabels(labels, paint),
      '',
      ...readableChecks(checks, { ...evmContractMessages, ...traceMessages }, paint),
    ];
    io.say(`${lines.join('\n')}\n`);
  }
  return verdict === 'verified' ? 0 : 1;
}

function dataOf(find: readonly string[], never: string | undefined): EventData {
  if (never === undefined) {
    const asked = find.map((given) => readAsked(given));
    return asked.length === 1 && asked[0] ? asked[0] : asked;
  }
  if (/^(0|[1-9]\d{0,7})$/.test(never)) return { never: Number(never) };
  throw wrongCall(`--never is the index of a function, not ${never.slice(0, 40)}.`, traceUsage);
}
