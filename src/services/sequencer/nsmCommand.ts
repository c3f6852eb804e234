import { spawn } from 'node:child_process';
import { fromBase64, toBase64 } from '../../core/bytes/base64.ts';
import { registersOf } from '../../core/tee/nitro/policy.ts';
import { maximumDocumentLength, parseNitroDocument } from '../../core/tee/nitro/parse.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { AttestationRequest, Nsm } from './nsm.ts';

const seconds = 10;

/**
 * The device of a real enclave, asked through a small program in the image (Node cannot do the device's ioctl itself). It is started once
 * for each document, reads one line of JSON from standard input, `{"user_data", "public_key", "nonce"}`, each base64 or null,
 * and writes the document in base64 to standard output.
 * @param command path of the program, started without arguments and without a shell
 * @throws AuditorError `source` NSM_COMMAND where it does not do so
 */
export async function createNsmCommand(command: string): Promise<Nsm> {
  const attest = async (request: AttestationRequest): Promise<Uint8Array> => {
    const { userData, publicKey, nonce } = request;
    const line = JSON.stringify({ user_data: encode(userData), public_key: encode(publicKey), nonce: encode(nonce) });
    const answer = await run(command, `${line}\n`);
    try {
      const document = fromBase64(answer.trim());
      parseNitroDocument(document);
      return document;
    } catch (error) {
      throw fault(command, `what it wrote is not a Nitro document (${(error as Error).message})`, error);
    }
  };
  // The registers that an enclave measures at boot do not change while it runs.
  const registers = registersOf(parseNitroDocument(await attest({})));
  const pcrs = Object.fromEntries(['0', '1', '2'].map((number) => [number, registers[number] ?? '']));
  return { attest, describe: () => ({ simulated: false, rootPem: null, pcrs }) };
}

function run(command: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [], { stdio: ['pipe', 'pipe', 'inherit'], timeout: seconds * 1_000 });
    let output = '';
    child.stdout.setEncoding('latin1').on('data', (part: string) => {
      output += part;
      if (output.length > maximumDocumentLength * 2) child.kill('SIGKILL');
    });
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => reject(fault(command, error.message, error)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(fault(command, `it ended with ${signal ?? `exit code ${code ?? 'unknown'}`}`));
    });
    child.stdin.end(input);
  });
}

function encode(value: Uint8Array | undefined): string | null {
  return value === undefined ? null : toBase64(value);
}

function fault(command: string, reason: string, cause?: unknown): AuditorError {
  return new AuditorError('source', 'NSM_COMMAND', `The NSM program ${command} gave no attestation: ${reason}.`, {
    cause,
  });
}
