import { wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { networkUsage } from './networkUsage.ts';

type Command = (args: readonly string[], io: Io) => Promise<ExitCode>;

/** Each loaded where it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  request: async () => (await import('./networkRequest.ts')).networkRequest,
  check: async () => (await import('./networkCheck.ts')).networkCheck,
  status: async () => (await import('./networkStatus.ts')).networkStatus,
};

/** `network`: asks the attestation network, validates what it said, looks at its nodes. */
export async function networkCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (name === '--help' || rest.includes('--help')) {
    io.say(networkUsage);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load)
    throw wrongCall(name === '' ? 'What is to be done?' : `There is no command ${JSON.stringify(name)}.`, networkUsage);
  return (await load())(rest, io);
}
