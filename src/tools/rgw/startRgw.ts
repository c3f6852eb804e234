import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { requireFreePort } from '../../services/process/port.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { cephConf } from './cephConf.ts';
import { run } from './run.ts';

export interface Rgw {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  stop(): Promise<void>;
}

const monitorPort = 16789;
const port = 7480;

/**
 * One Ceph monitor, one OSD in memory and one RADOS gateway on 127.0.0.1, from an unpacked tree; all of them end with this process, however it
 * ends, and what they stored is gone then.
 * @param tree as `unpackCeph` makes it
 * @throws AuditorError `usage` PORT_IN_USE; `source` RGW_START with the last lines of what was said
 */
export async function startRgw(tree: string): Promise<Rgw> {
  await requireFreePort(port, 'the RADOS gateway', 'stop the other one');
  await requireFreePort(monitorPort, 'the Ceph monitor', 'stop the other one');
  const work = await mkdtemp(join(tmpdir(), 'affidavit-rgw-'));
  const daemons: ChildProcess[] = [];
  const stop = async () => {
    for (const daemon of daemons.splice(0).reverse()) {
      const gone = new Promise((resolve) => daemon.once('close', resolve));
      daemon.stdin?.end();
      if (daemon.exitCode === null && daemon.signalCode === null) await Promise.race([gone, delay(15_000)]);
    }
    await rm(work, { recursive: true, force: true });
  };
  try {
    for (const part of ['mon', 'osd', 'run', 'rgw']) await mkdir(join(work, part));
    const environment = await environmentOf(tree);
    const conf = join(work, 'ceph.conf');
    const fsid = randomUUID();
    const osd = randomUUID();
    await writeFile(conf, cephConf({ tree: environment.libraries, work, fsid, monitorPort, port }));
    const call = (program: string, ...args: readonly string[]) =>
      run(join(tree, 'usr', 'bin', program), args, environment.variables, 60);
    const daemon = async (program: string, ...args: readonly string[]) =>
      daemons.push(await launch(join(tree, 'usr', 'bin', program), args, environment.variables, work));

    await call(
      'monmaptool',
      '--create',
      '--addv',
      'a',
      `[v1:127.0.0.1:${monitorPort}]`,
      '--fsid',
      fsid,
      join(work, 'monmap'),
    );
    await call('ceph-mon', '--mkfs', '-i', 'a', '--monmap', join(work, 'monmap'), '-c', conf);
    await daemon('ceph-mon', '-f', '-i', 'a', '-c', conf);
    const ceph = [join(tree, 'usr', 'bin', 'ceph'), '-c', conf];
    await run('python3', [...ceph, 'osd', 'new', osd], environment.variables, 60);
    await call('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', osd, '-c', conf);
    await daemon('ceph-osd', '-f', '-i', '0', '-c', conf);
    await daemon('radosgw', '-f', '-n', 'client.rgw', '-c', conf);
    const endpoint = `http://127.0.0.1:${port}`;
    await untilAnswers(endpoint, 120, work);
    const keys = { accessKey: 'affidavit', secretKey: randomUUID() };
    const user = ['--uid=affidavit', '--display-name=affidavit', `--access-key=${keys.accessKey}`];
    await call(
      'radosgw-admin',
      '-c',
      conf,
      '-n',
      'client.rgw',
      'user',
      'create',
      ...user,
      `--secret-key=${keys.secretKey}`,
    );
    return { endpoint, ...keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function environmentOf(tree: string): Promise<{ libraries: string; variables: NodeJS.ProcessEnv }> {
  const folders = await readdir(join(tree, 'usr', 'lib'));
  const machine = folders.find((name) => name.endsWith('-linux-gnu')) ?? '';
  const libraries = join(tree, 'usr', 'lib', machine);
  const variables = {
    ...process.env,
    LD_LIBRARY_PATH: [libraries, join(libraries, 'ceph'), join(tree, 'lib', machine)].join(':'),
    PYTHONPATH: join(tree, 'usr', 'lib', 'python3', 'dist-packages'),
  };
  return { libraries, variables };
}

/** Its standard input is a pipe from here: when that ends, because it is closed or this process is gone, the daemon is told to end. */
async function launch(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  work: string,
): Promise<ChildProcess> {
  const script = '"$@" </dev/null & daemon=$!; cat >/dev/null; kill $daemon; wait $daemon';
  const output = await open(join(work, `${program.split('/').at(-1)}.out`), 'a');
  // A group of its own, so that Ctrl-C reaches this process alone.
  const child = spawn('/bin/sh', ['-c', script, 'sh', program, ...args], {
    env,
    detached: true,
    stdio: ['pipe', output.fd, output.fd],
  });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.stdin?.on('error', () => undefined);
  await output.close();
  return child;
}

async function untilAnswers(endpoint: string, seconds: number, work: string): Promise<void> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await delay(200)) {
    const answer = await fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
  }
  const said = ['ceph-mon.out', 'ceph-osd.out', 'radosgw.out'].map(async (name) => {
    const text = await readFile(join(work, name), 'utf8').catch(() => '');
    return `${name}: ${text.slice(-500).trim()}`;
  });
  const message = `The RADOS gateway did not answer within ${seconds} seconds.\n${(await Promise.all(said)).join('\n')}`;
  throw new AuditorError('source', 'RGW_START', message);
}
