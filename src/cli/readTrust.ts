import { maximumTrustLength, parseTrust } from '../core/trust/parseTrust.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { readGivenFile } from './files.ts';
import type { Trust } from '../core/trust/trust.ts';

/** @throws AuditorError `usage` as the file or its content is at fault, naming the file */
export async function readTrust(folder: string, name: string, signal?: AbortSignal): Promise<Trust> {
  const bytes = await readGivenFile(folder, name, maximumTrustLength, signal);
  try {
    return parseTrust(bytes);
  } catch (cause) {
    if (!(cause instanceof AuditorError)) throw cause;
    throw new AuditorError(cause.kind, cause.code, `${name}: ${cause.message}`, { cause });
  }
}
