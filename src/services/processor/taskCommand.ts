import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { privateKeyToAccount } from 'viem/accounts';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { moment } from '../../core/certificate/moment.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { combine, verdictOf } from '../../core/verdict/status.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { programMeasurement } from '../sequencer/programMeasurement.ts';
import { lockState } from '../start/lockState.ts';
import { importHpkeKey, makeHpkeKey, publicKeyBytes } from '../../audit/hpke/hpke.ts';
import { fetchResult, submitContainer, submitTask } from './owner.ts';
import { openProcessor } from './processor.ts';
import type { JournalEntry } from './taskJournal.ts';
import { openTaskLedger, type TaskLedger } from './taskLedger.ts';

const taskUsage = `Tasks of ProofOfExecution, with a simulated enclave.

  npm run -s task -- process --trust FILE --exchange FOLDER --store FOLDER --state FOLDER [--account ADDRESS] [--hours N] [--tasks N]
  npm run -s task -- submit  --trust FILE --exchange FOLDER --store FOLDER --state FOLDER --offer N --program FILE --data FILE
                             [--account ADDRESS] [--hours N]
  npm run -s task -- submit  --trust FILE --container IMAGE@sha256:DIGEST [--data FILE] [--account ADDRESS] [--hours N]
  npm run -s task -- fetch   --trust FILE --store FOLDER --state FOLDER --task N --out FOLDER [--account ADDRESS]

  --trust     trust file with the ledger, its nodes and the address of its contract ProofOfExecution; for an owner also root and measurement of the
              runner. "process" writes such a file, trust.json, into its state folder.
  --account   address of an account of which the node has the key (development); else AFFIDAVIT_ACCOUNT_KEY holds the private key, in hex
  --container records a task whose program is a container, by the digest of its image's manifest; containers are not run by "process"
  --exchange  where key documents and sealed secret files lie; --store: programs, encrypted data sets and results
  --state     keys and journals, one folder for each party
`;

type Values = Readonly<Record<string, string | undefined>>;

export interface TaskIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** @throws AuditorError */
export async function taskCommand(args: readonly string[], io: TaskIo): Promise<void> {
  if (args.includes('--help')) return io.say(taskUsage);
  const names = [
    'trust',
    'exchange',
    'store',
    'state',
    'account',
    'offer',
    'task',
    'program',
    'data',
    'out',
    'container',
  ];
  const options = Object.fromEntries([...names, 'hours', 'tasks'].map((name) => [name, { type: 'string' }] as const));
  const { values, positionals } = parse(args, options);
  const commands = { process: processTasks, submit, fetch: fetchTask };
  const [name, ...rest] = positionals;
  if (rest.length > 0 || !(name === 'process' || name === 'submit' || name === 'fetch')) {
    const problem =
      rest.length > 0
        ? `${JSON.stringify(rest[0])} is one word too many.`
        : `There is no command ${JSON.stringify(name)}.`;
    throw new AuditorError(
      'usage',
      'TASK_USAGE',
      `${name === undefined ? 'What is to be done?' : problem}\n\n${taskUsage}`,
    );
  }
  await commands[name](values, io);
}

function parse(args: readonly string[], options: Record<string, { readonly type: 'string' }>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true }) as { values: Values; positionals: string[] };
  } catch (cause) {
    throw new AuditorError('usage', 'TASK_USAGE', `${(cause as Error).message}\n\n${taskUsage}`, { cause });
  }
}

async function processTasks(values: Values, io: TaskIo): Promise<void> {
  const { trust, ledger } = await openLedger(values, io);
  const folder = await stateFolder(pathOf(values, 'state', io));
  // Two of one folder would each take the other's tasks for lost.
  const release = await lockState(folder);
  try {
    await processIn(folder, values, io, trust, ledger);
  } finally {
    await release();
  }
}

async function processIn(folder: string, values: Values, io: TaskIo, trust: Trust, ledger: TaskLedger): Promise<void> {
  const { pcrs } = await programMeasurement(fileURLToPath(new URL('runner.ts', import.meta.url)));
  const nsm = await createNsmSimulator({ stateFolder: folder, measurement: pcrs });
  const { rootPem, pcrs: measured } = nsm.describe();
  const nitro = { roots: [rootPem as string], measurements: [{ pcrs: measured }] };
  await writeFileDurably(join(folder, 'trust.json'), serializeTrust({ ...trust, nitro }));
  io.say(`Owners pin this runner with ${join(folder, 'trust.json')}: a SIMULATED enclave, which proves nothing.`);
  const [exchange, store] = [folderOf(values, 'exchange', io), folderOf(values, 'store', io)];
  const processor = await openProcessor({
    ledger,
    nsm,
    folder,
    exchange,
    stores: [store],
    onDeclined: (task, { code, message }) => io.say(`task ${task} not approved (${code}): ${message}`),
  });
  const until = secondsFromNow(values);
  for (let left = numberOf(values, 'tasks', Infinity); left > 0; left -= 1) {
    for (const resumed of await processor.resume()) if (resumed.task !== undefined) io.say(sayTask(resumed));
    const offer = await processor.offer(until);
    io.say(`offer ${offer}`);
    io.say(`It waits for a task that is matched with it, until ${moment(until)}.`);
    let done = await processor.work(offer);
    for (; done === undefined; done = await processor.work(offer)) {
      if (Date.now() / 1000 > until) return io.say(`offer ${offer} has lapsed`);
      await delay(1000, undefined, { ...(io.signal && { signal: io.signal }) });
    }
    io.say(sayTask(done));
  }
}

