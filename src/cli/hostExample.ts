import { helloProgram } from '../services/validator/helloProgram.ts';
import { readArgs, wrongCall } from './args.ts';
import { writeResult } from './files.ts';
import { hostUsage } from './hostUsage.ts';
import type { ExitCode, Io } from './io.ts';

/** `launch example`: a program to deal, where none is at hand. */
export async function hostExample(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, { out: 'value' }, hostUsage);
  const [text = 'Hello from an image that nobody can open alone.', ...more] = rest;
  if (options.out === undefined || more.length > 0 || text.length > 10_000) {
    throw wrongCall('One text and --out are expected.', hostUsage);
  }
  await writeResult(io.folder, options.out, helloProgram(`${text}\n`));
  io.line({ program: options.out });
  return 0;
}
