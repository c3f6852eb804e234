import { spawn } from 'node:child_process';

// Its standard input is a pipe from this process: when this process is gone, killed outright even, the pipe ends, and it ends whom it was told of.
const script = `let told='';
process.stdin.on('data',chunk=>{told+=chunk}).on('error',()=>{}).on('close',()=>{
  const kept=new Set();
  for(const line of told.split('\\n')){const pid=Number(line.slice(1));if(pid>1){if(line[0]==='+')kept.add(pid);else kept.delete(pid)}}
  for(const pid of kept)try{process.kill(pid,'SIGKILL')}catch{}
});`;

/** Ends processes that do not themselves notice that this one is gone. */
export interface ProcessKeeper {
  keep(pid: number): void;
  /** It has ended, its number may soon be another's. */
  release(pid: number): void;
  /** Ends all that are still kept. */
  close(): Promise<void>;
}

export function startProcessKeeper(): ProcessKeeper {
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    keep: (pid) => void child.stdin.write(`+${pid}\n`),
    release: (pid) => void child.stdin.write(`-${pid}\n`),
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
