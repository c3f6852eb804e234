import { toHex } from '../../bytes/hex.ts';
import { x509 } from '../../x509/x509.ts';
import type { AmdRoot } from './amdRoots.ts';
import type { AmdProduct } from './product.ts';
import { reportLength, signedLength } from './report.ts';
import { testRsaKeys } from './rsaKey.fixture.ts';

/** The time for which certificates are made. */
export const snpTime = Date.UTC(2026, 2, 1, 12, 0, 0);

const day = 86_400_000;
const arc = '1.3.6.1.4.1.3704.1';
const { KeyUsageFlags } = x509;

type RsaKeys = Promise<CryptoKeyPair>;

/** Shorter than AMD's, since nothing under it ever holds. */
const newRsa = (): RsaKeys =>
  crypto.subtle.generateKey(
    { name: 'RSA-PSS', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-384' },
    true,
    ['sign', 'verify'],
  );
export const newP384 = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify']);

/** Made once for each file of tests. */
const keys: Record<string, Promise<CryptoKeyPair>> = {};
const keysOf = (name: string, make: () => Promise<CryptoKeyPair>): Promise<CryptoKeyPair> => (keys[name] ??= make());
export const rootKeys = (): RsaKeys => keysOf('root', testRsaKeys);
/** The same key for both: what tells them apart is their names, and one less is made. */
const authorityKeys = rootKeys;
export const strangerKeys = (): RsaKeys => keysOf('stranger', newRsa);
export const leafKeys = (): Promise<CryptoKeyPair> => keysOf('leaf', newP384);

/** How a certificate differs from a right one. */
export interface CertificateChanges {
  readonly subject?: string;
  readonly issuer?: string;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly ca?: boolean;
  readonly keyUsage?: x509.KeyUsageFlags;
  readonly signer?: CryptoKeyPair;
  readonly key?: CryptoKey;
  readonly saltLength?: number;
  /** Values of AMD's extensions by the end of their name: `3.1`, `4`; undefined leaves one out. */
  readonly extensions?: Readonly<Record<string, Uint8Array | undefined>>;
}

interface Whole extends CertificateChanges {
  readonly subject: string;
  readonly issuer: string;
  readonly key: CryptoKey;
  readonly signer: CryptoKeyPair;
}

async function makeCertificate(made: Whole, extensions: readonly x509.Extension[]): Promise<Uint8Array> {
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '00',
    subject: made.subject,
    issuer: made.issuer,
    notBefore: new Date(made.notBefore ?? snpTime - day),
    notAfter: new Date(made.notAfter ?? snpTime + day),
    publicKey: made.key,
    signingKey: made.signer.privateKey,
    signingAlgorithm: { name: 'RSA-PSS', hash: 'SHA-384', saltLength: made.saltLength ?? 48 } as RsaPssParams & {
      hash: string;
    },
    extensions: [
      ...extensions,
      ...Object.entries(made.extensions ?? {}).flatMap(([end, value]) =>
        value ? [new x509.Extension(`${arc}.${end}`, false, value as Uint8Array<ArrayBuffer>)] : [],
      ),
    ],
  });
  return new Uint8Array(certificate.rawData);
}

const authorityExtensions = ({
  ca = true,
  keyUsage = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign,
}: CertificateChanges) => [
  new x509.BasicConstraintsExtension(ca, undefined, true),
  new x509.KeyUsagesExtension(keyUsage, true),
];

/** Right certificates, made once. */
const made: Record<string, Promise<Uint8Array>> = {};

function once(name: string, changes: CertificateChanges, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  return Object.keys(changes).length === 0 ? (made[name] ??= make()) : make();
}

export function makeRoot(product: AmdProduct = 'Milan', changes: CertificateChanges = {}): Promise<Uint8Array> {
  return once(`root ${product}`, changes, () => newRoot(product, changes));
}

async function newRoot(product: AmdProduct, changes: CertificateChanges): Promise<Uint8Array> {
  const own = await rootKeys();
  const name = `CN=ARK-${product}, O=Test`;
  return makeCertificate(
    { subject: name, issuer: name, key: own.publicKey, signer: own, ...changes },
    authorityExtensions(changes),
  );
}

/** What a test trusts in the place of AMD's roots. */
export async function trustedRoot(der: Uint8Array, product: AmdProduct = 'Milan'): Promise<AmdRoot> {
  const digest = await crypto.subtle.digest('SHA-256', der as Uint8Array<ArrayBuffer>);
  return { product, der, fingerprint: toHex(new Uint8Array(digest)) };
}

const authorityName = (product: AmdProduct, kind: 'VCEK' | 'VLEK'): string =>
  `CN=SEV-${kind === 'VLEK' ? 'VLEK-' : ''}${product}, O=Test`;

