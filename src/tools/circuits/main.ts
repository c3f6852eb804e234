import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { poseidonConstants } from '../../circuits/poseidonConstants.ts';
import { poseidonSource } from '../../circuits/poseidonSource.ts';
import { toHex } from '../../core/bytes/hex.ts';
import {
  exampleMetadata,
  exampleNonce,
  exampleSelection,
  exampleStatement,
} from '../../core/trace/zk/exampleTrace.fixture.ts';
import {
  exampleCriteria,
  exampleNonce as memberNonce,
  exampleOpening,
  exampleRequest,
} from '../../core/network/membership/exampleMembership.fixture.ts';
import { encodeMembership } from '../../core/network/membership/membershipFile.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { encodeKey } from '../../services/prover/encodeSnarkjs.ts';
import { endSnarkjs, loadSnarkjs } from '../../services/prover/loadSnarkjs.ts';
import { proveEvent } from '../../services/prover/proveEvent.ts';
import { proveMembership } from '../../services/prover/proveMembership.ts';
import { circuits } from './circuits.ts';
import { compileCircuit } from './compileCircuit.ts';
import { contractWithKey, keyModule } from './keyModule.ts';
import { setup } from './setup.ts';

/** `npm run circuits`: compiles the circuits, runs a setup or takes one of others, and writes what prover, verifier and contract need. */
const usage = `Usage: npm run -s circuits -- [--circuit NAME] [--ptau FILE [--zkey FILE]] | [--circuit NAME] --program | --example
  --circuit NAME    ${circuits.map(({ name }) => name).join(' or ')}; event where nothing is said
  without options   a development setup, which takes minutes: whoever runs it can forge proofs
  --ptau FILE       phase 1 from a public ceremony, whose digest is checked; phase 2 stays a development one
  --zkey FILE       a proving key from that ceremony with contributions of others: it is verified against the circuit, not made
  --program         only the constants and the witness calculator are made again; the key stays
  --example         only the proofs that tests read are made again, as after a change of what metadata are
After a new key: --example, and \`npm run contracts\`.`;

const place = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

function parse() {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    return parseArgs({ options: { circuit: text, ptau: text, zkey: text, program: flag, example: flag, help: flag } })
      .values;
  } catch (error) {
    return error as Error;
  }
}

async function main(): Promise<number> {
  const given = parse();
  if (given instanceof Error || given.help) {
    console.error(given instanceof Error ? `${given.message}\n${usage}` : usage);
    return given instanceof Error ? 2 : 0;
  }
  const say = (words: string) => console.error(words);
  if (given.example) {
    await writeExamples();
    return 0;
  }
  const circuit = circuits.find(({ name }) => name === (given.circuit ?? 'event'));
  if (!circuit) {
    console.error(`There is no circuit called ${given.circuit}.\n${usage}`);
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'circuits-'));
  try {
    await writeFile(place('circuits/poseidonConstants.circom'), poseidonSource(poseidonConstants(5, 8, 60)));
    const { constraints, program } = await compileCircuit(circuit.name, folder);
    await copyFile(program, place(`circuits/${circuit.name}.wasm`));
    if (given.program) return 0;
    const snarkjs = await loadSnarkjs();
    try {
      const made = await setup({
        snarkjs,
        constraints,
        folder,
        say,
        ...(given.ptau === undefined ? {} : { powers: resolve(given.ptau) }),
        ...(given.zkey === undefined ? {} : { key: resolve(given.zkey) }),
      });
      const key = encodeKey(await snarkjs.zKey.exportVerificationKey(made.key));
      await copyFile(made.key, place(`circuits/${circuit.name}.zkey`));
      await writeFile(place(circuit.keyModule), keyModule(circuit, key, made));
      if (circuit.contract !== undefined) {
        const contract = place(circuit.contract);
        await writeFile(contract, contractWithKey(await readFile(contract, 'utf8'), key));
      }
      say(`A ${made.kind} setup; phase 1: ${made.powers}.`);
    } finally {
      await endSnarkjs();
    }
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A process of its own has read the new key: this one may hold the old. */
async function writeExamples(): Promise<void> {
  const selection = exampleSelection();
  const part = await proveEvent({
    metadata: exampleMetadata(selection),
    selection,
    statement: exampleStatement,
    nonce: exampleNonce,
  });
  const membership = await proveMembership({
    request: exampleRequest,
    opening: exampleOpening,
    register: 'PCR 0',
    criteria: parseTrust(exampleCriteria),
    nonce: memberNonce,
  });
  await endSnarkjs();
  const head = '// Made by `npm run circuits -- --example`: do not edit.';
  await writeFile(
    place('core/trace/zk/exampleProof.fixture.ts'),
    `${head}\n\n/** Of \`exampleStatement\`, for \`exampleNonce\`. */\n// prettier-ignore\nexport const exampleProof = '${toHex(part.proof)}';\n`,
  );
  await writeFile(
    place('core/network/membership/exampleFile.fixture.ts'),
    `${head}\n\n/** About \`exampleRequest\`, for \`exampleNonce\`. */\n// prettier-ignore\nexport const exampleFile = '${encodeMembership(membership)}';\n`,
  );
}

process.exitCode = await main();
