import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { findAnvil } from '../../services/ledger/findAnvil.ts';

/** A bare development node that mines when it is told to, under the oldest rules that the contracts must run under. */
export interface Anvil {
  readonly rpc: string;
  stop(): Promise<void>;
}

/**
 * @param hardfork whose rules it follows; `osaka` has the precompile for P-256
 * @throws AuditorError `source` ANVIL_MISSING where none can be had
 */
export async function startAnvil(hardfork: 'istanbul' | 'osaka' = 'istanbul'): Promise<Anvil> {
  const path = await findAnvil();
  const args = [
    '--port',
    '0',
    '--hardfork',
    hardfork,
    '--no-mining',
    '--gas-price',
    '0',
    // Under later rules a transaction pays a base fee.
    ...(hardfork === 'istanbul' ? [] : ['--base-fee', '0']),
    '--timestamp',
    '1000000000',
  ];
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  const rpc = `http://${await addressOf(child)}`;
  return {
    rpc,
    async stop() {
      process.removeListener('exit', end);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** It chooses a free port itself and says which. */
async function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /Listening on (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`anvil ended at once: ${said}`)));
  });
  const late = new AbortController();
  const silence = delay(60_000, undefined, { signal: late.signal }).then(() => {
    throw new Error(`anvil said no address: ${said}`);
  });
  silence.catch(() => undefined);
  try {
    return await Promise.race([address, silence]);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    late.abort();
  }
}
