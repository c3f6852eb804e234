import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toBase64Url } from '../../core/bytes/base64.ts';
import type { TimestampPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { ioFault } from '../process/ioFault.ts';
import { checkTimestampUnder } from './checkTimestampUnder.ts';
import { listen } from './listen.ts';
import type { Nsm } from './nsm.ts';
import { createNsmCommand } from './nsmCommand.ts';
import { createNsmSimulator } from './nsmSimulator.ts';
import { programMeasurement } from './programMeasurement.ts';
import { createSequencerProgram } from './sequencerProgram.ts';
import { createSequencerServer } from './sequencerServer.ts';
import { importWriterKey } from './writerRequest.ts';

const usage = `Starts a sequencer.

  node --import tsx src/services/sequencer/main.ts --writer-key SPKI --timestamp FILE [--listen WHERE] (--state FOLDER | --nsm-command COMMAND)

  --writer-key   Ed25519 SPKI in base64url: the only one who may ask for numbers
  --timestamp    JSON file with issuer, audience, domain, claim, tokenUse and jwks of the chain's timestamp service
  --listen       PORT, HOST:PORT or unix:PATH; 127.0.0.1 and any free port by default
  --state        folder for the root of the Nitro Security Module simulator (development only)
  --nsm-command  inside a Nitro enclave: the program that asks the NSM device, see README.md

Prints one line of JSON, {"listening":"...","publicKey":"..."}, when it is ready.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'writer-key': { type: 'string' },
      timestamp: { type: 'string' },
      listen: { type: 'string', default: '127.0.0.1:0' },
      state: { type: 'string' },
      'nsm-command': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const writerKey = readWriterKey(values['writer-key']);
  const nsm = await openNsm(values.state, values['nsm-command']);
  const program = createSequencerProgram({
    nsm,
    checkTimestamp: await checkTimestampUnder(await readPin(values.timestamp)),
  });
  const server = createSequencerServer({
    program,
    nsm,
    writerKey,
    log: (line) => process.stderr.write(`${new Date().toISOString()} ${line}\n`),
  });
  const listening = await listen(server, values.listen);
  process.stdout.write(`${JSON.stringify({ listening, publicKey: toBase64Url(program.publicKey) })}\n`);
  // What has been asked is answered first; what is asked from now on is not.
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 2_000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function readWriterKey(text: string | undefined) {
  if (text === undefined) throw new AuditorError('usage', 'WRITER_KEY', `--writer-key is missing.\n\n${usage}`);
  try {
    return importWriterKey(text);
  } catch (cause) {
    throw new AuditorError('usage', 'WRITER_KEY', '--writer-key is not an Ed25519 SPKI in base64url.', { cause });
  }
}

async function readPin(path: string | undefined): Promise<TimestampPin> {
  if (path === undefined) throw new AuditorError('usage', 'TIMESTAMP_PIN', `--timestamp is missing.\n\n${usage}`);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as TimestampPin;
  } catch (error) {
    throw ioFault(`The timestamp service's pin ${path} cannot be read`, error);
  }
}

async function openNsm(folder: string | undefined, command: string | undefined): Promise<Nsm> {
  if ((folder === undefined) === (command === undefined)) {
    throw new AuditorError('usage', 'NSM', `One of --state and --nsm-command is needed.\n\n${usage}`);
  }
  if (command !== undefined) return createNsmCommand(command);
  const { pcrs } = await programMeasurement(fileURLToPath(import.meta.url));
  return createNsmSimulator({ stateFolder: folder as string, measurement: pcrs });
}

main().catch((error: unknown) => {
  const known = error instanceof AuditorError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
  process.exit(2);
});
