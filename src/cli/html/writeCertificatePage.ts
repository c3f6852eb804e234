import { fillTemplate, maximumPagedCertificate, systemOf } from '../../core/certificate/html/page.ts';
import type { System } from '../../core/certificate/envelope.ts';
import { readGivenFile, writeResult } from '../files.ts';
import type { Io } from '../io.ts';
import { naming } from '../naming.ts';
import { clean } from '../readable.ts';
import { templateFor } from './templateFor.ts';

export interface PageToWrite {
  /** Path of a certificate. */
  readonly certificate: string;
  /** Where the page goes. */
  readonly html: string;
  /** Text of a trust file that is put in, to be offered as given by the sender. */
  readonly trust: string | undefined;
}

/**
 * Wraps a certificate into a page that checks itself.
 * @throws AuditorError `usage` where it is no certificate or cannot be read, or the page cannot be written
 */
export async function writeCertificatePage({ certificate, html, trust }: PageToWrite, io: Io): Promise<System> {
  const bytes = await readGivenFile(io.folder, certificate, maximumPagedCertificate, io.signal);
  const system = await naming(certificate, () => systemOf(bytes));
  io.doing(`making the page ${html}`);
  await writeResult(io.folder, html, fillTemplate(await templateFor(system), bytes, trust));
  io.say(
    `Written to ${clean(html)}: a page that checks itself, offline, in any browser. It proves nothing against its sender; whoever is in doubt gives it to: npm run -s check -- --trust FILE ${clean(html)}\n`,
  );
  return system;
}
