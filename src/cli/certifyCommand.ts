import { basename } from 'node:path';
import { fromHex, isHex } from '../core/bytes/hex.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { limits } from '../core/chain/limits.ts';
import { transactionHash } from '../core/chain/tree.ts';
import { certifyExport, exportUsage } from './certifyExport.ts';
import { certifyTaskCommand } from './certifyTaskCommand.ts';
import { readArgs, wrongCall, type Options } from './args.ts';
import { chooseChains } from './chooseChains.ts';
import { digestGivenFile, requirePlace, writeResult } from './files.ts';
import { openAudit, openPinnedBuckets } from './openAudit.ts';
import { writeCertificatePage } from './html/writeCertificatePage.ts';
import { clean, paintFor } from './readable.ts';
import { readTrust } from './readTrust.ts';
import type { Certified, ChainAuditor } from '../audit/chain/chainAuditor.ts';
import type { Stop } from '../core/chain/types.ts';
import type { Verdict } from '../core/verdict/status.ts';
import type { ExitCode, Io } from './io.ts';

const optionKinds = {
  json: 'flag',
  resume: 'flag',
  trust: 'value',
  chain: 'value',
  out: 'value',
  hash: 'value',
  task: 'value',
  network: 'value',
  with: 'values',
  html: 'value',
  wrap: 'value',
  'give-trust': 'flag',
  export: 'value',
  key: 'value',
  'new-key': 'value',
  help: 'flag',
} as const;

const usage = `Usage: npm run -s certify -- --trust FILE [--chain NAME] [--resume] [--out FILE] (--hash HEX | FILE)
       npm run -s certify -- --trust FILE --task CHAIN_ID/CONTRACT/ID --with ATTESTATION [--out FILE]
       npm run -s certify -- --trust FILE --network CHAIN_ID/CONTRACT/REQUEST[/MACHINE --with BATCH] [--out FILE]
       With --html PAGE.html each also writes the certificate as one page that checks itself; --give-trust puts the trust file in, to be offered as the sender's.
       npm run -s certify -- --wrap CERTIFICATE --html PAGE.html [--trust FILE --give-trust]
       ${exportUsage}`;

/** A record that is looked for: H(d) of each form that it may have been recorded in. */
interface Wanted {
  readonly hashes: readonly Uint8Array[];
  readonly words: string;
  /** Where the certificate goes unless `--out` says otherwise. */
  readonly out: string;
}

/** What is printed for each chain that was looked at (CHAIN.md 31). */
interface Line {
  readonly verdict: Verdict;
  readonly result: Certified['result'];
  readonly stop: Stop;
  readonly chain: string;
  /** The path of the certificate, as it was given or derived; null where none was written. */
  readonly file: string | null;
}

/**
 * `certify`: a certificate that a file or a hash was recorded (patent figure 7). Without `--chain` the pinned chains are tried in their order until
 * one gives a certificate. With `--task`, that a task of a contract was run; with `--network`, that an attestation network has attested a machine. With `--html` the certificate is
 * also written as a page that checks itself; `--wrap` makes one of a certificate that is there. Exits 0 only with a certificate; none is written otherwise.
 */
export async function certifyCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, usage);
  if (options.help) {
    io.say(usage);
    return 0;
  }
  const { html, wrap, trust, 'give-trust': giveTrust } = options;
  await requirePlace(io.folder, options.out);
  await requirePlace(io.folder, html, '--html');
  if (options.export !== undefined || options.key !== undefined || options['new-key'] !== undefined) {
    const { export: form, key, 'new-key': newKey, out, json, with: files, resume, ...others } = options;
    if (files.length > 0 || resume || Object.values(others).some((value) => value !== undefined && value !== false)) {
      throw wrongCall('--export stands alone: --key or --new-key, --out and --json go with it.', usage);
    }
    return certifyExport({ form, key, newKey, out, json, rest }, usage, io);
  }
  if (giveTrust && (trust === undefined || html === undefined)) {
    throw wrongCall('--give-trust puts the file of --trust into the page of --html.', usage);
  }
  if (html === undefined && wrap === undefined) return makeCertificate(options, rest, io);
  if (html === undefined) throw wrongCall('--wrap goes with --html, the page to write.', usage);
  const given =
    giveTrust && trust !== undefined ? serializeTrust(await readTrust(io.folder, trust, io.signal)) : undefined;
  if (wrap !== undefined) {
    const { json: _, help: _help, ...others } = options;
    const names = ['wrap', 'html', 'trust', 'give-trust'];
    const idle = Object.entries(others).some(
      ([name, value]) => !names.includes(name) && value !== undefined && value !== false && String(value) !== '',
    );
    if (rest.length > 0 || idle) throw wrongCall('--wrap stands alone with --html.', usage);
    const system = await writeCertificatePage({ certificate: wrap, html, trust: given }, io);
    io.line({ result: 'page', system, file: wrap, html });
    return 0;
  }
  let written: string | null = null;
  const line = (value: unknown): void => {
    const { file } = value as { readonly file?: string | null };
    written = file ?? null;
    io.line(written === null ? value : { ...(value as object), html });
  };
  const code = await makeCertificate(options, rest, { ...io, line });
  if (written !== null) await writeCertificatePage({ certificate: written, html, trust: given }, io);
  return code;
}

