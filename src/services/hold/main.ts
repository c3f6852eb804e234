import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { createReplication, type ReplicationService } from '../replication/replicate.ts';
import { bucketTarget } from './bucketTarget.ts';
import { attestAllHolds } from './holdService.ts';
import type { BucketPin } from '../../core/trust/trust.ts';
import type { BucketTarget } from '../replication/bucketWriter.ts';

/** One round over the buckets of a local stack's chains, or of any trust file with credentials from the environment. */
const usage =
  'Usage: node --import tsx src/services/hold/main.ts (--state FOLDER [--publish] | --trust FILE --root FOLDER) --out FOLDER';

async function run(): Promise<void> {
  const folder = process.env.INIT_CWD ?? process.cwd();
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      trust: { type: 'string' },
      root: { type: 'string' },
      out: { type: 'string' },
      publish: { type: 'boolean', default: false },
    },
  });
  const state = values.state === undefined ? undefined : resolve(folder, values.state);
  const trust = values.trust === undefined ? state && join(state, 'trust.json') : resolve(folder, values.trust);
  const root = values.root === undefined ? state && join(state, 'sequencer') : resolve(folder, values.root);
  if (trust === undefined || root === undefined || values.out === undefined) throw new Error(usage);
  // A local stack has one pair of keys; elsewhere they come from the environment and should allow reading alone.
  const keys =
    state === undefined ? {} : { credentials: JSON.parse(await readFile(join(state, 'access.json'), 'utf8')) };
  if (values.publish && state === undefined) throw new Error(usage);
  const parsed = parseTrust(await readFile(trust));
  const publish = values.publish ? replicationTo(parsed.chains?.[0]?.buckets ?? [], keys.credentials) : undefined;
  const { files, trustFile, troubles } = await attestAllHolds({
    trust: parsed,
    rootFolder: root,
    out: resolve(folder, values.out),
    ...keys,
    ...(publish ? { publish } : {}),
  }).finally(() => publish?.close());
  for (const words of troubles) console.error(words);
  console.error(`${files.length} hold attestations, and ${trustFile}, which asks for them. Now:`);
  console.error(`npm run -s audit -- --trust ${trustFile} ${files.map((file) => `--with ${file}`).join(' ')}`);
}

/** The six buckets of a local stack, with the writer's own keys. */
function replicationTo(pins: readonly BucketPin[], credentials: BucketTarget['credentials']): ReplicationService {
  const targets = pins.map((pin) => ({ ...bucketTarget(pin), ...(credentials ? { credentials } : {}) }));
  return createReplication({ targets, retainUntil: () => new Date(Date.now() + 3653 * 86_400_000) });
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
