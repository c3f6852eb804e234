import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, constants, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { concatBytes } from '../../core/bytes/bytes.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { stateFolder } from '../process/stateFolder.ts';
import type { Tpm } from './softwareTpm.ts';
import { createKeyCommand, extendCommand, quoteCommand, readCommand, TpmAnswer } from './tpmCommands.ts';
import { encodeAttestation, encodeEventLog, type MeasuredEvent } from './tpmMessages.ts';

const registers = [0, 1, 2, 3, 4, 5, 6, 7];
const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(
    createHash('sha256')
      .update(concatBytes(...parts))
      .digest(),
  );

/** The program swtpm, where it is on the path. */
export async function findSwtpm(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'swtpm');
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

/**
 * A TPM 2.0 as swtpm emulates it: registers, key and quotes are its own, made by commands to its socket; its key follows from the seed in the state folder. It is a program all the same, and labelled so.
 * It ends with the connection, and so with this process.
 * @throws AuditorError `source` TPM_PROGRAM where it cannot be started or refuses a command
 */
export async function openSwtpm(program: string, folder: string): Promise<Tpm & { close(): Promise<void> }> {
  const state = join(await stateFolder(folder), 'swtpm');
  await mkdir(state, { recursive: true, mode: 0o700 });
  // Addresses of sockets are short.
  const place = await mkdtemp(join(tmpdir(), 'swtpm-'));
  const path = join(place, 'tpm');
  const args = ['socket', '--tpm2', '--tpmstate', `dir=${state}`, '--server', `type=unixio,path=${path}`];
  const child = spawn(program, [...args, '--flags', 'not-need-init,startup-clear', '--terminate'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', resolve).once('error', () => resolve()));
  const socket = await connect(path, ended).catch(async (error: unknown) => {
    child.kill();
    await rm(place, { recursive: true, force: true });
    throw error;
  });
  const ask = createAsk(socket);
  const key = await ask('its key', createKeyCommand());
  const handle = key.u32();
  key.u32();
  const publicArea = key.sized();
  const values = registers.map((): Uint8Array => new Uint8Array(32));
  const events: MeasuredEvent[] = [];
  let extended: Promise<unknown> = Promise.resolve();
  return {
    status: 'software',
    attestationKey: await pemOf(publicArea),
    extend(register, type, measured, said = measured) {
      const before = values[register];
      if (before === undefined) throw new RangeError(`Register ${register} is none of ${registers.join(', ')}.`);
      const digest = sha256(measured);
      values[register] = sha256(before, digest);
      events.push({ register, type, digest, data: said });
      extended = extended.then(() => ask('a measurement', extendCommand(register, digest)));
      extended.catch(() => undefined);
    },
    log: () => encodeEventLog(events),
    digest: () => sha256(...values),
    async quote(nonce) {
      await extended;
      const answer = await ask('a quote', quoteCommand(handle, nonce));
      const end = answer.u32() + answer.place;
      const quote = answer.sized();
      const signature = answer.bytes(end - answer.place);
      const read = await ask('its registers', readCommand());
      // The counter of changes, and which registers follow.
      read.bytes(4 + 10);
      const own = new Map(Array.from({ length: read.u32() }, (_, register) => [register, read.sized()] as const));
      return encodeAttestation({ publicArea, quote, signature, values: own, log: encodeEventLog(events) });
    },
    async close() {
      socket.destroy();
      await ended;
      await rm(place, { recursive: true, force: true });
    },
  };
}

async function connect(path: string, ended: Promise<void>): Promise<Socket> {
  const isOver = ended.then(() => true);
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = createConnection(path);
    const open = await new Promise<boolean>((resolve) =>
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)),
    );
    if (open) return socket;
    if (await Promise.race([isOver, delay(50, false)])) break;
  }
  throw new AuditorError('source', 'TPM_PROGRAM', 'swtpm does not start.');
}

/** TPM_RC_RETRY (Part 2 §6.6.3). */
const retry = 0x922;

/** One command after the other; an answer says its length behind its tag. */
function createAsk(socket: Socket): (what: string, command: Uint8Array) => Promise<TpmAnswer> {
  let turn: Promise<unknown> = Promise.resolve();
  const one = (command: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      let held: Uint8Array = new Uint8Array();
      const over = () => reject(new AuditorError('source', 'TPM_PROGRAM', 'swtpm has ended.'));
      const take = (part: Uint8Array) => {
        held = concatBytes(held, part);
        const isWhole = held.length >= 10 && held.length >= new DataView(held.buffer, held.byteOffset).getUint32(2);
        if (!isWhole) return;
        socket.off('data', take).off('close', over);
        resolve(held);
      };
      socket.on('data', take).once('close', over);
      socket.write(command);
    });
  return (what, command) => {
    const answer = turn.then(async () => {
      for (let tries = 0; ; tries += 1) {
        const read = new TpmAnswer(await one(command));
        const code = read.head();
        if (code === 0) return read;
        // It asks for the same again, as it does while it tests itself.
        if (code === retry && tries < 10) continue;
        throw new AuditorError('source', 'TPM_PROGRAM', `swtpm refuses ${what}: 0x${code.toString(16)}.`);
      }
    });
    turn = answer.catch(() => undefined);
    return answer;
  };
}

/** The two coordinates stand at the end of the public area. */
async function pemOf(publicArea: Uint8Array): Promise<string> {
  const read = new TpmAnswer(publicArea);
  read.bytes(8);
  read.sized();
  // No symmetric algorithm, scheme and its hash, curve, no derivation.
  read.bytes(10);
  const padded = (value: Uint8Array): Uint8Array => concatBytes(new Uint8Array(32 - value.length), value);
  const point = concatBytes(Uint8Array.of(4), padded(read.sized()), padded(read.sized()));
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('raw', point as Uint8Array<ArrayBuffer>, algorithm, true, ['verify']);
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', key)).toString('base64');
  return `-----BEGIN PUBLIC KEY-----\n${spki.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PUBLIC KEY-----\n`;
}
