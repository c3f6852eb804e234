import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { attestAllHolds } from './holdService.ts';

/** One round over the buckets of a local stack's chains, or of any trust file with credentials from the environment. */
const usage =
  'Usage: node --import tsx src/services/hold/main.ts (--state FOLDER | --trust FILE --root FOLDER) --out FOLDER';

async function run(): Promise<void> {
  const folder = process.env.INIT_CWD ?? process.cwd();
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      trust: { type: 'string' },
      root: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const state = values.state === undefined ? undefined : resolve(folder, values.state);
  const trust = values.trust === undefined ? state && join(state, 'trust.json') : resolve(folder, values.trust);
  const root = values.root === undefined ? state && join(state, 'sequencer') : resolve(folder, values.root);
  if (trust === undefined || root === undefined || values.out === undefined) throw new Error(usage);
  // A local stack has one pair of keys; elsewhere they come from the environment and should allow reading alone.
  const keys =
    state === undefined ? {} : { credentials: JSON.parse(await readFile(join(state, 'access.json'), 'utf8')) };
  const { files, trustFile, troubles } = await attestAllHolds({
    trust: parseTrust(await readFile(trust)),
    rootFolder: root,
    out: resolve(folder, values.out),
    ...keys,
  });
  for (const words of troubles) console.error(words);
  console.error(`${files.length} hold attestations, and ${trustFile}, which asks for them. Now:`);
  console.error(`npm run -s audit -- --trust ${trustFile} ${files.map((file) => `--with ${file}`).join(' ')}`);
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
