import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { ioFault } from './ioFault.ts';
import { freePort, requireFreePort } from './port.ts';
import { retry } from './retry.ts';
import { RollingLog } from './rollingLog.ts';
import { stateFolder } from './stateFolder.ts';
import { writeFileDurably } from './writeFileDurably.ts';

const folder = await mkdtemp(join(tmpdir(), 'affidavit-helpers-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('retry', () => {
  const always = () => true;

  it('tries as often as it was told, and throws the last fault', async () => {
    let tries = 0;
    const operation = async () => {
      tries += 1;
      throw new Error(`fault ${tries}`);
    };
    await expect(retry(operation, { attempts: 3, firstWait: 1, retryable: always })).rejects.toThrow('fault 3');
    expect(tries).toBe(3);
  });

  it('ends with the first success', async () => {
    const operation = async (attempt: number) => {
      if (attempt < 3) throw new Error('not yet');
      return attempt;
    };
    expect(await retry(operation, { attempts: 9, firstWait: 1, retryable: always })).toBe(3);
  });

  it('does not repeat what cannot get better', async () => {
    let tries = 0;
    const operation = async () => {
      tries += 1;
      throw new Error('never');
    };
    await expect(retry(operation, { attempts: 5, firstWait: 1, retryable: () => false })).rejects.toThrow('never');
    expect(tries).toBe(1);
  });

  it('ends at once when it is aborted', async () => {
    const operation = async () => {
      throw new Error('fault');
    };
    const signal = AbortSignal.timeout(20);
    const options = { attempts: 50, firstWait: 60_000, longestWait: 60_000, retryable: always, signal };
    await expect(retry(operation, options)).rejects.toThrow(/abort|timeout/i);
  });
});

describe('ports', () => {
  it('are found free, and a used one is said in words', async () => {
    const port = await freePort();
    await requireFreePort(port, 'the example', 'choose another');
    // No server that takes any port and no connection is given one of these, and nobody the same one again.
    const more = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    expect(new Set([port, ...more]).size).toBe(21);
    for (const each of more) expect(each).toBeLessThan(32_768);
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const used = (server.address() as AddressInfo).port;
    await expect(requireFreePort(used, 'the example', 'choose another')).rejects.toMatchObject({
      kind: 'usage',
      code: 'PORT_IN_USE',
      message: `Port ${used} on 127.0.0.1, wanted for the example, is in use. Stop what uses it, or choose another.`,
    });
    server.close();
  });
});

describe('faults of the system', () => {
  it('are whole sentences, and keep their code', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(ioFault('The file x could not be written', full)).toMatchObject({
      kind: 'source',
      code: 'IO_ENOSPC',
      message: 'The file x could not be written: the disk is full; free some space and start again.',
      cause: full,
    });
    const known = new AuditorError('usage', 'X', 'y');
    expect(ioFault('z', known)).toBe(known);
    expect(ioFault('z', 'w')).toMatchObject({ code: 'IO_FAULT', message: 'z: w.' });
  });
});

describe('state', () => {
  it('goes into a folder that is made, or said to be impossible', async () => {
    const made = await stateFolder(folder, 'a', 'b');
    expect((await stat(made)).isDirectory()).toBe(true);
    await writeFile(join(folder, 'file'), '');
    await expect(stateFolder(folder, 'file', 'c')).rejects.toMatchObject({
      kind: 'source',
      message: expect.stringContaining('a part of the path is a file'),
    });
  });

  it('is replaced whole, and nothing is left beside it', async () => {
    const inner = await stateFolder(folder, 'durable');
    const path = join(inner, 'state.json');
    await writeFileDurably(path, 'one');
    await writeFileDurably(path, new TextEncoder().encode('two'));
    expect(await readFile(path, 'utf8')).toBe('two');
    const many = Array.from({ length: 20 }, (_, index) => String(index).repeat(5000));
    await Promise.all(many.map((each) => writeFileDurably(path, each)));
    expect(many).toContain(await readFile(path, 'utf8'));
    expect(await readdir(inner)).toEqual(['state.json']);
    await expect(writeFileDurably(join(inner, 'none', 'x'), 'y')).rejects.toMatchObject({ code: 'IO_ENOENT' });
  });
});

describe('a rolling log', () => {
  it('never grows beyond twice its bound, and knows its last lines', async () => {
    const log = new RollingLog(join(folder, 'x.log'), 1_000);
    for (let index = 0; index < 500; index += 1) log.write(`\u001b[31mline ${index}\u001b[0m`);
    const sizes = await Promise.all(['x.log', 'x.log.1'].map(async (name) => (await stat(join(folder, name))).size));
    expect(Math.max(...sizes)).toBeLessThan(1_100);
    expect(log.tail().split('\n')).toHaveLength(20);
    expect(log.tail().endsWith('line 499')).toBe(true);
    expect(await readFile(log.path, 'utf8')).toContain('line 499\n');
  });
});
