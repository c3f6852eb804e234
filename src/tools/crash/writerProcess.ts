import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { writeFileDurably } from '../../services/process/writeFileDurably.ts';
import { createReplication } from '../../services/replication/replicate.ts';
import { connectSequencer } from '../../services/sequencer/connectSequencer.ts';
import { loadWriterKey } from '../../services/sequencer/writerKey.ts';
import { createCognitoTimestampService } from '../../services/timestamp/cognitoTimestampService.ts';
import { cognitoLocalAccess } from '../../services/timestamp/cognitoLocal.ts';
import { surveyBuckets } from '../../services/start/surveyBuckets.ts';
import { pinOf } from '../../services/writer/chainRecord.ts';
import { Writer, type WriterSequencer } from '../../services/writer/writer.ts';
import { createWriterServer } from '../../services/writer/writerServer.ts';
import { files, type KillOrder, type SequencerPlace, type WriterSetting } from './crashFiles.ts';
import type { WriterStep } from '../../services/writer/work.ts';

/**
 * The writer with its door as a process of its own: sequencer, timestamp service and buckets are other processes, which live on when this one
 * is killed, and are told to it by address. Its only argument is the path of its setting. At every step it looks for an order to kill.
 */
const setting = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as WriterSetting;
const { folder, buckets } = setting;
const say = (words: string) => process.stdout.write(`${words}\n`);

function afterStep(step: WriterStep): void {
  let order: KillOrder;
  try {
    order = JSON.parse(readFileSync(join(folder, files.kill), 'utf8')) as KillOrder;
  } catch {
    return;
  }
  if (order.step !== step) return;
  rmSync(join(folder, files.kill));
  for (const pid of order.pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}

const writerKey = await loadWriterKey(join(folder, 'sequencer'));
/** Whichever runs now; that it is gone shows when another one answers in its place. */
async function openSequencer(): Promise<WriterSequencer> {
  const place = JSON.parse(readFileSync(join(folder, files.sequencer), 'utf8')) as SequencerPlace;
  const client = connectSequencer({
    address: place.address,
    writerKey: writerKey.privateKey,
    expected: place.publicKey,
    timeout: 3_000,
  });
  return {
    client,
    identity: await client.identity(),
    onExit: () => undefined,
    stop: async () => client.close(),
  };
}

let lastTrust: Promise<void> = Promise.resolve();
function writeTrust(): Promise<void> {
  const trust = serializeTrust({ chains: writer.chains().map((chain) => ({ ...pinOf(chain), buckets })) });
  lastTrust = lastTrust.then(() => writeFileDurably(join(folder, files.trust), trust));
  return lastTrust;
}

const writer = await Writer.open({
  folder: join(folder, 'writer'),
  name: 'crash',
  timestamps: createCognitoTimestampService({ ...setting.timestamps, ...cognitoLocalAccess }),
  replication: createReplication({
    targets: setting.targets,
    retainUntil: () => new Date(Date.now() + 3_600_000),
    longestWait: 500,
  }),
  openSequencer,
  surveyChain: surveyBuckets(buckets),
  interval: setting.interval,
  ...(setting.bounds === undefined ? {} : { bounds: setting.bounds }),
  afterStep,
  onEvent: (event) => {
    if (event.kind === 'failed') say(`failed ${event.error.message}`);
    if (event.kind === 'trouble') say(`trouble ${event.words}`);
    if (event.kind === 'chain opened' || event.kind === 'chain ended') void writeTrust();
  },
});
// A chain may have opened just before the last process was killed.
await writeTrust();
const server = await createWriterServer({ writer, token: setting.token, port: setting.port, retryAfter: 1 });
say(`ready ${server.url}`);
