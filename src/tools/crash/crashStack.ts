import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { startChild, untilReady, type ChildService } from '../../services/process/childService.ts';
import { freePort } from '../../services/process/port.ts';
import { createGateway, type Gateway } from '../../services/replication/gateway/createGateway.ts';
import { spawnSequencer, type SpawnedSequencer } from '../../services/sequencer/spawnSequencer.ts';
import { loadWriterKey } from '../../services/sequencer/writerKey.ts';
import { createCognitoTimestampService } from '../../services/timestamp/cognitoTimestampService.ts';
import { cognitoLocalAccess, startCognitoLocal, type CognitoLocal } from '../../services/timestamp/cognitoLocal.ts';
import { files, hangs, type KillOrder, type SequencerPlace, type WriterSetting } from './crashFiles.ts';
import type { ChainPin, TimestampPin } from '../../core/trust/trust.ts';
import type { QueueBounds } from '../../services/writer/batchIt.ts';
import type { WriterStep } from '../../services/writer/work.ts';

export const victims = ['writer', 'sequencer', 'bucket', 'timestamps'] as const;
/** What can be killed; each is a process of the system's own. */
export type Victim = (typeof victims)[number];

const domain = 'affidavit.invalid';
const accessKey = 'CRASH';

/** A writing side of several processes, each of which can be killed with `kill -9` and started again where it was. */
export class CrashStack {
  readonly folder: string;
  readonly token = randomBytes(12).toString('hex');
  readonly #secretKey = randomBytes(12).toString('hex');
  readonly #gateways: Gateway[] = [];
  #cognito: CognitoLocal | undefined;
  #bucket: ChildService | undefined;
  #writer: ChildService | undefined;
  #sequencer: SpawnedSequencer | undefined;
  #sequencerGone = false;
  #pin: TimestampPin | undefined;
  #ports = { writer: 0, bucket: 0, sequencer: 0 };
  /** Sentences of the writer that say that it gave up. */
  readonly failures: string[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * @param interval milliseconds between blocks
   * @param bounds of the writer's queue; the writer's own where left out
   */
  static async start(interval = 30, bounds?: QueueBounds): Promise<CrashStack> {
    const stack = new CrashStack(await mkdtemp(join(tmpdir(), 'affidavit-crash-')));
    try {
      await stack.#start(interval, bounds);
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.writer}`;
  }

  /** The folders of the six buckets, in the writer's order. */
  get folders(): readonly string[] {
    return [1, 2, 3, 4, 5, 6].map((number) => join(this.folder, `bucket-${number}`));
  }

  async #start(interval: number, bounds: QueueBounds | undefined): Promise<void> {
    for (const folder of this.folders) await mkdir(folder);
    this.#ports = { writer: await freePort(), bucket: await freePort(), sequencer: await freePort() };
    const [timestamps] = await Promise.all([this.#startCognito(), this.#openBuckets()]);
    await this.restart('sequencer');
    const endpoints = [`http://127.0.0.1:${this.#ports.bucket}`, ...this.#gateways.map(({ endpoint }) => endpoint)];
    const setting: WriterSetting = {
      folder: this.folder,
      token: this.token,
      port: this.#ports.writer,
      interval,
      ...(bounds === undefined ? {} : { bounds }),
      timestamps,
      targets: endpoints.map((endpoint, index) => ({
        bucket: `bucket-${index + 1}`,
        region: 'local',
        endpoint,
        credentials: { accessKey, secretKey: this.#secretKey },
        pathStyle: true,
      })),
      buckets: endpoints.map((endpoint, index) => ({ url: `${endpoint}/bucket-${index + 1}`, provider: 'here' })),
    };
    await writeFile(join(this.folder, files.setting), JSON.stringify(setting));
    await this.restart('writer');
  }

  async #startCognito(): Promise<WriterSetting['timestamps']> {
    const cognito = await startCognitoLocal({ folder: join(this.folder, 'timestamp') });
    this.#cognito = cognito;
    const timestamps = { region: 'local', endpoint: cognito.endpoint, ...(await cognito.createPool()), domain };
    const service = createCognitoTimestampService({ ...timestamps, ...cognitoLocalAccess });
    this.#pin = await service.pin();
    await service.close();
    return timestamps;
  }

  async #openBuckets(): Promise<void> {
    await this.restart('bucket');
    for (const [index, folder] of this.folders.entries()) {
      if (index === 0) continue;
      const bucket = `bucket-${index + 1}`;
      this.#gateways.push(await createGateway({ folder, bucket, accessKey, secretKey: this.#secretKey }));
    }
  }

