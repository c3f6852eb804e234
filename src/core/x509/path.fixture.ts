import { x509 } from './x509.ts';

/** The time for which paths are made. */
export const pathTime = Date.UTC(2026, 2, 1, 12, 0, 0);

const day = 86_400_000;
const { KeyUsageFlags } = x509;

/** How one certificate of a path differs from a right one. */
export interface Level {
  readonly subject?: string;
  readonly issuer?: string;
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** null leaves the extension out. */
  readonly ca?: boolean | null;
  readonly pathLength?: number;
  readonly keyUsage?: x509.KeyUsageFlags | null;
  readonly curve?: 'P-256' | 'P-384';
  /** Digest of the signature on it. */
  readonly hash?: 'SHA-256' | 'SHA-384';
  readonly extensions?: readonly x509.Extension[];
  /** Signs with a key that is not the issuer's. */
  readonly forged?: boolean;
}

export interface MadePath {
  readonly ders: readonly Uint8Array[];
  readonly leafKeys: CryptoKeyPair;
  /** Of every certificate, in the same order. */
  readonly keys: readonly CryptoKeyPair[];
}

const newKeys = (namedCurve: string) =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

/** A path with one right certificate for each entry, each changed as its entry says: root first, leaf last, P-384 throughout. */
export async function makePath(levels: readonly Level[]): Promise<MadePath> {
  const ders: Uint8Array[] = [];
  const allKeys: CryptoKeyPair[] = [];
  let issuerName = 'CN=authority 1, O=Test';
  for (const [index, level] of levels.entries()) {
    const isLeaf = index === levels.length - 1;
    const { ca = !isLeaf, pathLength } = level;
    const { keyUsage = isLeaf ? KeyUsageFlags.digitalSignature : KeyUsageFlags.keyCertSign } = level;
    const subject = level.subject ?? (isLeaf ? 'CN=leaf, O=Test' : `CN=authority ${index + 1}, O=Test`);
    const keys = await newKeys(level.curve ?? 'P-384');
    const signer = level.forged ? await newKeys('P-384') : (allKeys.at(-1) ?? keys);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: `0${index + 1}`,
      subject,
      issuer: level.issuer ?? issuerName,
      notBefore: new Date(level.notBefore ?? pathTime - day),
      notAfter: new Date(level.notAfter ?? pathTime + day),
      publicKey: keys.publicKey,
      signingKey: signer.privateKey,
      signingAlgorithm: { name: 'ECDSA', hash: level.hash ?? 'SHA-384' },
      extensions: [
        ...(ca === null ? [] : [new x509.BasicConstraintsExtension(ca, pathLength, true)]),
        ...(keyUsage === null ? [] : [new x509.KeyUsagesExtension(keyUsage, !isLeaf)]),
        ...(level.extensions ?? []),
      ],
    });
    ders.push(new Uint8Array(certificate.rawData));
    allKeys.push(keys);
    issuerName = subject;
  }
  const leafKeys = allKeys.at(-1);
  if (!leafKeys) throw new Error('a path has certificates');
  return { ders, leafKeys, keys: allKeys };
}
