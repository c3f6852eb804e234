import { concatBytes } from '../../bytes/bytes.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { toBase58 } from '../../vc/base58.ts';

/** Whoever exports: a key on P-256, known by its own DID (did:key). It says that the certificate passed through these hands, and nothing about what it proves. */
export interface Exporter {
  readonly did: string;
  /** The DID with its only key behind it. */
  readonly method: string;
  /** ECDSA with SHA-256 over the message, as r ‖ s. */
  readonly sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

/**
 * @param point the public key as 65 bytes, uncompressed (SEC 1 §2.3.3), as WebCrypto exports it `raw`
 * @throws FormatError for other lengths
 */
export function exporterOf(point: Uint8Array, sign: Exporter['sign']): Exporter {
  if (point.length !== 65 || point[0] !== 4) throw new FormatError('Key: an uncompressed point was expected.', 0);
  const compressed = concatBytes(Uint8Array.of(2 + ((point[64] as number) & 1)), point.subarray(1, 33));
  // The codec of P-256 as an unsigned varint (did:key; Controlled Identifiers 1.0 §2.2.2).
  const name = `z${toBase58(concatBytes(Uint8Array.of(0x80, 0x24), compressed))}`;
  return { did: `did:key:${name}`, method: `did:key:${name}#${name}`, sign };
}

/** An exporter whose key WebCrypto holds, one that cannot be taken out too. */
export async function webCryptoExporter({ privateKey, publicKey }: CryptoKeyPair): Promise<Exporter> {
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return exporterOf(
    point,
    async (message) =>
      new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, message)),
  );
}
