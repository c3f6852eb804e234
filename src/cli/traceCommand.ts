import { wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { traceUsage } from './traceUsage.ts';

type Command = (args: readonly string[], io: Io) => Promise<ExitCode>;

/** Each loaded where it is called: running programs, ledgers and services are much to load for a question. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./traceRun.ts')).traceRun,
  anchor: async () => (await import('./traceAnchor.ts')).traceAnchor,
  prove: async () => (await import('./traceProve.ts')).traceProve,
  verify: async () => (await import('./traceVerify.ts')).traceVerify,
  certify: async () => (await import('./traceCertify.ts')).traceCertify,
  bisect: async () => (await import('./traceBisect.ts')).traceBisect,
  serve: async () => (await import('./traceServe.ts')).traceServe,
};

/** `trace`: runs programs traced, anchors and proves what they did, answers questions about it. */
export async function traceCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (name === '--help' || rest.includes('--help')) {
    io.say(traceUsage);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load)
    throw wrongCall(name === '' ? 'What is to be done?' : `There is no command ${JSON.stringify(name)}.`, traceUsage);
  return (await load())(rest, io);
}