async function makeCertificate(
  options: Options<typeof optionKinds>,
  rest: readonly string[],
  io: Io,
): Promise<ExitCode> {
  if (options.trust === undefined) throw wrongCall('A trust file is needed: it names the chain and its keys.', usage);
  if (options.network !== undefined) return certifyNetworkHere(options, options.trust, options.network, rest, io);
  if (options.task !== undefined) return certifyTaskHere(options, options.trust, options.task, rest, io);
  if (options.with.length > 0) throw wrongCall('--with goes with --task and --network.', usage);
  const wanted = await readWanted(options, rest, io);
  const trust = await readTrust(io.folder, options.trust, io.signal);
  const chains = chooseChains(trust, options.chain);
  const buckets = openPinnedBuckets(chains, io.folder);
  const paint = paintFor(io.colour);
  for (const [index, pin] of chains.entries()) {
    const { run, auditor } = openAudit(pin, buckets[index] ?? [], io, options.resume);
    const { verdict, stop } = await run();
    io.doing(`making a certificate from ${pin.name}`);
    const certified = await certifyAny(auditor, wanted.hashes);
    const found = certified.result === 'certificate';
    const file = found ? (options.out ?? wanted.out) : null;
    if (found) await writeResult(io.folder, file as string, certified.text);
    io.line({ verdict, result: certified.result, stop, chain: pin.name, file } satisfies Line);
    if (!options.json) io.say(sayCertified(certified, pin.name, wanted.words, file, paint));
    if (found) return 0;
  }
  return 1;
}

async function certifyNetworkHere(
  { hash, chain, resume, task, out, json, with: files }: Options<typeof optionKinds>,
  trust: string,
  name: string,
  rest: readonly string[],
  io: Io,
): Promise<ExitCode> {
  if (rest.length > 0 || hash !== undefined || chain !== undefined || task !== undefined || resume) {
    throw wrongCall('--network stands alone: --with, --out and --json go with it.', usage);
  }
  const { certifyNetworkCommand } = await import('./certifyNetworkCommand.ts');
  return certifyNetworkCommand({ name, trust, out, files, json, usage }, io);
}

function certifyTaskHere(
  options: Options<typeof optionKinds>,
  trust: string,
  name: string,
  rest: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const { hash, chain, resume, out, json, with: files } = options;
  if (rest.length > 0 || hash !== undefined || chain !== undefined || resume) {
    throw wrongCall(
      '--task stands alone: files go with it by --with, and --hash, --chain, --resume are of chains.',
      usage,
    );
  }
  return certifyTaskCommand({ name, trust, out, files, json, usage }, io);
}

async function readWanted(options: Options<typeof optionKinds>, rest: readonly string[], io: Io): Promise<Wanted> {
  const { hash } = options;
  const [file] = rest;
  if ((hash === undefined) === (file === undefined) || rest.length > 1) {
    throw wrongCall(
      `Either --hash or one file was expected, found ${hash === undefined ? '' : '--hash and '}${rest.length} files.`,
      usage,
    );
  }
  if (file === undefined) {
    const digits = (hash as string).toLowerCase();
    if (!isHex(digits, 32))
      throw wrongCall(`--hash: 64 hex digits were expected, found ${JSON.stringify(hash)}.`, usage);
    return { hashes: [fromHex(digits)], words: `the record ${digits}`, out: `${digits}.affidavit.json` };
  }
  const { length, digest } = await digestGivenFile(io.folder, file, io.signal);
  // Either the bytes themselves were recorded, whose identity is their digest, or this digest in their place.
  const hashes = [...(length <= limits.transaction ? [digest] : []), transactionHash(digest)];
  return { hashes, words: `the file ${file}`, out: `${basename(file)}.affidavit.json` };
}

/** The first form of the record that gives a certificate; `absent` only where all forms are. */
async function certifyAny(auditor: ChainAuditor, hashes: readonly Uint8Array[]): Promise<Certified> {
  let open: Certified | undefined;
  let last: Certified | undefined;
  for (const hash of hashes) {
    last = await auditor.certify(hash);
    if (last.result === 'certificate') return last;
    if (last.result === 'unknown') open ??= last;
  }
  return open ?? (last as Certified);
}

function sayCertified(
  certified: Certified,
  chain: string,
  words: string,
  file: string | null,
  paint: ReturnType<typeof paintFor>,
): string {
  const subject = `${clean(words)} on ${clean(chain)}`;
  if (certified.result === 'certificate') {
    return `${paint('Certified', 'verified')}: ${subject}.\n  Written to ${clean(file ?? '')}. Check it with: npm run -s check -- --trust FILE ${clean(file ?? '')}\n`;
  }
  const verdict = certified.result === 'absent' ? paint('Absent', 'rejected') : paint('Cannot tell', 'undetermined');
  const todo =
    certified.result === 'absent'
      ? 'If it was recorded a moment ago, wait until its block is final and try again.'
      : 'Run the audit to see what is missing.';
  return `${verdict}: ${subject}.\n  ${clean(certified.reason)} ${todo}\n`;
}
