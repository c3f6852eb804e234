import { basename } from 'node:path';
import { fromHex, isHex } from '../core/bytes/hex.ts';
import { zeroDigest } from '../core/trace/metadata.ts';
import { proveSymbols } from '../core/trace/symbols.ts';
import { TraceReader } from '../core/trace/traceReader.ts';
import { encodeTraceProof } from '../core/trace/traceProof.ts';
import { judgeZk } from '../core/trace/zk/judgeZk.ts';
import { selectionOfTrace } from '../core/trace/zk/selectionOfTrace.ts';
import type { ZkStatement } from '../core/trace/zk/statement.ts';
import { zkPartToJson } from '../core/trace/zk/zkPart.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import { endSnarkjs } from '../services/prover/loadSnarkjs.ts';
import { proveEvent } from '../services/prover/proveEvent.ts';
import { readArgs, wrongCall, type Options } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { proveMembershipCommand } from './proveMembershipCommand.ts';

const optionKinds = {
  function: 'value',
  argument: 'value',
  result: 'value',
  called: 'flag',
  from: 'value',
  to: 'value',
  unsigned: 'flag',
  nonce: 'value',
  out: 'value',
  help: 'flag',
} as const;

const usage = `Usage: npm run -s prove -- TRACE --function NAME|INDEX --nonce HEX
         (--argument N | --result N) --from LO --to HI [--unsigned]  |  --called
       [--out FILE]
  proves that a selected call of the function had an argument or a result (counted from 0) from LO to HI, both included,
  or that there was one; and shows nothing else. The nonce, 32 bytes, comes from whoever asked for the proof.
       npm run -s prove -- membership --help
  about a request of the attestation network: that its hidden measurement is an approved one.`;

/** No longer trace is read. */
const maximumTrace = 96 * 1024 * 1024;

/** `prove`: a zero-knowledge proof about a trace, as a `trace-proof` file. Exits 0 with a proof; none is written otherwise. */
export async function proveCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  if (args[0] === 'membership') return proveMembershipCommand(args.slice(1), io);
  const { options, rest } = readArgs(joinNegative(args), optionKinds, usage);
  if (options.help) {
    io.say(usage);
    return 0;
  }
  const [name] = rest;
  if (name === undefined || rest.length > 1) throw wrongCall(`One trace was expected, found ${rest.length}.`, usage);
  if (options.nonce === undefined || !isHex(options.nonce, 32)) {
    throw wrongCall('--nonce: 64 lower-case hex digits were expected.', usage);
  }
  const reader = await open(await readGivenFile(io.folder, name, maximumTrace, io.signal), name);
  const { metadata, domain, signed, saltKey } = reader.file;
  const statement = statementOf(options, reader);
  if (metadata.selection === zeroDigest) {
    throw new AuditorError(
      'usage',
      'PROVE_SELECTION',
      'This trace was signed without a selection: its policy chose no calls to prove things of.',
    );
  }
  if (metadata.saltCommitment !== zeroDigest && !saltKey) {
    throw new AuditorError(
      'usage',
      'TRACE_SALT_KEY',
      'Proofs about a salted trace are made with its salt key, which this file does not have.',
    );
  }
  io.doing('looking for what is to be proved');
  const selection = await selectionOfTrace(reader);
  if (!selection) throw new AuditorError('usage', 'PROVE_SELECTION', 'The policy of this trace selects no calls.');
  io.doing('making the proof');
  const nonce = fromHex(options.nonce);
  let zk;
  try {
    zk = zkPartToJson(await proveEvent({ metadata, selection, statement, nonce }));
  } finally {
    await endSnarkjs();
  }
  // What is handed out is checked as whoever gets it will.
  const { checks, labels } = judgeZk(zk, metadata, { nonce, statement });
  if (checks.some(({ status }) => status === 'fail')) throw new Error('The proof that was made does not hold.');
  const text = encodeTraceProof({
    metadata,
    domain,
    signed,
    leaves: [],
    nodes: [],
    symbols: proveSymbols(reader.symbols, [statement.function]),
    functions: [],
    zk,
  });
  const out = options.out ?? `${basename(name)}.proof.json`;
  await writeResult(io.folder, out, text);
  io.line({ file: out, statement: zk['statement'], labels });
  io.say(`Wrote ${out}.${labels.map((label) => ` Note: ${label}.`).join('')}`);
  return 0;
}

/** `--from -10` as `--from=-10`: a number below zero is no option. */
function joinNegative(args: readonly string[]): string[] {
  return args.reduce<string[]>((joined, arg) => {
    const last = joined.at(-1);
    if (/^-\d+$/.test(arg) && (last === '--from' || last === '--to')) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
    return joined;
  }, []);
}

async function open(bytes: Uint8Array, name: string): Promise<TraceReader> {
  try {
    return await TraceReader.open(bytes);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'TRACE_FORM', `${name} is no trace: ${cause.message}`, { cause });
  }
}

function statementOf(options: Options<typeof optionKinds>, { symbols }: TraceReader): ZkStatement {
  const { argument, result, called, from, to, unsigned } = options;
  const symbol = functionOf(options.function, symbols.functions);
  const { index } = symbol;
  if ([argument, result, called ? '' : undefined].filter((value) => value !== undefined).length !== 1) {
    throw wrongCall('One of --argument, --result and --called was expected.', usage);
  }
  if (called) {
    if (from !== undefined || to !== undefined || unsigned) throw wrongCall('--called has no range.', usage);
    return { function: index, part: 'call', position: 0, type: 'none', signed: false, lo: 0n, hi: 0n };
  }
  const part = argument === undefined ? 'result' : 'argument';
  const position = Number(number(argument ?? result, `--${part}`));
  const type = (part === 'argument' ? symbol.parameters : symbol.results)[position];
  if (type !== 'i32' && type !== 'i64') {
    const found = type === undefined ? 'it has none of that number' : `it is of type ${type}`;
    throw wrongCall(`--${part} ${position} of ${symbol.name}: an i32 or i64 was expected, but ${found}.`, usage);
  }
  const [lo, hi] = [number(from, '--from'), number(to, '--to')];
  return { function: index, part, position, type, signed: !unsigned, lo, hi };
}

function functionOf<F extends { readonly index: number; readonly name: string; readonly exports: readonly string[] }>(
  given: string | undefined,
  functions: readonly F[],
): F {
  if (given === undefined) throw wrongCall('--function is needed.', usage);
  const byIndex = /^\d{1,8}$/.test(given) ? functions[Number(given)] : undefined;
  const named = functions.filter(({ name, exports }) => name === given || exports.includes(given));
  const found = byIndex ?? named[0];
  if (!found) throw wrongCall(`--function: the program has no function ${JSON.stringify(given)}.`, usage);
  if (!byIndex && named.length > 1) {
    throw wrongCall(`--function: ${named.length} functions are called ${JSON.stringify(given)}: give an index.`, usage);
  }
  return found;
}

function number(given: string | undefined, option: string): bigint {
  if (given === undefined || !/^-?\d{1,20}$/.test(given))
    throw wrongCall(`${option}: a whole number was expected.`, usage);
  return BigInt(given);
}
