import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, untilReady, type ChildService } from '../process/childService.ts';
import { openProgram } from '../process/program.ts';
import { stateFolder } from '../process/stateFolder.ts';

/** A host or a validator as a process of its own. */
export interface SpawnedService extends Pick<ChildService, 'pid' | 'exited' | 'stop'> {
  readonly url: string;
  readonly did: string;
}

const scripts = {
  host: fileURLToPath(new URL('hostMain.ts', import.meta.url)),
  validator: fileURLToPath(new URL('../validator/validatorMain.ts', import.meta.url)),
} as const;

/**
 * Starts it, and comes back when it answers.
 * @param args as its main file takes them, but for `--state`
 * @throws AuditorError `source` CHILD_ENDED with what it said, CHILD_SILENT, IO_…
 */
export async function spawnService(
  kind: keyof typeof scripts,
  folder: string,
  args: readonly string[],
): Promise<SpawnedService> {
  const state = await stateFolder(folder);
  const program = await openProgram(scripts[kind]);
  let ready: { readonly listening: string; readonly did: string } | undefined;
  const child = await startChild({
    name: kind === 'host' ? 'the host' : 'a validator',
    args: [...program.loader, program.file, '--state', state, ...args],
    logFile: join(state, `${kind}.log`),
    onLine: (line) => {
      if (line.startsWith('{"listening":')) ready ??= JSON.parse(line) as typeof ready;
    },
  });
  try {
    await untilReady(child, async () => ready !== undefined, 120);
    const { listening: url, did } = ready as NonNullable<typeof ready>;
    return { pid: child.pid, exited: child.exited, stop: (patience) => child.stop(patience), url, did };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
