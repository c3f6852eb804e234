import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileContract } from './compileContract.ts';
import { contractModule } from './contractModule.ts';

/** `npm run contracts`: compiles the contracts and writes what the project knows of them beside their sources. */
const target = fileURLToPath(new URL('../../contracts/proofOfExecution.ts', import.meta.url));
const compiled = compileContract('ProofOfExecution');
writeFileSync(target, contractModule('ProofOfExecution', compiled));
console.error(`Wrote ${target}: ${compiled.abi.length} entries, code hash ${compiled.codeHash}`);
