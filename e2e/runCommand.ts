import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ran {
  readonly code: number;
  /** Standard output, line by line, each parsed. */
  readonly lines: readonly unknown[];
}

const project = fileURLToPath(new URL('../', import.meta.url));

/** A command of the project as `npm run` starts it: from the project's folder, with the caller's in INIT_CWD. */
export function runCommand(name: string, args: readonly string[], caller: string): Promise<Ran> {
  const argv = ['node_modules/tsx/dist/cli.mjs', `src/cli/${name}.ts`, ...args];
  const options = { cwd: project, env: { ...process.env, INIT_CWD: caller } };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, options, (_error, out) => {
      const lines = out.split('\n').filter((line) => line !== '');
      resolve({ code: child.exitCode ?? -1, lines: lines.map((line) => JSON.parse(line) as unknown) });
    });
  });
}
