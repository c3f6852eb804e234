import { fork, type ChildProcess } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { openProgram } from '../process/program.ts';
import { RollingLog } from '../process/rollingLog.ts';
import { stateFolder } from '../process/stateFolder.ts';
import type { Answer, Kind, Questions, Refusal } from './qbftMessages.ts';
import type { Genesis } from './replica.ts';

export interface ValidatorOptions {
  readonly folder: string;
  readonly anvil: string;
  /** Another program in place of the validator's. */
  readonly script?: string;
  /** Seconds that a block may be ahead of the clock. */
  readonly aheadOfClock: number;
  /** Told of the processes that the validator starts, and when it has ended. */
  readonly onNode: (pid: number) => void;
  readonly onExit: (words: string, nodes: readonly number[]) => void;
}

const ownScript = fileURLToPath(new URL('validatorMain.ts', import.meta.url));

/** A validator as the collector knows it: a process of its own that is asked and answers, or does not. */
export class ValidatorProcess {
  readonly address: Hex;
  readonly folder: string;
  /** How many blocks it has, as it last said. */
  height = 0;
  /** Why it last refused something, or how it last failed. */
  lastRefusal: string | undefined;
  /** True from a question that it did not answer in time until it answers again. */
  silent = false;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  readonly #options: ValidatorOptions;
  #nodes: number[] = [];
  #id = 0;
  #exited = false;
  #stopping = false;
  readonly #ended: Promise<void>;

  private constructor(child: ChildProcess, address: Hex, options: ValidatorOptions) {
    this.#child = child;
    this.address = address;
    this.folder = options.folder;
    this.#options = options;
    child.on('message', (message: { id?: number; answer?: unknown }) => {
      if (message.id === undefined) return;
      this.silent = false;
      const { answer } = message;
      const isAnswer = typeof answer === 'object' && answer !== null;
      this.#waiting.get(message.id)?.(isAnswer ? answer : { refused: 'its answer is none' });
      this.#waiting.delete(message.id);
    });
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#exited = true;
        for (const settle of this.#waiting.values()) settle({ refused: 'its process has ended' });
        this.#waiting.clear();
        const words = this.#stopping
          ? ''
          : `Validator ${address} ended (${signal ?? `exit code ${code ?? 'unknown'}`}).`;
        options.onExit(words, this.#nodes);
        resolve();
      });
    });
  }

  /** @throws AuditorError `source` VALIDATOR_START */
  static async start(options: ValidatorOptions): Promise<ValidatorProcess> {
    const folder = await stateFolder(options.folder);
    const log = new RollingLog(join(folder, 'validator.log'));
    const program = await openProgram(options.script ?? ownScript);
    const child = fork(program.file, [folder, options.anvil, String(options.aheadOfClock)], {
      execArgv: [...program.loader],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A group of its own: Ctrl-C in the terminal must reach the process that started this only.
      detached: process.platform !== 'win32',
    });
    child.stderr?.on('data', (chunk: Buffer) => log.write(chunk.toString().trimEnd()));
    child.on('error', (error) => log.write(error.message));
    const address = await new Promise<Hex>((resolve, reject) => {
      const fault = () =>
        reject(
          new AuditorError(
            'source',
            'VALIDATOR_START',
            `The validator in ${basename(folder)} ended at once. It last wrote:\n${log.tail()}`,
          ),
        );
      child.once('exit', fault);
      child.once('error', fault);
      child.once('message', ({ ready }: { ready: Hex }) => {
        child.off('exit', fault);
        resolve(ready);
      });
    });
    return new ValidatorProcess(child, address, options);
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  get running(): boolean {
    return !this.#exited;
  }

  /** Lets it open its chain, which begins with this block. */
  async begin(genesis: Genesis, patience: number): Promise<void> {
    const asked = { genesis: genesis.header, genesisTime: genesis.time, chainId: genesis.chainId };
    const answer = await this.ask('begin', asked, patience);
    if ('refused' in answer) {
      throw new AuditorError('source', 'VALIDATOR_START', `Validator ${this.address} cannot begin: ${answer.refused}`);
    }
    this.height = answer.height;
    this.#nodes = [answer.node];
    this.#options.onNode(answer.node);
  }

  /** What it answers, or a refusal in its words or, where it does not answer in time, in ours. Never throws. */
  async ask<K extends Kind>(kind: K, asked: Questions[K]['asked'], patience: number): Promise<Answer<K> | Refusal> {
    const answer = await this.#send(kind, asked, patience);
    const settled = (answer ?? { refused: `it does not answer (${kind})` }) as Answer<K> | Refusal;
    if (answer === undefined) this.silent = true;
    this.lastRefusal = 'refused' in settled ? settled.refused : undefined;
    return settled;
  }

  #send(kind: Kind | 'stop', asked: unknown, patience: number): Promise<unknown> {
    if (this.#exited) return Promise.resolve({ refused: 'its process has ended' });
    const id = ++this.#id;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        resolve(undefined);
      }, patience);
      this.#waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.#child.send({ id, kind, asked }, () => undefined);
    });
  }

  /** Lets it put its state down and end, and ends it where it does not. */
  async stop(patience = 5000): Promise<void> {
    this.#stopping = true;
    if (!this.#exited) void this.#send('stop', {}, patience);
    const timer = setTimeout(() => this.kill(), this.silent ? 200 : patience);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends it at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
