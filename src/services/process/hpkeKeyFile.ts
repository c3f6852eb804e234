import { readFile } from 'node:fs/promises';
import { importHpkeKey, makeHpkeKey, publicKeyBytes } from '../../audit/hpke/hpke.ts';
import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from './ioFault.ts';
import { writeFileDurably } from './writeFileDurably.ts';

/**
 * A pair of keys to which others seal, kept in a file, made at first use.
 * @param loss what is lost without it, for words: `the shares that were sealed to it open with no other`
 * @throws AuditorError `source` IO_… | KEY_DAMAGED
 */
export async function openHpkeKey(path: string, loss: string): Promise<CryptoKeyPair> {
  let kept: string;
  try {
    kept = await readFile(path, 'utf8');
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The key ${path} cannot be read`, error);
    const made = await makeHpkeKey(true);
    const secret = new Uint8Array(await crypto.subtle.exportKey('pkcs8', made.privateKey));
    await writeFileDurably(path, `${toBase64Url(secret)} ${toBase64Url(await publicKeyBytes(made))}\n`);
    return made;
  }
  try {
    const [secret = '', open = ''] = kept.trim().split(' ');
    return await importHpkeKey(fromBase64Url(secret), fromBase64Url(open));
  } catch (cause) {
    throw new AuditorError('source', 'KEY_DAMAGED', `The key ${path} is damaged. Restore it: ${loss}.`, { cause });
  }
}
