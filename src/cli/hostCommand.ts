import { wrongCall } from './args.ts';
import { hostUsage } from './hostUsage.ts';
import type { ExitCode, Io } from './io.ts';

type Command = (args: readonly string[], io: Io) => Promise<ExitCode>;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./hostRun.ts')).hostRun,
  deal: async () => (await import('./hostDeal.ts')).hostDeal,
  revoke: async () => (await import('./hostRevoke.ts')).hostRevoke,
  example: async () => (await import('./hostExample.ts')).hostExample,
};

/** `launch`: judges a host, opens an image for it and runs what is inside; what owners of images and operators of hosts need for that. */
export async function hostCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (name === '--help' || rest.includes('--help')) {
    io.say(hostUsage);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load)
    throw wrongCall(name === '' ? 'What is to be done?' : `There is no command ${JSON.stringify(name)}.`, hostUsage);
  return (await load())(rest, io);
}
