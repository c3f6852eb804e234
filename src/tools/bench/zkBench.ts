import { stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { fromHex } from '../../core/bytes/hex.ts';
import { traceStructHash } from '../../core/trace/metadata.ts';
import { contextElement } from '../../core/trace/zk/context.ts';
import { eventKey } from '../../core/trace/zk/eventKey.ts';
import {
  exampleMetadata,
  exampleNonce,
  exampleSelection,
  exampleStatement,
} from '../../core/trace/zk/exampleTrace.fixture.ts';
import { hashFour } from '../../core/trace/zk/selectionTree.ts';
import { publicInputs } from '../../core/trace/zk/statement.ts';
import { parseProof, parseVerificationKey, verifyGroth16 } from '../../core/trace/zk/verifyGroth16.ts';
import { eventInputs } from '../../core/trace/zk/zkPart.ts';
import { eventFiles } from '../../services/prover/circuitFiles.ts';
import { encodeProof } from '../../services/prover/encodeSnarkjs.ts';
import { endSnarkjs, loadSnarkjs } from '../../services/prover/loadSnarkjs.ts';
import { calculateWitness } from '../../services/prover/makeProof.ts';
import { findPlace, witnessInput } from '../../services/prover/proveEvent.ts';
import { startAnvil } from '../contracts/anvil.ts';
import { deployVerifier, statementArgument } from '../contracts/eventProofContract.ts';
import { atMost, type Bench, figure } from './figure.ts';

const rounds = 5;

/** The middle of several runs, in milliseconds; the first, in which everything is compiled, is thrown away. */
async function median(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    await run();
    if (round > 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] as number;
}

/** Groth16 about an event: what making and checking a proof costs, here and on a ledger. */
export const zkBench: Bench = {
  name: 'zk',
  about: 'zero-knowledge proofs of events: making, checking, gas, sizes',
  run: async ({ emit, say }) => {
    const selection = exampleSelection();
    const metadata = exampleMetadata(selection);
    const root = BigInt(`0x${metadata.selection}`);
    const context = contextElement(traceStructHash(metadata), exampleNonce);
    const place = findPlace(selection, exampleStatement) as number;
    const input = witnessInput(exampleStatement, root, context, selection.witness(place));
    const inputs = publicInputs(exampleStatement, root, context);

    const snarkjs = await loadSnarkjs();
    let bytes = new Uint8Array(0);
    try {
      const witness = await median(() => calculateWitness(snarkjs, eventFiles.program, input));
      const values = await calculateWitness(snarkjs, eventFiles.program, input);
      const prove = await median(async () => {
        bytes = encodeProof((await snarkjs.groth16.prove(eventFiles.key, values)).proof);
      });
      emit([figure('zk.witness', witness, 'ms'), atMost('zk.prove', prove, 'ms', 2000)]);
    } finally {
      await endSnarkjs();
    }
    const key = parseVerificationKey(fromHex(eventKey.hex), eventInputs);
    const verify = await median(() => {
      if (!verifyGroth16(key, inputs, parseProof(bytes))) throw new Error('the proof does not hold');
    });
    const parse = await median(() => parseVerificationKey(fromHex(eventKey.hex), eventInputs));
    emit([atMost('zk.verify', verify, 'ms', 200), figure('zk.verify.key', parse, 'ms')]);

    const hashes = 500;
    const hashing = await median(() => {
      let value = 1n;
      for (let at = 0; at < hashes; at += 1) value = hashFour([value, 2n, 3n, 4n]);
      return value;
    });
    emit([figure('zk.selection.hash', (hashes / hashing) * 1000, 'hashes/s')]);

    const sizes = await Promise.all([eventFiles.key, eventFiles.program].map(async (path) => (await stat(path)).size));
    emit([
      figure('zk.bytes.proof', bytes.length, 'bytes'),
      figure('zk.bytes.verificationKey', eventKey.hex.length / 2, 'bytes'),
      figure('zk.bytes.provingKey', sizes[0] as number, 'bytes'),
      figure('zk.bytes.provingKey.gzip', gzipSync(await readFile(eventFiles.key)).length, 'bytes'),
      figure('zk.bytes.witnessCalculator', sizes[1] as number, 'bytes'),
    ]);

    say('the contract, on anvil');
    const anvil = await startAnvil();
    try {
      const verifier = await deployVerifier(anvil.rpc);
      const proof = Array.from({ length: 8 }, (_, at) => word(bytes, at)) as never;
      const anchor = `0x${Buffer.from(traceStructHash(metadata)).toString('hex')}` as const;
      const nonce = `0x${Buffer.from(exampleNonce).toString('hex')}` as const;
      const args = [proof, `0x${metadata.selection}`, anchor, nonce, statementArgument(exampleStatement)] as const;
      emit([
        figure('zk.gas.deploy', verifier.deployGas, 'gas'),
        atMost('zk.gas.verify', await verifier.gasOf('verify', args), 'gas', 300_000),
      ]);
    } finally {
      await anvil.stop();
    }
  },
};

function word(bytes: Uint8Array, at: number): bigint {
  return BigInt(`0x${Buffer.from(bytes.subarray(32 * at, 32 * at + 32)).toString('hex')}`);
}
