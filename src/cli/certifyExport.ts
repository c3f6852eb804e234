import { randomUUID } from 'node:crypto';
import { readGivenFile, writeResult } from './files.ts';
import { wrongCall } from './args.ts';
import { makeExportKey, readExportKey } from './certifyExportKey.ts';
import { clean } from './readable.ts';
import { maximumExported } from '../core/certificate/export/exportable.ts';
import { exportCredential } from '../core/certificate/export/exportCredential.ts';
import { exportEnvelope } from '../core/certificate/export/statement.ts';
import type { ExitCode, Io } from './io.ts';
import { naming } from './naming.ts';

export const exportUsage = `npm run -s certify -- --export vc|dsse (--key FILE | --new-key FILE) CERTIFICATE --out FILE`;

export interface ExportAsked {
  readonly form: string | undefined;
  /** Path of a key, and of one that is to be made. */
  readonly key: string | undefined;
  readonly newKey: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
  readonly rest: readonly string[];
}

/** `certify --export`: a certificate as a W3C credential or an in-toto statement. Whether the certificate holds is not asked; `check` says that of the export too. */
export async function certifyExport(
  { form, key, newKey, out, json, rest }: ExportAsked,
  usage: string,
  io: Io,
): Promise<ExitCode> {
  const [certificate, ...others] = rest;
  if (form !== 'vc' && form !== 'dsse') throw wrongCall('--export takes vc or dsse.', usage);
  if (certificate === undefined || others.length > 0) throw wrongCall('--export takes one certificate.', usage);
  if (out === undefined) throw wrongCall('--export goes with --out, the file to write.', usage);
  if ((key === undefined) === (newKey === undefined)) {
    throw wrongCall('--export goes with --key, or with --new-key, which makes one.', usage);
  }
  const file = await readGivenFile(io.folder, certificate, maximumExported, io.signal);
  const exporter = newKey === undefined ? await readExportKey(io, key as string) : await makeExportKey(io, newKey);
  const created = new Date(io.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const text = await naming(certificate, () =>
    form === 'vc'
      ? exportCredential(file, exporter, { created, id: `urn:uuid:${randomUUID()}` })
      : exportEnvelope(file, exporter),
  );
  await writeResult(io.folder, out, text);
  io.line({ result: 'export', form, file: out, exporter: exporter.did });
  if (!json) {
    io.say(
      `Written to ${clean(out)}, signed by ${exporter.did}.\n  The signature says that it went through your hands; what it proves stands in it. Check it with: npm run -s check -- --trust FILE ${clean(out)}\n`,
    );
  }
  return 0;
}
