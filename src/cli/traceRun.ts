import { randomBytes } from 'node:crypto';
import { recordTrace } from '../audit/trace/recordTrace.ts';
import { decodeUtf8 } from '../core/bytes/bytes.ts';
import { fromHex, isHex, toHex } from '../core/bytes/hex.ts';
import type { Signer } from '../core/trace/anchor/signer.ts';
import { leafEncodings, noDomain, traceStructHash, type LeafEncoding } from '../core/trace/metadata.ts';
import { makePolicy, parsePolicy, policyKinds, type Policy, type PolicyKind } from '../core/trace/policy.ts';
import { makeInputs } from '../core/trace/run/inputs.ts';
import type { ProgramInputs } from '../core/trace/run/types.ts';
import { encodeTraceFile } from '../core/trace/traceFile.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import { resolve } from 'node:path';
import { folderSigner, openMachine } from '../services/tracer/openTracer.ts';
import { openPkcs11Signer } from '../services/tracer/pkcs11Signer.ts';
import { readArgs, wrongCall, type Options } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { readTrust } from './readTrust.ts';
import { openTraceLedger } from './traceLedger.ts';
import { naming } from './naming.ts';
import { traceUsage } from './traceUsage.ts';

const optionKinds = {
  program: 'value',
  out: 'value',
  policy: 'value',
  kinds: 'value',
  budget: 'value',
  arg: 'values',
  env: 'values',
  file: 'values',
  stdin: 'value',
  leaf: 'value',
  'events-per-leaf': 'value',
  'no-salt': 'flag',
  'salt-key': 'value',
  trust: 'value',
  state: 'value',
  pkcs11: 'value',
  key: 'value',
  token: 'value',
  curve: 'value',
  machine: 'value',
  account: 'value',
  anchor: 'flag',
} as const;
type Given = Options<typeof optionKinds>;

const maximumFile = 64 * 1024 * 1024;
/** Where nothing is said: calls and what the program asked of its host. */
const defaultKinds = 'call,host';
const defaultBudget = 10_000_000;
/** Function entries and rounds of loops: an endless loop ends here, in seconds. */
const defaultSteps = 10_000_000_000;

