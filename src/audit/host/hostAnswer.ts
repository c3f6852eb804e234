import { fromBase64, toBase64 } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { readHostCredential, type HostCredential, type HostSubject } from '../../core/host/hostCredential.ts';
import { readContent, type Content } from '../../core/kinds/content.ts';
import { isObject, text } from '../../core/vc/credential.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { askService } from './askService.ts';

/** A file beside a credential, as services exchange it. */
export interface HostFile {
  readonly name: string;
  /** base64. */
  readonly bytes: string;
}

/** What a host answers: its credential, and the files that it names. */
export interface HostAnswer {
  readonly credential: HostCredential;
  readonly files: readonly HostFile[];
}

const maximumFiles = 16;

/**
 * Demands a credential that answers a nonce, and fetches the status list that it names. A list that cannot be had is left out: then its status is not known.
 * @throws AuditorError `source` HOST_SERVICE | REFUSED; FormatError for what is no credential of a host
 */
export async function demandCredential(
  url: string,
  nonce: string,
  image: HostSubject['image'] | undefined,
  signal?: AbortSignal,
): Promise<HostAnswer> {
  const answer = await askService(`${url}/attest`, { nonce, ...(image && { image }) }, signal);
  const { credential, files } = readHostAnswer(answer);
  const list = await statusListOf(credential.json, signal);
  return { credential, files: [...files, ...(list ? [list] : [])] };
}

/** @throws FormatError */
export function readHostAnswer({ credential, files }: JsonObject): HostAnswer {
  if (!Array.isArray(files) || files.length > maximumFiles)
    throw new FormatError('Answer: expected a list of files.', 0);
  return {
    credential: readHostCredential(credential ?? null),
    files: files.map((file) => {
      const [name, bytes] = isObject(file) ? [text(file, 'name'), text(file, 'bytes')] : [];
      if (name === undefined || bytes === undefined)
        throw new FormatError('Answer: expected files with their bytes.', 0);
      return { name: name.slice(0, 200), bytes };
    }),
  };
}

/** @throws FormatError for what is no base64 */
export function contentsOf(files: readonly HostFile[]): readonly Content[] {
  return files.map(({ name, bytes }) => readContent(name, fromBase64(bytes)));
}

/** The status list that a credential names, as it is now; undefined where it cannot be had. */
export async function statusListOf(credential: JsonObject, signal?: AbortSignal): Promise<HostFile | undefined> {
  const address = statusAddress(credential);
  return address === undefined ? undefined : listAt(address, signal);
}

function statusAddress({ credentialStatus }: JsonObject): string | undefined {
  const [entry] = Array.isArray(credentialStatus) ? credentialStatus : [credentialStatus];
  return isObject(entry) ? text(entry, 'statusListCredential') : undefined;
}

async function listAt(address: string, signal?: AbortSignal): Promise<HostFile | undefined> {
  if (!/^https?:\/\//.test(address)) return undefined;
  try {
    const list = await askService(address, undefined, signal);
    return { name: 'status-list.json', bytes: toBase64(utf8(JSON.stringify(list))) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof FormatError || (error as { code?: string }).code !== undefined) return undefined;
    throw error;
  }
}
