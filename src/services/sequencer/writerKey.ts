import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** The key by which a sequencer knows its writer. */
export interface WriterKey {
  readonly privateKey: KeyObject;
  /** SPKI DER, base64url: what a sequencer is started with. */
  readonly publicKey: string;
}

/** A key for this process only. */
export function makeWriterKey(): WriterKey {
  return describeKey(generateKeyPairSync('ed25519').privateKey);
}

/**
 * The writer's key of a state folder, made on first use, readable by its owner only.
 * @throws AuditorError `source` WRITER_KEY where the file is damaged, IO_… where it cannot be read or written
 */
export async function loadWriterKey(folder: string): Promise<WriterKey> {
  const path = join(await stateFolder(folder), 'writer-key.pem');
  try {
    const key = createPrivateKey(await readFile(path, 'utf8'));
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
    return describeKey(key);
  } catch (error) {
    const code = faultCode(error);
    if (code !== 'ENOENT') {
      if (code?.startsWith('E') && !code.startsWith('ERR_'))
        throw ioFault(`The writer's key ${path} cannot be read`, error);
      throw new AuditorError(
        'source',
        'WRITER_KEY',
        `The writer's key ${path} is damaged. Restore it, or delete it for a new one.`,
        {
          cause: error,
        },
      );
    }
  }
  const key = makeWriterKey();
  await writeFileDurably(path, key.privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  return key;
}

function describeKey(privateKey: KeyObject): WriterKey {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { privateKey, publicKey: toBase64Url(spki) };
}
