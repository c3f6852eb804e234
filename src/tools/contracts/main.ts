import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compileContract } from './compileContract.ts';
import { contractModule } from './contractModule.ts';
import { contractNames } from './contractNames.ts';
import { runForge } from './forge/runForge.ts';

/** `npm run contracts`: compiles the contracts and writes what the project knows of them beside their sources, or holds them against invariants. */
const usage = `Usage: npm run -s contracts [-- --forge [--runs N]]
  compiles src/contracts/*.sol and writes ABI, bytecode and hashes beside them
  --forge     tests the invariants in forge instead, which is fetched where it is not there
  --runs N    random sequences of 200 calls for each invariant (64)`;

function parse() {
  try {
    const options = { forge: { type: 'boolean' }, runs: { type: 'string' }, help: { type: 'boolean' } } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    return error as Error;
  }
}

async function main(): Promise<number> {
  const given = parse();
  const runs = given instanceof Error ? 0 : Number(given.runs ?? 64);
  if (given instanceof Error || given.help || !Number.isSafeInteger(runs) || runs < 1) {
    console.error(given instanceof Error ? `${given.message}\n${usage}` : usage);
    return given instanceof Error || !given.help ? 2 : 0;
  }
  if (given.forge) return runForge(runs);
  for (const name of contractNames) {
    const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}.ts`;
    const target = fileURLToPath(new URL(`../../contracts/${file}`, import.meta.url));
    const compiled = compileContract(name);
    writeFileSync(target, contractModule(name, compiled));
    console.error(`Wrote ${target}: ${compiled.abi.length} entries, code hash ${compiled.codeHash}`);
  }
  return 0;
}

process.exitCode = await main();
