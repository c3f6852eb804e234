import { readContent } from '../core/kinds/content.ts';
import { parseCertificate } from '../core/certificate/envelope.ts';
import { certifyTrace } from '../audit/trace/certifyTrace.ts';
import { readArgs, wrongCall } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { readTrust } from './readTrust.ts';
import { proofTextOf } from './proofTextOf.ts';
import { traceUsage } from './traceUsage.ts';

/** `trace certify`: a certificate of what a proof shows, with everything that shows its anchor, so that `check` judges it offline. */
export async function traceCertify(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, { trust: 'value', out: 'value', with: 'values' }, traceUsage);
  const [name] = rest;
  if (options.trust === undefined || name === undefined || rest.length > 1) {
    throw wrongCall('A trust file and one proof are needed.', traceUsage);
  }
  const trust = await readTrust(io.folder, options.trust, io.signal);
  const proof = proofTextOf(name, await readGivenFile(io.folder, name, 32 * 1024 * 1024, io.signal));
  const companions = await Promise.all(
    options.with.map(async (file) => readContent(file, await readGivenFile(io.folder, file, 1 << 20, io.signal))),
  );
  io.doing(`gathering what shows the anchor of ${name}`);
  const text = await certifyTrace({ proof, trust, companions, now: io.now(), signal: io.signal });
  const out = options.out ?? `${name.replace(/^.*\//, '').replace(/\.json$/, '')}.affidavit.json`;
  await writeResult(io.folder, out, text);
  const { claim, labels, proof: shown } = parseCertificate(text);
  const ledger = shown['ledger'] as { readonly headers?: readonly string[] } | undefined;
  io.line({
    file: out,
    bytes: text.length,
    headers: ledger?.headers?.length ?? 0,
    anchored: claim['anchored'] ?? null,
    labels,
  });
  io.say(`Written to ${out}. Check it with: npm run -s check -- --trust FILE ${out}`);
  return 0;
}
