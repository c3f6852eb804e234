import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fromBase64, toBase64 } from '../core/bytes/base64.ts';
import { webCryptoExporter, type Exporter } from '../core/certificate/export/exporter.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import { readGivenFile } from './files.ts';
import type { Io } from './io.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const begin = '-----BEGIN PRIVATE KEY-----\n';
const end = '\n-----END PRIVATE KEY-----\n';
const maximumLength = 4096;

/**
 * Makes a key on P-256 (PKCS #8 in PEM) in a file that only this user can read; a file that is there is never written over.
 * @throws AuditorError `usage` KEY_THERE, FILE_WRITE
 */
export async function makeExportKey(io: Io, name: string): Promise<Exporter> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
  try {
    const file = await open(resolve(io.folder, name), flags, 0o600);
    try {
      await file.writeFile(`${begin}${toBase64(pkcs8).replace(/.{64}(?=.)/g, '$&\n')}${end}`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new AuditorError(
        'usage',
        'KEY_THERE',
        `${name} is there already. Use it with --key, or give another path.`,
        {
          cause,
        },
      );
    }
    throw new AuditorError('usage', 'FILE_WRITE', `${name} cannot be written (${code}). Give another path.`, { cause });
  }
  return webCryptoExporter(pair);
}

/**
 * A key that `makeExportKey` or OpenSSL made (PKCS #8 in PEM, P-256).
 * @throws AuditorError `usage` KEY_OPEN where others can read it, KEY_FORM where it is none
 */
export async function readExportKey(io: Io, name: string): Promise<Exporter> {
  await refuseOpen(io, name);
  const text = new TextDecoder().decode(await readGivenFile(io.folder, name, maximumLength, io.signal));
  const inside = /^-----BEGIN PRIVATE KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END PRIVATE KEY-----\s*$/.exec(text)?.[1];
  try {
    if (inside === undefined) throw new FormatError('one block BEGIN PRIVATE KEY was expected', 0);
    const pkcs8 = fromBase64(inside.replace(/\s/g, ''));
    const readable = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']);
    const { d, key_ops: _, ...shown } = await crypto.subtle.exportKey('jwk', readable);
    const publicKey = await crypto.subtle.importKey('jwk', shown, algorithm, true, ['verify']);
    const privateKey = await crypto.subtle.importKey('jwk', { ...shown, ...(d ? { d } : {}) }, algorithm, false, [
      'sign',
    ]);
    return await webCryptoExporter({ privateKey, publicKey });
  } catch (cause) {
    const words = `${name} holds no private key on P-256 in PEM (PKCS #8). Make one with --new-key.`;
    throw new AuditorError('usage', 'KEY_FORM', words, { cause });
  }
}

/** A key that others on this machine can read is not this user's alone. Windows has no such modes. */
async function refuseOpen(io: Io, name: string): Promise<void> {
  if (process.getuid === undefined) return;
  const file = await open(resolve(io.folder, name), 'r').catch(() => undefined);
  if (!file) return;
  try {
    const { mode } = await file.stat();
    if ((mode & 0o077) === 0) return;
  } finally {
    await file.close();
  }
  const words = `${name} can be read by others on this machine. Close it (chmod 600), or make a new key if anyone else may have read it.`;
  throw new AuditorError('usage', 'KEY_OPEN', words);
}
