import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Hardfork } from './hardfork.ts';

export interface AnvilProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What all executions of one chain have in common before its first block. */
export interface ChainRules {
  readonly chainId: number;
  /** Of block zero. */
  readonly time: number;
  readonly fork: Hardfork;
}

/**
 * An anvil that mines only when it is told to. What it makes of a block follows from the blocks before and what it is given, its own headers (whose hashes
 * EIP-2935 puts into the state) included.
 * It ends when this process does, but for a kill; against that there is the keeper of processes.
 * @param scratch folder where it puts states that it does not hold in memory; emptied now and at the end
 * @throws AuditorError `source` ANVIL_START
 */
export async function startAnvil(path: string, rules: ChainRules, scratch: string): Promise<AnvilProcess> {
  await rm(scratch, { recursive: true, force: true });
  const { chainId, time, fork } = rules;
  const args = ['--port', '0', '--no-mining', '--order', 'fifo', '--preserve-historical-states'];
  args.push('--hardfork', fork, '--chain-id', String(chainId), '--timestamp', String(time), '--cache-path', scratch);
  // EIP-7825, which is Osaka's: anvil leaves it out unless it is asked.
  if (fork === 'osaka') args.push('--enable-tx-gas-limit');
  // A group of its own: Ctrl-C in the terminal must not reach it before those that use it have stopped.
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  try {
    const url = `http://${await addressOf(child)}`;
    return {
      url,
      pid: child.pid as number,
      async stop() {
        child.kill('SIGKILL');
        await ended;
        process.removeListener('exit', end);
        await rm(scratch, { recursive: true, force: true });
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    process.removeListener('exit', end);
    throw error;
  }
}

/** It takes a free port and says which. */
async function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  const fault = (what: string) =>
    new AuditorError('source', 'ANVIL_START', `anvil ${what}${said === '' ? '' : `: ${said.slice(-2000)}`}`);
  const address = new Promise<string>((resolve, reject) => {
    let found = false;
    const read = (chunk: Buffer) => {
      if (found) return;
      said += chunk.toString();
      const listening = /Listening on (\S+)/.exec(said)?.[1];
      if (listening === undefined) return;
      found = true;
      resolve(listening);
    };
    // Both streams are read on: a full pipe would stop it.
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => reject(fault(`could not be started (${error.message})`)));
    child.once('exit', () => reject(fault('ended at once')));
  });
  const timer = new AbortController();
  const silence = delay(60_000, undefined, { signal: timer.signal }).then(() =>
    Promise.reject(fault('said no address')),
  );
  silence.catch(() => undefined);
  try {
    return await Promise.race([address, silence]);
  } finally {
    timer.abort();
  }
}