  /** Starts a process that was killed, on the same port and the same disk; one that runs is left alone. */
  async restart(victim: Victim): Promise<void> {
    if (victim === 'timestamps') return this.#cognito?.ensureRunning();
    if (victim === 'sequencer') return this.#startSequencer();
    if (victim === 'writer') {
      if (this.#writer !== undefined && this.#writer.exit === undefined) return;
      this.#writer = await this.#launch('writerProcess.ts', join(this.folder, files.setting), (line) => {
        if (line.startsWith('failed ')) this.failures.push(line.slice(7));
      });
      return;
    }
    if (this.#bucket !== undefined && this.#bucket.exit === undefined) return;
    const setting = {
      folder: this.folders[0],
      bucket: 'bucket-1',
      accessKey,
      secretKey: this.#secretKey,
      port: this.#ports.bucket,
    };
    this.#bucket = await this.#launch('bucketProcess.ts', JSON.stringify(setting));
  }

  async #startSequencer(): Promise<void> {
    if (this.#sequencer !== undefined && !this.#sequencerGone) return;
    const folder = join(this.folder, 'sequencer');
    const started = await spawnSequencer({
      stateFolder: folder,
      writerKey: await loadWriterKey(folder),
      timestamp: this.#pin as TimestampPin,
      listen: `127.0.0.1:${this.#ports.sequencer}`,
    });
    this.#sequencer = started;
    this.#sequencerGone = false;
    void started.onExit(() => {
      if (this.#sequencer === started) this.#sequencerGone = true;
    });
    const place: SequencerPlace = { address: started.address, publicKey: started.identity.publicKey };
    await writeFile(join(this.folder, files.sequencer), JSON.stringify(place));
  }

  async #launch(script: string, argument: string, onLine?: (line: string) => void): Promise<ChildService> {
    let ready = false;
    const child = await startChild({
      name: script,
      args: [
        '--import',
        pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
        fileURLToPath(new URL(script, import.meta.url)),
        argument,
      ],
      logFile: join(this.folder, `${script}.log`),
      onLine: (line) => {
        if (line.startsWith('ready ')) ready = true;
        onLine?.(line);
      },
      env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    });
    await untilReady(child, async () => ready, 300);
    return child;
  }

  pidOf(victim: Victim): number {
    const pid = {
      writer: this.#writer?.pid,
      sequencer: this.#sequencer?.pid,
      bucket: this.#bucket?.pid,
      timestamps: this.#cognito?.pid,
    }[victim];
    if (pid === undefined) throw new Error(`There is no ${victim}.`);
    return pid;
  }

  /** Whether a process that may have been killed runs. */
  runs(victim: Victim): boolean {
    if (victim === 'sequencer') return !this.#sequencerGone;
    if (victim === 'timestamps') return this.#cognito?.isRunning() === true;
    const child = victim === 'writer' ? this.#writer : this.#bucket;
    return child !== undefined && child.exit === undefined;
  }

  kill(chosen: readonly Victim[]): void {
    for (const victim of chosen) {
      if (this.runs(victim)) process.kill(this.pidOf(victim), 'SIGKILL');
    }
  }

  /** Has the writer kill them when it next comes to the step, itself last. */
  async killAt(step: WriterStep, chosen: readonly Victim[]): Promise<void> {
    const order: KillOrder = { step, pids: chosen.toReversed().map((victim) => this.pidOf(victim)) };
    await writeFile(join(this.folder, files.kill), JSON.stringify(order));
  }

  async forgetOrder(): Promise<void> {
    await rm(join(this.folder, files.kill), { force: true });
  }

  /** One write over HTTP: `accepted` with 202; `unknown` where the connection broke, in which case it may have been taken or not. */
  async write(transaction: Uint8Array<ArrayBuffer>): Promise<'accepted' | 'refused' | 'unknown'> {
    try {
      const answer = await fetch(`${this.url}/write`, {
        method: 'POST',
        body: transaction,
        headers: { Authorization: `Bearer ${this.token}` },
        signal: AbortSignal.timeout(hangs),
      });
      await answer.arrayBuffer();
      return answer.status === 202 ? 'accepted' : 'refused';
    } catch {
      return 'unknown';
    }
  }

  /** The state that the writer gives of a transaction, or undefined where it does not answer. */
  async stateOf(hash: string): Promise<string | undefined> {
    try {
      const answer = await fetch(`${this.url}/transactions/${hash}`, { signal: AbortSignal.timeout(hangs) });
      return ((await answer.json()) as { state?: string }).state;
    } catch {
      return undefined;
    }
  }

  /** Every chain of the trust file. */
  async pins(): Promise<readonly ChainPin[]> {
    return parseTrust(await readFile(join(this.folder, files.trust))).chains ?? [];
  }

  async stop(): Promise<void> {
    await this.#writer?.stop();
    await this.#sequencer?.stop();
    await this.#bucket?.stop();
    await this.#cognito?.close();
    for (const gateway of this.#gateways) await gateway.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