export function makeAuthority(
  product: AmdProduct = 'Milan',
  kind: 'VCEK' | 'VLEK' = 'VCEK',
  changes: CertificateChanges = {},
): Promise<Uint8Array> {
  return once(`authority ${product} ${kind}`, changes, () => newAuthority(product, kind, changes));
}

async function newAuthority(
  product: AmdProduct,
  kind: 'VCEK' | 'VLEK',
  changes: CertificateChanges,
): Promise<Uint8Array> {
  const certificate = {
    subject: authorityName(product, kind),
    issuer: `CN=ARK-${product}, O=Test`,
    key: (await authorityKeys()).publicKey,
    signer: await rootKeys(),
    ...changes,
  };
  return makeCertificate(certificate, authorityExtensions(changes));
}

export const derInteger = (value: number): Uint8Array =>
  value < 0x80 ? Uint8Array.of(2, 1, value) : Uint8Array.of(2, 2, 0, value);
export const ia5 = (text: string): Uint8Array =>
  Uint8Array.from([0x16, text.length, ...Array.from(text, (character) => character.charCodeAt(0))]);

export const chipId = Uint8Array.from({ length: 64 }, (_, index) => 255 - index);

/** Of the chip's firmware, as both report and certificate state it. */
const parts = { fmc: 1, bootLoader: 3, tee: 2, snp: 8, microcode: 115 };

export function tcbBytes(product: AmdProduct, changes: Partial<typeof parts> = {}): Uint8Array {
  const { fmc, bootLoader, tee, snp, microcode } = { ...parts, ...changes };
  return product === 'Turin'
    ? Uint8Array.of(fmc, bootLoader, tee, snp, 0, 0, 0, microcode)
    : Uint8Array.of(bootLoader, tee, 0, 0, 0, 0, snp, microcode);
}

/** AMD's extensions of a right certificate. */
function rightExtensions(product: AmdProduct, kind: 'VCEK' | 'VLEK'): Record<string, Uint8Array | undefined> {
  const turin = product === 'Turin';
  return {
    '1': derInteger(turin ? 1 : 0),
    '2': ia5(kind === 'VLEK' || turin ? product : `${product}-B0`),
    '3.1': derInteger(parts.bootLoader),
    '3.2': derInteger(parts.tee),
    '3.3': derInteger(parts.snp),
    '3.4': turin ? undefined : derInteger(0),
    '3.5': derInteger(0),
    '3.6': derInteger(0),
    '3.7': derInteger(0),
    '3.8': derInteger(parts.microcode),
    '3.9': turin ? derInteger(parts.fmc) : undefined,
    '4': kind === 'VLEK' ? undefined : chipId.slice(0, turin ? 8 : 64),
    '5': kind === 'VLEK' ? ia5('cloud.example') : undefined,
  };
}

export function makeKeyCertificate(
  product: AmdProduct = 'Milan',
  kind: 'VCEK' | 'VLEK' = 'VCEK',
  changes: CertificateChanges = {},
): Promise<Uint8Array> {
  return once(`key ${product} ${kind}`, changes, () => newKeyCertificate(product, kind, changes));
}

async function newKeyCertificate(
  product: AmdProduct,
  kind: 'VCEK' | 'VLEK',
  changes: CertificateChanges,
): Promise<Uint8Array> {
  const certificate = {
    subject: `CN=SEV-${kind}, O=Test`,
    issuer: authorityName(product, kind),
    key: (await leafKeys()).publicKey,
    signer: await authorityKeys(),
    ...changes,
    extensions: { ...rightExtensions(product, kind), ...changes.extensions },
  };
  return makeCertificate(certificate, []);
}

/** How a report differs from a right one: bytes written at offsets, before it is signed or after. */
export interface ReportChanges {
  readonly version?: number;
  readonly product?: AmdProduct;
  readonly kind?: 'VCEK' | 'VLEK';
  readonly writes?: readonly (readonly [offset: number, bytes: Uint8Array | readonly number[]])[];
  readonly signer?: CryptoKeyPair;
  readonly after?: readonly (readonly [offset: number, bytes: Uint8Array | readonly number[]])[];
}

export const measurement = new Uint8Array(48).fill(0x4d);
export const reportData = Uint8Array.from({ length: 64 }, (_, index) => index + 1);

const cpus: Readonly<Record<AmdProduct, readonly number[]>> = {
  Milan: [0x19, 0x01, 1],
  Genoa: [0x19, 0x11, 1],
  Turin: [0x1a, 0x02, 1],
};

