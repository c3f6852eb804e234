import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { fromHex } from '../../bytes/hex.ts';
import { array, map, negative, signMessage, text, uint } from '../../cose/cose.fixture.ts';
import { x509 } from '../../x509/x509.ts';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** How an image is made; everything has a right default. */
export interface EifParts {
  readonly version?: number;
  readonly flags?: number;
  readonly kernel?: Uint8Array;
  readonly cmdline?: Uint8Array;
  /** The first boots, the others are the application. */
  readonly ramdisks?: readonly Uint8Array[];
  /** null leaves the section out. */
  readonly metadata?: Uint8Array | null;
  /** A signature section as it is; see `signEif`. */
  readonly signature?: Uint8Array;
  /** By number of the type; the order of AWS's builder otherwise. */
  readonly sections?: readonly (readonly [type: number, content: Uint8Array])[];
  /** Changes the header before the checksum is taken. */
  readonly header?: (view: DataView) => void;
  /** Changes the finished file, checksum and all. */
  readonly file?: (file: Uint8Array) => Uint8Array;
}

const filled = (length: number, first: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (first + index * 7 + (index >> 8)) & 255);

export const eifParts = {
  kernel: filled(5000, 1),
  cmdline: utf8('reboot=k panic=30 pci=off nomodules console=ttyS0 i8042.noaux'),
  ramdisks: [filled(3001, 2), filled(7777, 3)],
  metadata: utf8(
    '{"ImageName":"demo","ImageVersion":"1.0","BuildMetadata":{"BuildTime":"2026-03-01T12:00:00Z","BuildTool":"nitro-cli"},"DockerInfo":{},"CustomMetadata":null}',
  ),
} as const;

/** An image in the form that AWS's builder writes: header, kernel, command line, metadata, ramdisks, signature. */
export function makeEif(parts: EifParts = {}): Uint8Array {
  const { version = 4, flags = 0, kernel = eifParts.kernel, cmdline = eifParts.cmdline } = parts;
  const { ramdisks = eifParts.ramdisks, metadata = eifParts.metadata, signature } = parts;
  const sections = parts.sections ?? [
    [1, kernel],
    [2, cmdline],
    ...(metadata ? [[5, metadata] as const] : []),
    ...ramdisks.map((ramdisk) => [3, ramdisk] as const),
    ...(signature ? [[4, signature] as const] : []),
  ];
  const header = new Uint8Array(548);
  const view = new DataView(header.buffer);
  header.set(utf8('.eif'));
  view.setUint16(4, version);
  view.setUint16(6, flags);
  view.setBigUint64(8, 1024n * 1024n * 1024n);
  view.setBigUint64(16, 2n);
  view.setUint16(26, sections.length);
  let offset = 548;
  const body = sections.map(([type, content], index) => {
    view.setBigUint64(28 + 8 * index, BigInt(offset));
    view.setBigUint64(284 + 8 * index, BigInt(content.length));
    offset += 12 + content.length;
    const head = new Uint8Array(12);
    const headView = new DataView(head.buffer);
    headView.setUint16(0, type);
    headView.setBigUint64(4, BigInt(content.length));
    return concatBytes(head, content);
  });
  parts.header?.(view);
  const made = concatBytes(header, ...body);
  const file = parts.file?.(made) ?? made;
  new DataView(file.buffer).setUint32(544, crc32(file.subarray(548), crc32(file.subarray(0, 544))));
  return file;
}

/** The rule as AWS describes it, over whole byte arrays and Node's own hash: what `measureEif` is held against. */
export function referenceRegister(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha384');
  for (const part of parts) hash.update(part);
  return createHash('sha384').update(new Uint8Array(48)).update(hash.digest()).digest('hex');
}

export function referenceRegisters(parts: EifParts = {}): Readonly<Record<'0' | '1' | '2', string>> {
  const { kernel = eifParts.kernel, cmdline = eifParts.cmdline, ramdisks = eifParts.ramdisks } = parts;
  const first = ramdisks.slice(0, 1);
  return {
    '0': referenceRegister(kernel, cmdline, ...ramdisks),
    '1': referenceRegister(kernel, cmdline, ...first),
    '2': referenceRegister(...ramdisks.slice(1)),
  };
}

export const signingTime = Date.UTC(2026, 2, 1);
const day = 86_400_000;

export interface Signer {
  readonly keys: CryptoKeyPair;
  readonly der: Uint8Array;
  readonly pem: string;
}

/** A key and a certificate of its own, as people make them for signing images. */
export async function makeSigner(namedCurve = 'P-384'): Promise<Signer> {
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=builder, O=Test',
    notBefore: new Date(signingTime - day),
    notAfter: new Date(signingTime + day),
    keys,
    // The library would write an empty list of extensions, which RFC 5280 §4.1 does not allow.
    extensions: [new x509.BasicConstraintsExtension(true)],
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-384' },
  });
  return { keys, der: new Uint8Array(certificate.rawData), pem: certificate.toString('pem') };
}

/** Each byte a number of its own, as serde writes vectors of bytes. */
export const numbers = (value: Uint8Array): Uint8Array => array(...Array.from(value, (byte) => uint(byte)));

const headers: Readonly<Record<string, Uint8Array>> = {
  'P-256': map([uint(1), negative(-7)]),
  'P-384': map([uint(1), negative(-35)]),
  'P-521': map([uint(1), negative(-36)]),
};
const hashes: Readonly<Record<string, string>> = { 'P-256': 'SHA-256', 'P-384': 'SHA-384', 'P-521': 'SHA-512' };

/** A signature section over a register's value. */
export async function signEif(
  { keys, pem }: Signer,
  value: string,
  changes: {
    readonly register?: number;
    readonly pem?: string;
    readonly signature?: (signature: Uint8Array) => Uint8Array;
    readonly protectedHeader?: Uint8Array;
    readonly wrap?: (entry: Uint8Array) => Uint8Array;
  } = {},
): Promise<Uint8Array> {
  const curve = (keys.publicKey.algorithm as EcKeyAlgorithm).namedCurve;
  const payload = map(
    [text('register_index'), uint(changes.register ?? 0)],
    [text('register_value'), numbers(fromHex(value))],
  );
  const message = await signMessage(payload, keys.privateKey, {
    protectedHeader: changes.protectedHeader ?? (headers[curve] as Uint8Array),
    hash: hashes[curve] as string,
    ...(changes.signature ? { signature: changes.signature } : {}),
  });
  const entry = map(
    [text('signing_certificate'), numbers(utf8(changes.pem ?? pem))],
    [text('signature'), numbers(message)],
  );
  return changes.wrap?.(entry) ?? array(entry);
}
