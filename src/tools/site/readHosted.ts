import { digestOver, hashFile, recordName } from './buildRecord.ts';

/** What a host serves, as it was fetched and hashed; never as its `build.json` says. */
export interface Hosted {
  /** What `build.json` there says of itself. */
  readonly claimed: string;
  /** The digest over what it serves. */
  readonly digest: string;
  readonly files: Readonly<Record<string, string>>;
  /** Files that it lists and does not give, with why. */
  readonly missing: Readonly<Record<string, string>>;
}

const longestFile = 64 * 1024 * 1024;
const mostFiles = 10_000;
const patience = 60_000;
const atOnce = 8;

/** Read by the host itself, and not handed out by hosts that do. */
export function isForHost(name: string): boolean {
  return name.startsWith('_');
}

/**
 * Fetches every file that a host's `build.json` and `expected` name, and hashes it. Nothing of the answer is believed, and all of it is bounded.
 * @param address the folder of the site
 * @throws Error where there is no `build.json` that can be read
 */
export async function readHosted(address: string, expected: readonly string[]): Promise<Hosted> {
  const base = new URL(
    address.endsWith('/') ? address : address.replace(/[^/]*\.html?$/, '').replace(/([^/])$/, '$1/'),
  );
  const record = JSON.parse((await get(new URL(recordName, base))).toString('utf8')) as {
    readonly digest?: unknown;
    readonly files?: unknown;
  };
  const { digest: claimed, files: listed } = record;
  if (typeof claimed !== 'string' || !/^[0-9a-f]{64}$/.test(claimed) || typeof listed !== 'object' || !listed) {
    throw new Error(`${new URL(recordName, base)} is no record of a build.`);
  }
  const names = [...new Set([...Object.keys(listed), ...expected])].filter((name) => isPlain(name));
  if (names.length > mostFiles) throw new Error(`It lists more than ${mostFiles} files.`);
  const files: Record<string, string> = {};
  const missing: Record<string, string> = {};
  const waiting = names.sort();
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      try {
        files[name] = hashFile(
          name,
          await get(new URL(name.split('/').map(encodeURIComponent).join('/'), base)),
          claimed,
        );
      } catch (error) {
        missing[name] = error instanceof Error ? error.message : String(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { claimed, digest: digestOver(files), files, missing };
}

/** A name within the site: a host must not send the reader elsewhere. */
function isPlain(name: string): boolean {
  return name.length <= 300 && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

async function get(address: URL): Promise<Buffer> {
  const answer = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(patience) });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new Error(`${address} answered with ${answer.status}`);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.length;
    if (length > longestFile) throw new Error(`${address} is longer than ${longestFile} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
