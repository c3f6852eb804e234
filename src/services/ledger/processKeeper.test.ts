import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { startProcessKeeper } from './processKeeper.ts';

const module_ = pathToFileURL(fileURLToPath(new URL('processKeeper.ts', import.meta.url))).href;
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

function sleeper() {
  return spawn(process.execPath, ['-e', 'setTimeout(()=>{},120000)'], { stdio: 'ignore' });
}

test('who is kept ends with it, who was released lives on', async () => {
  const [kept, released] = [sleeper(), sleeper()];
  const keeper = startProcessKeeper();
  for (const { pid } of [kept, released]) keeper.keep(pid as number);
  keeper.release(released.pid as number);
  const ended = once(kept, 'exit');
  await keeper.close();
  expect((await ended)[1]).toBe('SIGKILL');
  expect(released.exitCode).toBeNull();
  released.kill('SIGKILL');
});

test('who is kept ends when the process that started it is killed', async () => {
  const kept = sleeper();
  const code = `import(${JSON.stringify(module_)}).then(({startProcessKeeper})=>{startProcessKeeper().keep(${kept.pid});setTimeout(()=>console.log('kept'),50)})`;
  const parent = spawn(process.execPath, ['--import', tsx, '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(parent.stdout, 'data');
  const ended = once(kept, 'exit');
  parent.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
});