function sayTask({ task, step, reason }: JournalEntry): string {
  return `task ${task} ${step}${reason === undefined ? '' : ` (${reason})`}`;
}

async function submit(values: Values, io: TaskIo): Promise<void> {
  const { trust, ledger } = await openLedger(values, io);
  const image = values['container'];
  if (image !== undefined) {
    const data = values['data'] === undefined ? undefined : await readInput(pathOf(values, 'data', io));
    const dataSet = data && toHex0x(sha3(data));
    const id = await submitContainer(ledger, { image, dataSet, deadline: secondsFromNow(values) });
    return io.say(`task ${id}: the container is recorded by its digest; it is not run here`);
  }
  const [program, data] = await Promise.all(['program', 'data'].map((name) => readInput(pathOf(values, name, io))));
  const id = await submitTask(ledger, {
    offer: BigInt(numberOf(values, 'offer')),
    program: program as Uint8Array,
    dataSet: data as Uint8Array,
    exchange: folderOf(values, 'exchange', io),
    store: folderOf(values, 'store', io),
    ownerKey: await openOwnerKey(pathOf(values, 'state', io)),
    pins: { roots: trust.nitro?.roots ?? [], measurements: trust.nitro?.measurements ?? [] },
    deadline: secondsFromNow(values),
  });
  io.say(`task ${id}`);
}

async function fetchTask(values: Values, io: TaskIo): Promise<void> {
  const { trust, ledger } = await openLedger(values, io);
  const ownerKey = await openOwnerKey(pathOf(values, 'state', io));
  const id = BigInt(numberOf(values, 'task'));
  const fetched = await fetchResult(ledger, id, { store: folderOf(values, 'store', io), ownerKey, trust });
  const out = pathOf(values, 'out', io);
  const { stdout, files } = fetched.result;
  await keep(out, 'result.cbor', fetched.resultFile);
  await keep(out, 'attestation.cbor', fetched.document);
  await keep(out, 'stdout', stdout);
  for (const { path, bytes } of files) await keep(join(out, 'files'), path, bytes);
  io.say(
    `task ${id} ${verdictOf(combine(fetched.judged.checks.map(({ status }) => status)))}: ${files.length} files and standard output in ${out}`,
  );
}

/** `name`: a path that does not lead out, see `parseResult`. */
async function keep(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  } catch (error) {
    throw ioFault(`The file ${path} cannot be written`, error);
  }
}

/** The owner's key, made at first use; results are sealed to it. */
async function openOwnerKey(folder: string): Promise<CryptoKeyPair> {
  const path = join(await stateFolder(folder), 'owner-key.json');
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as { privateKey: string; publicKey: string };
    return await importHpkeKey(fromHex(kept.privateKey), fromHex(kept.publicKey));
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The owner's key ${path} cannot be read`, error);
  }
  const made = await makeHpkeKey(true);
  const privateKey = toHex(new Uint8Array(await crypto.subtle.exportKey('pkcs8', made.privateKey)));
  await writeFileDurably(path, JSON.stringify({ privateKey, publicKey: toHex(await publicKeyBytes(made)) }));
  return made;
}

async function openLedger(values: Values, io: TaskIo): Promise<{ trust: Trust; ledger: TaskLedger }> {
  const trust = parseTrust(await readInput(pathOf(values, 'trust', io)));
  const pin = trust.evm?.find(({ contracts }) => contracts?.['ProofOfExecution'] !== undefined);
  const contract = pin?.contracts?.['ProofOfExecution'];
  if (!pin || !contract) {
    const words = 'The trust file has no ledger with the contract ProofOfExecution (evm[].contracts).';
    throw new AuditorError('usage', 'TASK_LEDGER', words);
  }
  const key = io.env['AFFIDAVIT_ACCOUNT_KEY'];
  const given = values['account'] as Hex | undefined;
  const account = given ?? (key === undefined ? undefined : privateKeyToAccount(key as Hex));
  if (account === undefined) {
    const words = '--account is missing, and AFFIDAVIT_ACCOUNT_KEY holds no key: whose transactions are these?';
    throw new AuditorError('usage', 'TASK_USAGE', `${words}\n\n${taskUsage}`);
  }
  return { trust, ledger: openTaskLedger({ rpc: pin.rpc ?? [], pin, contract: contract as Hex, account }) };
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw ioFault(`The file ${path} cannot be read`, error);
  }
}

const folderOf = (values: Values, name: string, io: TaskIo) =>
  ({ kind: 'folder', path: pathOf(values, name, io) }) as const;

function pathOf(values: Values, name: string, { folder }: TaskIo): string {
  const value = values[name];
  if (value === undefined) throw missing(name);
  return resolve(folder, value);
}

function numberOf(values: Values, name: string, without?: number): number {
  const value = values[name];
  if (value === undefined && without !== undefined) return without;
  if (value === undefined) throw missing(name);
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value);
  throw new AuditorError('usage', 'TASK_USAGE', `--${name} is a whole number from 1, not ${value.slice(0, 40)}.`);
}

const secondsFromNow = (values: Values) => Math.floor(Date.now() / 1000) + numberOf(values, 'hours', 24) * 3600;

function missing(name: string): AuditorError {
  return new AuditorError('usage', 'TASK_USAGE', `--${name} is missing.\n\n${taskUsage}`);
}
