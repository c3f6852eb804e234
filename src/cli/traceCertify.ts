import { maximumFileLength, readContent } from '../core/kinds/content.ts';
import { parseCertificate } from '../core/certificate/envelope.ts';
import { zeroDigest } from '../core/trace/metadata.ts';
import { looksLikeTrace } from '../core/trace/traceFile.ts';
import { encodeTraceProof } from '../core/trace/traceProof.ts';
import { wholeTraceProof } from '../core/trace/wholeTrace.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { certifyTrace } from '../audit/trace/certifyTrace.ts';
import { readArgs, wrongCall } from './args.ts';
import { demandUnaltered } from './demandUnaltered.ts';
import { readGivenFile, writeResult } from './files.ts';
import { writeCertificatePage } from './html/writeCertificatePage.ts';
import type { ExitCode, Io } from './io.ts';
import { openTraceBytes } from './openTrace.ts';
import { readTrust } from './readTrust.ts';
import { proofTextOf } from './proofTextOf.ts';
import { traceUsage } from './traceUsage.ts';

const optionKinds = { trust: 'value', out: 'value', with: 'values', html: 'value', 'give-trust': 'flag' } as const;

/**
 * `trace certify`: a certificate of what a proof shows, or of a trace as a whole, with everything that shows its anchor, so that `check` judges it offline; with `--html` also as a page that
 * checks itself.
 */
export async function traceCertify(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, traceUsage);
  const [name] = rest;
  const { html, 'give-trust': giveTrust } = options;
  if (options.trust === undefined || name === undefined || rest.length > 1) {
    throw wrongCall('A trust file, and one proof or one trace, are needed.', traceUsage);
  }
  if (giveTrust && html === undefined) throw wrongCall('--give-trust goes with --html.', traceUsage);
  const trust = await readTrust(io.folder, options.trust, io.signal);
  const given = await readGivenFile(io.folder, name, maximumFileLength, io.signal);
  const isTrace = looksLikeTrace(given);
  const proof = isTrace ? await wholeProof(name, given, io) : proofTextOf(name, given);
  const companions = await Promise.all(
    options.with.map(async (file) => readContent(file, await readGivenFile(io.folder, file, 1 << 20, io.signal))),
  );
  io.doing(`gathering what shows the anchor of ${name}`);
  const text = await certifyTrace({ proof, trust, companions, now: io.now(), signal: io.signal });
  const stem = name.replace(/^.*\//, '').replace(isTrace ? /\.trace$/ : /\.json$/, '');
  const out = options.out ?? `${stem}.affidavit.json`;
  await writeResult(io.folder, out, text);
  const { claim, labels, proof: shown } = parseCertificate(text);
  const ledger = shown['ledger'] as { readonly headers?: readonly string[] } | undefined;
  io.line({
    file: out,
    bytes: text.length,
    headers: ledger?.headers?.length ?? 0,
    anchored: claim['anchored'] ?? null,
    labels,
    ...(html === undefined ? {} : { html }),
  });
  io.say(`Written to ${out}. Check it with: npm run -s check -- --trust FILE ${out}`);
  if (html !== undefined) {
    await writeCertificatePage({ certificate: out, html, trust: giveTrust ? serializeTrust(trust) : undefined }, io);
  }
  return 0;
}

/** A certificate of a file that was altered would be true of what was signed, and mislead about the file; whether it was, is only seen with its salt key. */
async function wholeProof(name: string, bytes: Uint8Array, io: Io): Promise<string> {
  const reader = await openTraceBytes(name, bytes);
  const { metadata, saltKey } = reader.file;
  if (saltKey || metadata.saltCommitment === zeroDigest) await demandUnaltered(name, reader, io);
  else io.say(`Note: ${name} has no salt key, so whether its events are those that were signed is not known here.`);
  return encodeTraceProof(wholeTraceProof(reader.file));
}