/** `trace run`: a program run traced; the whole trace in a file, signed and anchored where that is asked for. */
export async function traceRun(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, traceUsage);
  const { program, out, trust } = options;
  if (program === undefined || out === undefined || rest.length > 0) {
    throw wrongCall('A program, and a name for its trace (--out), are needed.', traceUsage);
  }
  if (trust === undefined && options.anchor) throw wrongCall('--anchor needs --trust.', traceUsage);
  const module = await readGivenFile(io.folder, program, maximumFile, io.signal);
  const policy = await readPolicy(options, io);
  const inputs = await readInputs(options, program, io);
  const ledger = trust === undefined ? undefined : await openLedger(options, trust, io);
  io.doing(`running ${program}`);
  const started = performance.now();
  const { file, result } = await naming(program, () =>
    recordTrace({
      module,
      policy,
      source: { inputs },
      leafEncoding: leafOf(options.leaf),
      eventsPerLeaf: countOf(options['events-per-leaf'], 'events-per-leaf', 65_536) ?? 1,
      ...saltOf(options),
      time: Math.max(ledger?.state.time ?? 0, Math.floor(io.now() / 1000)),
      ...(ledger
        ? { vm: ledger.machine.vm, previous: ledger.state.last, domain: ledger.domain, signer: ledger.machine.signer }
        : { domain: noDomain }),
      signal: io.signal,
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await writeResult(io.folder, out, encodeTraceFile(file));
  const id = `0x${toHex(traceStructHash(file.metadata))}`;
  const { metadata, signed } = file;
  const anchored = options.anchor && signed ? await ledger?.anchors.anchor(metadata, signed.signature) : undefined;
  if (!io.watched)
    io.line({ file: out, id, end: result.end, metadata, ...(anchored ? { block: anchored.block } : {}) });
  io.say(
    `${program} ${endWords(result.end)}: ${metadata.count} events in ${seconds.toFixed(2)} s, in ${out}${anchored ? `, anchored in block ${anchored.block}` : ''}.`,
  );
  return 0;
}

async function openLedger(options: Given, trustFile: string, io: Io) {
  const trust = await readTrust(io.folder, trustFile, io.signal);
  const anchors = openTraceLedger(trust, options.account);
  const { signer, close } = await openSigner(options, io);
  const machine = await openMachine(anchors, options.machine ?? 'tracer', signer);
  if (!trust.vms?.some(({ id }) => id === machine.vm)) {
    io.say(`The machine, for the trust file of whoever relies on it: ${JSON.stringify({ vms: [machine.pin] })}`);
  }
  io.signal.addEventListener('abort', close, { once: true });
  return { anchors, machine, state: await anchors.state(machine.vm), domain: anchors.domain };
}

async function openSigner(options: Given, io: Io): Promise<{ signer: Signer; close: () => void }> {
  const { state, pkcs11, key, token, curve = 'p256' } = options;
  if ((state === undefined) === (pkcs11 === undefined)) {
    throw wrongCall('Where is the machine’s key? Either --state or --pkcs11 is needed.', traceUsage);
  }
  if (state !== undefined) return { signer: await folderSigner(resolve(io.folder, state)), close: () => undefined };
  const pin = process.env['AFFIDAVIT_PKCS11_PIN'];
  if (key === undefined || pin === undefined || (curve !== 'p256' && curve !== 'secp256k1')) {
    throw wrongCall('A token needs --key, the PIN in AFFIDAVIT_PKCS11_PIN, and p256 or secp256k1.', traceUsage);
  }
  const module = process.env['AFFIDAVIT_PKCS11_MODULE'];
  const signer = await openPkcs11Signer({
    library: resolve(io.folder, pkcs11 as string),
    pin,
    label: key,
    algorithm: curve,
    make: true,
    ...(token === undefined ? {} : { token }),
    ...(module === undefined ? {} : { module }),
  });
  return { signer, close: () => signer.close() };
}

async function readPolicy({ policy, kinds, budget }: Given, io: Io): Promise<Policy> {
  if (policy === undefined) {
    const chosen = (kinds ?? defaultKinds).split(',').map((kind) => kind.trim());
    const other = chosen.find((kind) => !policyKinds.includes(kind as PolicyKind));
    if (other !== undefined)
      throw wrongCall(
        `There is no kind ${JSON.stringify(other)} of event. --kinds takes ${policyKinds.join(', ')}, with commas between them.`,
        traceUsage,
      );
    const most = countOf(budget, 'budget', Number.MAX_SAFE_INTEGER) ?? defaultBudget;
    return makePolicy({ kinds: chosen as PolicyKind[], budget: most, steps: defaultSteps });
  }
  if (kinds !== undefined || budget !== undefined)
    throw wrongCall('A policy says kinds and budget itself.', traceUsage);
  try {
    return parsePolicy(decodeUtf8(await readGivenFile(io.folder, policy, 1 << 20, io.signal)).trim());
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'TRACE_POLICY', `${policy}: ${cause.message}`, { cause });
  }
}

async function readInputs(options: Given, program: string, io: Io): Promise<ProgramInputs> {
  const read = (name: string) => readGivenFile(io.folder, name, maximumFile, io.signal);
  const files = await Promise.all(
    options.file.map(async (given) => {
      const at = given.indexOf('=');
      if (at < 1) throw wrongCall(`--file ${given}: PATH=FILE was expected.`, traceUsage);
      return { path: given.slice(0, at), bytes: await read(given.slice(at + 1)) };
    }),
  );
  const stdin = options.stdin === undefined ? new Uint8Array() : await read(options.stdin);
  const name = program.split(/[/\\]/).at(-1) ?? 'program';
  try {
    return makeInputs({ args: [name, ...options.arg], env: options.env, files, stdin });
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'TRACE_INPUTS', cause.message, { cause });
  }
}

function saltOf({ 'no-salt': none, 'salt-key': key }: Given): { readonly saltKey?: Uint8Array } {
  if (none && key !== undefined) throw wrongCall('Either --no-salt or --salt-key.', traceUsage);
  if (none) return {};
  if (key === undefined) return { saltKey: new Uint8Array(randomBytes(32)) };
  if (isHex(key, 32)) return { saltKey: fromHex(key) };
  throw wrongCall('--salt-key has 64 lower-case hex digits.', traceUsage);
}

function leafOf(leaf = 'rec16'): LeafEncoding {
  if (Object.hasOwn(leafEncodings, leaf)) return leaf as LeafEncoding;
  throw wrongCall(`--leaf: ${Object.keys(leafEncodings).join(', ')}, not ${leaf}.`, traceUsage);
}

function countOf(value: string | undefined, name: string, maximum: number): number | undefined {
  if (value === undefined) return undefined;
  const count = /^[1-9]\d{0,15}$/.test(value) ? Number(value) : NaN;
  if (Number.isSafeInteger(count) && count <= maximum) return count;
  throw wrongCall(`--${name} is a whole number from 1 to ${maximum}, not ${value.slice(0, 40)}.`, traceUsage);
}

function endWords(end: {
  readonly kind: string;
  readonly code?: number;
  readonly trap?: string;
  readonly spent?: string;
}) {
  if (end.kind === 'exit') return `ended with code ${end.code}`;
  if (end.kind === 'trap') return `stopped at a trap (${end.trap})`;
  return `was ended by its policy (${end.spent})`;
}
