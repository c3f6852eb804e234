import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { concatBytes } from '../../core/bytes/bytes.ts';
import { toBase58 } from '../../core/vc/base58.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** A P-256 key that signs, kept in a folder. */
export interface P256Key {
  /** x ‖ y, 64 bytes. */
  readonly point: Uint8Array;
  /** The point compressed: 33 bytes. */
  readonly compressed: Uint8Array;
  readonly pem: string;
  /** `z…`: codec and compressed point in base58. */
  readonly multikey: string;
  /** ECDSA with SHA-256: r ‖ s. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const codec = Uint8Array.of(0x80, 0x24);

/** The key of a folder under that name, made at first use, readable by its owner only. @throws AuditorError `source` IO_… | KEY_DAMAGED */
export async function openP256Key(folder: string, name: string): Promise<P256Key> {
  const path = join(await stateFolder(folder), `${name}.jwk`);
  let jwk: JsonWebKey;
  try {
    jwk = JSON.parse(await readFile(path, 'utf8')) as JsonWebKey;
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(path, error);
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The key ${path} cannot be read`, error);
    const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    jwk = await crypto.subtle.exportKey('jwk', privateKey);
    await writeFileDurably(path, `${JSON.stringify(jwk)}\n`);
  }
  try {
    return await keyOf(jwk);
  } catch (error) {
    throw damaged(path, error);
  }
}

async function keyOf(jwk: JsonWebKey): Promise<P256Key> {
  const privateKey = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']);
  const { kty, crv, x, y } = jwk;
  const publicJwk = { kty, crv, x, y } as JsonWebKey;
  const publicKey = await crypto.subtle.importKey('jwk', publicJwk, algorithm, true, ['verify']);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64');
  const compressed = concatBytes(Uint8Array.of(2 + ((raw[64] ?? 0) & 1)), raw.subarray(1, 33));
  return {
    point: raw.slice(1),
    compressed,
    pem: `-----BEGIN PUBLIC KEY-----\n${spki.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PUBLIC KEY-----\n`,
    multikey: `z${toBase58(concatBytes(codec, compressed))}`,
    sign: async (message) =>
      new Uint8Array(
        await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, message as Uint8Array<ArrayBuffer>),
      ),
  };
}

function damaged(path: string, cause: unknown): AuditorError {
  const words = `The key ${path} is damaged. Restore it; without it whoever had it has to be registered anew.`;
  return new AuditorError('source', 'KEY_DAMAGED', words, { cause });
}