/** A report as the firmware writes it, signed by `leafKeys` unless another signs. */
export async function makeReport(changes: ReportChanges = {}): Promise<Uint8Array> {
  const { version = 2, product = 'Milan', kind = 'VCEK', writes = [], after = [] } = changes;
  const bytes = new Uint8Array(reportLength);
  const tcb = tcbBytes(product);
  const right: NonNullable<ReportChanges['writes']> = [
    [0x000, [version]],
    [0x004, [7]],
    [0x008, [0x1f, 0, 3]],
    [0x034, [1]],
    [0x038, tcb],
    [0x040, [1]],
    [0x048, [kind === 'VLEK' ? 4 : 0]],
    [0x050, reportData],
    [0x090, measurement],
    [0x140, new Uint8Array(32).fill(9)],
    [0x160, new Uint8Array(32).fill(0xff)],
    [0x180, tcb],
    [0x188, version >= 3 ? cpus[product] : []],
    [0x1a0, product === 'Turin' ? chipId.subarray(0, 8) : chipId],
    [0x1e0, tcb],
    [0x1e8, [31, 55, 1, 0, 31, 55, 1, 0]],
    [0x1f0, tcb],
    [0x1f8, version >= 5 ? [3, 0, 0, 0, 0, 0, 0, 0, 7] : []],
  ];
  for (const [offset, value] of [...right, ...writes]) bytes.set(value, offset);
  const { privateKey } = changes.signer ?? (await leafKeys());
  const signed = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-384' },
    privateKey,
    bytes.subarray(0, signedLength),
  );
  const signature = new Uint8Array(signed);
  bytes.set(signature.slice(0, 48).reverse(), 0x2a0);
  bytes.set(signature.slice(48).reverse(), 0x2e8);
  for (const [offset, value] of after) bytes.set(value, offset);
  return bytes;
}

/** A certificate table as the host writes it: GUID in hex and DER for each entry. */
export function makeTable(entries: readonly (readonly [guid: string, der: Uint8Array])[], padding = 0): Uint8Array {
  const headEnd = 24 * (entries.length + 1);
  const table = new Uint8Array(entries.reduce((length, [, der]) => length + der.length, headEnd + padding));
  const view = new DataView(table.buffer);
  let at = headEnd;
  for (const [index, [guid, der]] of entries.entries()) {
    table.set(
      Uint8Array.from(guid.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
      24 * index,
    );
    view.setUint32(24 * index + 16, at, true);
    view.setUint32(24 * index + 20, der.length, true);
    table.set(der, at);
    at += der.length;
  }
  return table;
}

export const guids = {
  vcek: '63da758de6644564adc5f4b93be8accd',
  vlek: 'a8074bc2a25a483eaae639c045a0b8a1',
  ask: '4ab7b379bbac4fe4a02f05aef327c782',
  ark: 'c0b406a4a803495297433fb6014cd0ae',
  other: '00112233445566778899aabbccddeeff',
} as const;

/** A report written field by field, as virtee/sev does. */
export function fieldsOf(report: Uint8Array): Record<string, unknown> {
  const view = new DataView(report.buffer, report.byteOffset);
  const version = view.getUint32(0, true);
  const run = (offset: number, length: number): number[] => [...report.subarray(offset, offset + length)];
  const turin = version >= 3 && report[0x188] === 0x1a;
  const tcb = (offset: number) => {
    const [a, b, c, d, , , g, h] = run(offset, 8);
    return turin
      ? { fmc: a, bootloader: b, tee: c, snp: d, microcode: h }
      : { fmc: null, bootloader: a, tee: b, snp: g, microcode: h };
  };
  const firmware = (offset: number) => {
    const [build, minor, major] = run(offset, 3);
    return { major, minor, build };
  };
  const later = (since: number, value: unknown) => (version >= since ? value : null);
  return {
    version,
    guest_svn: view.getUint32(0x004, true),
    policy: Number(view.getBigUint64(0x008, true)),
    family_id: run(0x010, 16),
    image_id: run(0x020, 16),
    vmpl: view.getUint32(0x030, true),
    sig_algo: view.getUint32(0x034, true),
    current_tcb: tcb(0x038),
    plat_info: Number(view.getBigUint64(0x040, true)),
    key_info: view.getUint32(0x048, true),
    report_data: run(0x050, 64),
    measurement: run(0x090, 48),
    host_data: run(0x0c0, 32),
    id_key_digest: run(0x0e0, 48),
    author_key_digest: run(0x110, 48),
    report_id: run(0x140, 32),
    report_id_ma: run(0x160, 32),
    reported_tcb: tcb(0x180),
    cpuid_fam_id: later(3, report[0x188]),
    cpuid_mod_id: later(3, report[0x189]),
    cpuid_step: later(3, report[0x18a]),
    chip_id: run(0x1a0, 64),
    committed_tcb: tcb(0x1e0),
    current: firmware(0x1e8),
    committed: firmware(0x1ec),
    launch_tcb: tcb(0x1f0),
    launch_mit_vector: later(5, Number(view.getBigUint64(0x1f8, true))),
    current_mit_vector: later(5, Number(view.getBigUint64(0x200, true))),
    signature: { r: run(0x2a0, 72), s: run(0x2e8, 72) },
  };
}
