import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { startRgw } from './startRgw.ts';
import { unpackCeph } from './unpackCeph.ts';

const usage = `A Ceph RADOS gateway on 127.0.0.1:7480, in memory, from Debian's packages, without installing them.

  npm run rgw                    starts it and waits for Ctrl-C
  npm run rgw -- --contract      starts it, runs the contract of the bucket adapters against it, and stops it

AFFIDAVIT_RGW_FOLDER is where the packages are unpacked, ~/.cache/affidavit-rgw by default (66 MB of packages, 259 MB unpacked).
`;

const say = (words: string) => process.stderr.write(`${words}\n`);

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== '--contract')) {
    say(usage);
    return args.includes('--help') ? 0 : 2;
  }
  const folder = process.env.AFFIDAVIT_RGW_FOLDER ?? join(homedir(), '.cache', 'affidavit-rgw');
  const tree = await unpackCeph(folder, say);
  const started = performance.now();
  const rgw = await startRgw(tree);
  say(`Ready after ${((performance.now() - started) / 1000).toFixed(1)} seconds.`);
  try {
    const variables = { RGW_ENDPOINT: rgw.endpoint, RGW_ACCESS_KEY: rgw.accessKey, RGW_SECRET_KEY: rgw.secretKey };
    if (args.includes('--contract')) return await contract(variables);
    for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}=${value}\n`);
    await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
    return 0;
  } finally {
    await rgw.stop();
  }
}

/** @returns the test's exit code */
function contract(variables: Readonly<Record<string, string>>): Promise<number> {
  const test = 'src/services/replication/adapters.contract.test.ts';
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', test], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof AuditorError ? error.message : String((error as Error).stack));
    process.exit(1);
  },
);
