import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What stands in the page until its digest is known, and counts for it in that digest. */
export const digestMark = 'AFFIDAVIT_BUILD_DIGEST';

/** The file that says what was built; the only one that is not counted. */
export const recordName = 'build.json';

/** Files that say the digest of the build themselves: hashed as they were before it stood in them. */
const stamped: readonly string[] = ['check.html', 'index.html', 'offline.js'];

/** Content of `build.json`. */
export interface BuildRecord {
  readonly version: string;
  /** SHA3-256 over the lines `<hash>  <name>\n` of `files`, sorted by name. */
  readonly digest: string;
  /** Digests that the pages which check themselves show of their programs, by system. */
  readonly programs: Readonly<Record<string, string>>;
  /** What other people's pages name in `integrity`, so that a browser runs no other program under that name. */
  readonly integrity: Readonly<Record<string, string>>;
  /** SHA3-256 of every other file; those that carry the digest itself with {@link digestMark} in its place. */
  readonly files: Readonly<Record<string, string>>;
}

/** SHA3-256 of one file of a build, as lower-case hex. `digest` is that of the build it is taken from: in the files that say it, it counts as its mark. */
export function hashFile(name: string, bytes: Uint8Array, digest: string): string {
  const isStamped = stamped.includes(name);
  return sha3(isStamped ? Buffer.from(bytes).toString('utf8').replaceAll(digest, digestMark) : bytes);
}

/** The one digest over all files. */
export function digestOver(files: Readonly<Record<string, string>>): string {
  const names = Object.keys(files).sort();
  return sha3(names.map((name) => `${files[name]}  ${name}\n`).join(''));
}

/** Hashes of all files of a folder that was built, without `build.json`. `digest` as in {@link hashFile}. */
export function hashFolder(folder: string, digest: string): Record<string, string> {
  const names = listFiles(folder).map((path) => relative(folder, path).replaceAll('\\', '/'));
  return Object.fromEntries(
    names
      .filter((name) => name !== recordName)
      .sort()
      .map((name) => [name, hashFile(name, readFileSync(join(folder, name)), digest)]),
  );
}

/** Writes `build.json` into a folder that was just built, and the digest into the files that say it. */
export function recordBuild(folder: string, version: string, programs: Readonly<Record<string, string>>): BuildRecord {
  rmSync(join(folder, recordName), { force: true });
  const files = hashFolder(folder, digestMark);
  const integrity = { 'embed.js': integrityOf(readFileSync(join(folder, 'embed.js'))) };
  const record = { version, digest: digestOver(files), programs, integrity, files };
  for (const name of stamped) {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(digestMark)) throw new Error(`${name} has no place for the digest of the build.`);
    writeFileSync(path, text.replaceAll(digestMark, record.digest));
  }
  writeFileSync(join(folder, recordName), `${JSON.stringify(record, null, 1)}\n`);
  return record;
}

/** As browsers want it in the attribute `integrity`. */
function integrityOf(bytes: Uint8Array): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

function sha3(bytes: string | Uint8Array): string {
  return createHash('sha3-256').update(bytes).digest('hex');
}

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? listFiles(path) : [path];
  });
}
