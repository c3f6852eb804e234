import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { JsonObject } from '../../core/bytes/json.ts';
import { createCertificates, generatePdfs, type ApiOptions } from './certifyApi.ts';
import { checkIssued } from './checkIssued.ts';
import type { BloxbergSettings } from './settings.ts';

export interface CertifyFilesOptions extends ApiOptions {
  readonly files: readonly string[];
  readonly account: string;
  readonly folder: string;
  readonly pdf: boolean;
  readonly now: () => number;
}

export interface CertifiedFile {
  readonly file: string;
  readonly digest: string;
  readonly certificate: string;
}

/**
 * Has files certified by their digests, computed here over their bytes, and writes `<file>.bloxberg.json` for each, and all PDFs as `bloxberg.zip`. Existing files stay:
 * a certificate is not to be lost under another. @throws AuditorError as `createCertificates`; what the file system throws
 */
export async function certifyFiles(
  settings: BloxbergSettings,
  options: CertifyFilesOptions,
): Promise<readonly CertifiedFile[]> {
  const { files, account, folder, pdf, now } = options;
  const digests: string[] = [];
  for (const file of files) digests.push(await digestOf(file));
  const certificates = await createCertificates(settings, { digests, account }, options);
  const written: CertifiedFile[] = [];
  for (const [index, file] of files.entries()) {
    // Kept before it is judged: it has been issued, whatever it is worth.
    const certificate = join(folder, `${basename(file)}.bloxberg.json`);
    await writeNew(certificate, `${JSON.stringify(certificates[index] as JsonObject, null, 2)}\n`);
    written.push({ file, digest: digests[index] as string, certificate });
  }
  await checkIssued(certificates, digests, now());
  if (pdf) await writeNew(join(folder, 'bloxberg.zip'), await generatePdfs(settings, certificates, options));
  return written;
}

function writeNew(path: string, content: string | Uint8Array): Promise<void> {
  return writeFile(path, content, { flag: 'wx' });
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Uint8Array);
  return hash.digest('hex');
}
