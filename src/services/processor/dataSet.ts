import { concatBytes, utf8 } from '../../core/bytes/bytes.ts';

/** What the cipher text of a data set is bound to, so that it is taken for nothing else. */
const additionalData = utf8('affidavit/data-set/1');
const nonceLength = 12;

export interface EncryptedDataSet {
  /** nonce (12 bytes) ‖ ciphertext and tag of AES-256-GCM. */
  readonly file: Uint8Array;
  /** 32 bytes, made for this data set and used once. */
  readonly key: Uint8Array;
}

export async function encryptDataSet(plain: Uint8Array): Promise<EncryptedDataSet> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
  const cipher = { name: 'AES-GCM', iv, additionalData };
  const ciphertext = await crypto.subtle.encrypt(cipher, await importKey(key, 'encrypt'), plain.slice());
  return { file: concatBytes(iv, new Uint8Array(ciphertext)), key };
}

/** Undefined where it was encrypted with another key, or changed. */
export async function decryptDataSet({ file, key }: EncryptedDataSet): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const cipher = { name: 'AES-GCM', iv: file.slice(0, nonceLength), additionalData };
  try {
    const plain = await crypto.subtle.decrypt(cipher, await importKey(key, 'decrypt'), file.slice(nonceLength));
    return new Uint8Array(plain);
  } catch {
    return undefined;
  }
}

async function importKey(key: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, [use]);
}
