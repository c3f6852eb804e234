import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../core/bytes/json.ts';
import { hostDigest, readHostCredential } from '../../core/host/hostCredential.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** A file that a credential names by its digest. */
export interface EvidenceFile {
  readonly kind: string;
  readonly name: string;
  /** base64. */
  readonly bytes: string;
}

/** A credential with the files that it names. */
export interface IssuedCredential {
  /** From 1; place of the credential in its host's status list. */
  readonly number: number;
  readonly credential: JsonObject;
  readonly files: readonly EvidenceFile[];
}

/** What a host has issued, on disk before anybody gets it. */
export interface HostStore {
  /** The first and the latest ones, ascending. */
  all(): readonly IssuedCredential[];
  readonly last: IssuedCredential | undefined;
  readonly revoked: ReadonlySet<number>;
  add(issued: IssuedCredential): Promise<void>;
  revoke(number: number): Promise<void>;
}

/** Beside the first one. */
const kept = 200;

/** @throws AuditorError `source` HOST_STORE where a file is damaged, IO_… */
export async function openHostStore(folder: string): Promise<HostStore> {
  const path = await stateFolder(folder, 'credentials');
  const revokedFile = join(folder, 'revoked.json');
  const names = (await readdir(path)).filter((name) => /^\d{1,9}\.json$/.test(name));
  const entries = await Promise.all(names.map((name) => readIssued(join(path, name))));
  entries.sort((one, other) => one.number - other.number);
  const revoked = new Set(await readRevoked(revokedFile));
  return {
    all: () => entries,
    get last() {
      return entries.at(-1);
    },
    revoked,
    async add(issued) {
      await writeFileDurably(join(path, `${issued.number}.json`), `${JSON.stringify(issued)}\n`);
      entries.push(issued);
      while (entries.length > kept + 1) {
        const [old] = entries.splice(1, 1);
        if (old) await rm(join(path, `${old.number}.json`), { force: true });
      }
    },
    async revoke(number) {
      const now = [...revoked, number].toSorted((one, other) => one - other);
      await writeFileDurably(revokedFile, `${JSON.stringify(now)}\n`);
      revoked.add(number);
    },
  };
}

async function readIssued(path: string): Promise<IssuedCredential> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as IssuedCredential;
    hostDigest(readHostCredential(value.credential).json);
    if (!Number.isSafeInteger(value.number) || !Array.isArray(value.files)) throw new Error('a part is missing');
    return value;
  } catch (error) {
    throw damaged(path, error);
  }
}

async function readRevoked(path: string): Promise<readonly number[]> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as unknown;
    if (Array.isArray(value) && value.every(Number.isSafeInteger)) return value as number[];
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return [];
    if (!(error instanceof SyntaxError)) throw ioFault(`The file ${path} cannot be read`, error);
  }
  throw damaged(path, undefined);
}

function damaged(path: string, cause: unknown): AuditorError {
  const words = `The file ${path} is damaged. Restore it: what a host has issued or revoked must not be forgotten.`;
  return new AuditorError('source', 'HOST_STORE', words, { cause });
}
