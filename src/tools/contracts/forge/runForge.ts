import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFoundryTool } from '../../../services/ledger/foundryTool.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `runs` sequences of 200 random calls for each invariant. */
const settings = (runs: number) => `[profile.default]
evm_version = "istanbul"
optimizer = true
optimizer_runs = 200
[invariant]
runs = ${runs}
depth = 200
`;

/** A compiler as forge wants it, an executable file, around the one that is installed: forge would fetch its own. */
const compiler = (solc: string) => `#!/usr/bin/env node
const solc = require(${JSON.stringify(solc)});
if (process.argv.includes('--version')) {
  const version = solc.version().replace('Emscripten.clang', 'Linux.g++');
  console.log('solc, the solidity compiler commandline interface\\nVersion: ' + version);
} else {
  process.stdout.write(solc.compile(require('fs').readFileSync(0, 'utf8')));
}
`;

/**
 * Runs the invariants of `TaskInvariants.t.sol` in forge, in a temporary folder.
 * @returns forge's exit code
 * @throws AuditorError `source` FORGE_MISSING where it cannot be had
 */
export async function runForge(runs: number): Promise<number> {
  const forge = await findFoundryTool('forge');
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-forge-'));
  try {
    for (const each of ['src', 'test']) await mkdir(join(folder, each));
    await copyFile(here('../../../contracts/ProofOfExecution.sol'), join(folder, 'src/ProofOfExecution.sol'));
    await copyFile(here('./TaskInvariants.t.sol'), join(folder, 'test/TaskInvariants.t.sol'));
    await writeFile(join(folder, 'foundry.toml'), settings(runs));
    const shim = join(folder, 'solc.cjs');
    await writeFile(shim, compiler(createRequire(import.meta.url).resolve('solc')));
    await chmod(shim, 0o755);
    return await new Promise((resolve, reject) => {
      const child = spawn(forge, ['test', '--offline', '--use', shim], { cwd: folder, stdio: 'inherit' });
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
