import { parseArgs } from 'node:util';
import { AuditorError } from '../core/verdict/auditorError.ts';

/** Options of a command: `flag` stands alone, `value` takes one value, `values` may be given again and again. */
export type OptionKinds = Readonly<Record<string, 'flag' | 'value' | 'values'>>;

export type Options<Kinds extends OptionKinds> = {
  readonly [Name in keyof Kinds]: Kinds[Name] extends 'flag'
    ? boolean
    : Kinds[Name] extends 'value'
      ? string | undefined
      : readonly string[];
};

/**
 * The arguments of a command, strictly: an unknown option, a missing value, an option given twice where one is meant are wrong calls.
 * @throws AuditorError `usage` CALL, with the usage line
 */
export function readArgs<const Kinds extends OptionKinds>(
  args: readonly string[],
  kinds: Kinds,
  usage: string,
): { readonly options: Options<Kinds>; readonly rest: readonly string[] } {
  const config = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: config,
      allowPositionals: true,
      strict: true,
    });
    const options = Object.entries(kinds).map(([name, kind]) => {
      const given = (values[name] ?? []) as readonly (string | boolean)[];
      if (kind === 'values') return [name, given];
      if (kind === 'flag') return [name, given.length > 0];
      if (given.length > 1)
        throw new TypeError(`Option '--${name}' was given ${given.length} times, once was expected.`);
      if (given[0] === '') throw new TypeError(`Option '--${name}' has an empty value.`);
      return [name, given[0]];
    });
    return { options: Object.fromEntries(options) as Options<Kinds>, rest: positionals };
  } catch (cause) {
    throw wrongCall(problemOf(cause), usage, cause);
  }
}

/** In our words where Node's say more than whoever called wants to know. */
function problemOf(cause: unknown): string {
  const { code, message = String(cause) } = cause as { readonly code?: string; readonly message?: string };
  const option = /'(-[^' =]*)/.exec(message)?.[1];
  if (option !== undefined && code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option}.`;
  if (option !== undefined && /argument (missing|is ambiguous)/.test(message))
    return `A value is missing after ${option}.`;
  return message.replace(/\n[\s\S]*$/, '');
}

/** A call that cannot be carried out, with how to call. */
export function wrongCall(problem: string, usage: string, cause?: unknown): AuditorError {
  return new AuditorError('usage', 'CALL', `${problem}\n${usage}`, { cause });
}
