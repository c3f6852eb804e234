import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolArguments } from '../house/toolArguments.ts';
import { buildIn } from './buildIn.ts';
import { compareBuilds, type Difference } from './compareBuilds.ts';
import { copyProject } from './copyProject.ts';
import { isForHost, readHosted } from './readHosted.ts';
import type { BuildRecord } from './buildRecord.ts';

/**
 * `npm run reproduce`: builds twice, in folders of other names, at other times, and compares. `-- --against URL` builds once and compares with what a host serves.
 * Exit: 0 the same, 1 not the same, 2 it could not be told.
 */
const project = fileURLToPath(new URL('../../..', import.meta.url));
const day = 86_400_000;
const usage = `Usage: npm run -s reproduce [-- --against URL] [--keep]
  builds the page twice, in other folders and at other times, and compares: some minutes
  --against URL  builds it once and compares it with every file that a host serves
  --keep         leaves the folders there`;

async function main(): Promise<number> {
  const { values } = toolArguments(usage, { against: { type: 'string' }, keep: { type: 'boolean' } });
  if (values.against !== undefined && (!/^https?:/i.test(values.against) || !URL.canParse(values.against))) {
    console.error(`--against takes the address of a page, https://…, not ${values.against}.\n${usage}`);
    return 2;
  }
  const top = await mkdtemp(join(tmpdir(), 'affidavit-reproduce-'));
  try {
    const [here, elsewhere] = [join(top, 'a'), join(top, 'elsewhere', 'a folder, named otherwise')];
    const later = 400 * day;
    await copyProject(project, here, new Date(Date.now() - 30 * day));
    // From the first copy, so that what is changed meanwhile is in neither or in both.
    if (values.against === undefined) await copyProject(here, elsewhere, new Date(Date.now() + later - day));
    const first = await build(here, 0, { TZ: 'UTC', LANG: 'C' });
    if (values.against !== undefined) return await compareHosted(first, values.against);
    const german = { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' };
    const second = await build(elsewhere, later, german);
    return told(first.digest, second.digest, compareBuilds(first.files, second.files), 'Both builds');
  } finally {
    if (values.keep) console.error(`Kept in ${top}`);
    else await rm(top, { recursive: true, force: true });
  }
}

function build(folder: string, shift: number, environment: Record<string, string>): Promise<BuildRecord> {
  console.error(`Building in ${folder} …`);
  return buildIn({ folder, shift, environment });
}

async function compareHosted(own: BuildRecord, address: string): Promise<number> {
  console.error(`Fetching and hashing what ${address} serves …`);
  const hosted = await readHosted(address, Object.keys(own.files));
  const differences = compareBuilds(own.files, hosted.files).filter(
    ({ name, how }) => !(how === 'only in the first' && isForHost(name)),
  );
  for (const [name, why] of Object.entries(hosted.missing))
    if (!isForHost(name)) console.error(`Not served: ${name} (${why})`);
  if (hosted.claimed !== own.digest) console.error(`Its build.json says ${hosted.claimed}`);
  if (differences.length === 0 && hosted.claimed !== own.digest) {
    console.error('Its files are those of this source, but its build.json and pages say another digest.');
    return 1;
  }
  return told(own.digest, hosted.digest, differences, 'This source and that host');
}

function told(first: string, second: string, differences: readonly Difference[], what: string): number {
  for (const { name, how } of differences) console.error(`${how}: ${name}`);
  if (differences.length === 0) {
    console.log(first);
    console.error(`${what} are the same, file by file.`);
    return 0;
  }
  console.log(`${first}\n${second}`);
  console.error(`${what} are not the same: ${differences.length} files.`);
  return 1;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});
