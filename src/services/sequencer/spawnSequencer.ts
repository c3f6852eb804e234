import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TimestampPin } from '../../core/trust/trust.ts';
import { startChild, untilReady, type ChildExit } from '../process/childService.ts';
import { openProgram } from '../process/program.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { connectSequencer } from './connectSequencer.ts';
import type { SequencerClient, SequencerIdentity } from './sequencerClient.ts';
import type { SequencerAddress } from './sequencerTransport.ts';
import type { WriterKey } from './writerKey.ts';

export interface SpawnOptions {
  /** Holds the simulator's root, the log, and the timestamp pin that the sequencer was started with. */
  readonly stateFolder: string;
  readonly writerKey: WriterKey;
  readonly timestamp: TimestampPin;
  /** PORT, HOST:PORT or unix:PATH; any free port of 127.0.0.1 by default. */
  readonly listen?: string;
}

export interface SpawnedSequencer {
  readonly address: SequencerAddress;
  /** Who it was when it started. */
  readonly identity: SequencerIdentity;
  /** Bound to that identity: it never speaks to a successor. */
  readonly client: SequencerClient;
  readonly pid: number;
  /** Calls back once when it has ended, however that came about; need not be awaited. */
  onExit(callback: (exit: ChildExit) => void): Promise<void>;
  /** Lets it answer what it was asked, then ends it. Its key is gone then, and its chain can have no further blocks. */
  stop(): Promise<ChildExit>;
}

/**
 * Starts a sequencer as a process of its own, with the simulator for its Nitro Security Module.
 * @throws AuditorError `source` CHILD_ENDED with what it said (a port in use, a full disk), CHILD_SILENT, IO_…
 */
export async function spawnSequencer(options: SpawnOptions): Promise<SpawnedSequencer> {
  const folder = await stateFolder(options.stateFolder);
  const pinFile = join(folder, 'timestamp-pin.json');
  await writeFileDurably(pinFile, JSON.stringify(options.timestamp));
  const program = await openProgram(fileURLToPath(new URL('main.ts', import.meta.url)));
  let ready: { listening: string; publicKey: string } | undefined;
  const child = await startChild({
    name: 'the sequencer',
    args: [
      ...program.loader,
      program.file,
      '--writer-key',
      options.writerKey.publicKey,
      '--timestamp',
      pinFile,
      '--state',
      folder,
      '--listen',
      options.listen ?? '127.0.0.1:0',
    ],
    logFile: join(folder, 'sequencer.log'),
    onLine: (line) => (ready ??= readReady(line)),
  });
  try {
    await untilReady(child, async () => ready !== undefined, 60);
    const { listening: address, publicKey } = ready as { listening: string; publicKey: string };
    const client = connect(address, options.writerKey.privateKey, publicKey);
    return {
      address,
      identity: await client.identity(),
      client,
      pid: child.pid,
      async onExit(callback) {
        callback(await child.exited);
      },
      async stop() {
        client.close();
        return child.stop();
      },
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

function connect(address: string, writerKey: KeyObject, expected: string): SequencerClient {
  return connectSequencer({ address, writerKey, expected });
}

function readReady(line: string): { listening: string; publicKey: string } | undefined {
  if (!line.startsWith('{"listening":')) return undefined;
  return JSON.parse(line) as { listening: string; publicKey: string };
}
