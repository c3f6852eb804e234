import { parseArgs, type ParseArgsConfig } from 'node:util';

type Parsed<Options extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ readonly options: Options; readonly allowPositionals: true }>
>;

/**
 * What a tool was called with. `--help` says how to call it and ends the process with 0; what it does not know is named and ends it with 2, before
 * anything is done.
 * @param names how many words beside the options it takes at most
 */
export function toolArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
  names = 0,
): Parsed<Options> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.error(usage);
    process.exit(0);
  }
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true });
    const more = parsed.positionals[names];
    if (more === undefined) return parsed as Parsed<Options>;
    console.error(`${JSON.stringify(more)} is one word too many.\n${usage}`);
  } catch (error) {
    const { message } = error as Error;
    const unknown = /^Unknown option '(-[^' ]*)'/.exec(message)?.[1];
    console.error(`${unknown === undefined ? message : `There is no option ${unknown}.`}\n${usage}`);
  }
  process.exit(2);
}
