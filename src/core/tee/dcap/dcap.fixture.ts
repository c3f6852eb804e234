import { toBase64 } from '../../bytes/base64.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { fromHex } from '../../bytes/hex.ts';
import { integer, octets, oid, sequence, tlv } from '../../x509/der.fixture.ts';
import { pathTime } from '../../x509/path.fixture.ts';
import { x509 } from '../../x509/x509.ts';
import { enclaveReport, headerVersion3, headerVersion4, tdReport10, tdReport15, type LayoutField } from './layouts.ts';
import { intelVendor } from './platform.ts';

export const judgedAt = pathTime;
export const day = 86_400_000;
export const fmspc = '00a1b2c3d4e5';

const { KeyUsageFlags } = x509;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
export const signing = { name: 'ECDSA', hash: 'SHA-256' };

export interface Issued {
  readonly der: Uint8Array;
  readonly keys: CryptoKeyPair;
  readonly subject: string;
}

/** Everything that Intel and one of its processors hold, made anew. */
export interface World {
  readonly root: Issued;
  readonly authority: Issued;
  readonly pck: Issued;
  readonly signer: Issued;
  /** Of the quoting enclave. */
  readonly attestation: CryptoKeyPair;
}

/** How a certificate differs from a right one. */
export interface CertificateChanges {
  readonly subject?: string;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly ca?: boolean;
  readonly extensions?: readonly x509.Extension[];
}

export const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

const names = 'O=Intel Corporation, L=Santa Clara, ST=CA, C=US';
let serial = 16;

export async function issue(
  common: string,
  issuer: Issued | undefined,
  changes: CertificateChanges = {},
): Promise<Issued> {
  const { ca = false, extensions = [] } = changes;
  const keys = await newKeys();
  const subject = changes.subject ?? `CN=${common}, ${names}`;
  const usage = ca ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign : KeyUsageFlags.digitalSignature;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: `${serial++}`,
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore: new Date(changes.notBefore ?? judgedAt - 365 * day),
    notAfter: new Date(changes.notAfter ?? judgedAt + 365 * day),
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: signing,
    extensions: [
      new x509.BasicConstraintsExtension(ca, ca ? (issuer ? 0 : 1) : undefined, true),
      new x509.KeyUsagesExtension(usage, true),
      ...extensions,
    ],
  });
  return { der: new Uint8Array(certificate.rawData), keys, subject };
}

/** `1.2.840.113741.1.13.1`, and arcs below it. */
const sgxOid = (...arcs: readonly number[]) =>
  oid(`2a864886f84d010d01${arcs.map((arc) => arc.toString(16).padStart(2, '0')).join('')}`);

export interface PckChanges {
  readonly components?: readonly number[];
  readonly pceSvn?: number;
  readonly without?: number;
  readonly twice?: number;
}

export const components = [5, 5, 2, 2, 3, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0];

export function sgxExtensionOf({
  components: svns = components,
  pceSvn = 13,
  without,
  twice,
}: PckChanges = {}): x509.Extension {
  const pair = (arcs: readonly number[], value: Uint8Array) => sequence(sgxOid(...arcs), value);
  const small = (value: number) => (value < 128 ? integer(value) : integer(0, value));
  const tcb = sequence(
    ...svns.map((svn, index) => pair([2, index + 1], small(svn))),
    pair([2, 17], small(pceSvn)),
    pair([2, 18], octets(Uint8Array.from(svns))),
  );
  const pairs: [number, Uint8Array][] = [
    [1, octets(new Uint8Array(16).fill(0xaa))],
    [2, tcb],
    [3, octets(Uint8Array.of(0, 0))],
    [4, octets(fromHex(fmspc))],
    [5, tlv(0x0a, Uint8Array.of(1))],
  ];
  const kept = pairs.filter(([arc]) => arc !== without);
  const repeated = pairs.filter(([arc]) => arc === twice);
  const value = sequence(...[...kept, ...repeated].map(([arc, content]) => pair([arc], content)));
  return new x509.Extension('1.2.840.113741.1.13.1', false, value as Uint8Array<ArrayBuffer>);
}

export interface WorldChanges {
  readonly pck?: PckChanges & CertificateChanges;
  readonly authority?: CertificateChanges;
}

let usual: Promise<World> | undefined;

export function makeWorld(changes?: WorldChanges): Promise<World> {
  if (changes) return createWorld(changes);
  usual ??= createWorld({});
  return usual;
}

async function createWorld({ pck, authority: authorityChanges }: WorldChanges): Promise<World> {
  const root = await issue('Intel SGX Root CA', undefined, { ca: true });
  const authority = await issue('Intel SGX PCK Platform CA', root, { ca: true, ...authorityChanges });
  return {
    root,
    authority,
    pck: await issue('Intel SGX PCK Certificate', authority, { extensions: [sgxExtensionOf(pck)], ...pck }),
    signer: await issue('Intel SGX TCB Signing', root),
    attestation: await newKeys(),
  };
}

export const pemOf = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${toBase64(der).replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

export const pckChainOf = ({ pck, authority, root }: World) => [pck.der, authority.der, root.der];

type Values = Readonly<Record<string, Uint8Array>>;

/** How a quote differs from a right one. Everything is signed after it was changed, except `tamper`. */
export interface QuoteChanges {
  readonly version?: 3 | 4 | 5;
  readonly tee?: 'SGX' | 'TDX';
  /** A body of TDX 1.5 in version 5. */
  readonly td15?: boolean;
  readonly header?: Values;
  readonly body?: Values;
  readonly qeReport?: Values;
  readonly bodyHead?: Uint8Array;
  readonly qeAuth?: Uint8Array;
  readonly chain?: (ders: readonly Uint8Array[]) => readonly Uint8Array[];
  readonly certification?: { readonly type: number; readonly data: Uint8Array };
  readonly wrapperType?: number;
  readonly insideWrapper?: Uint8Array;
  readonly padding?: Uint8Array;
}

export const u16 = (value: number) => Uint8Array.of(value & 0xff, value >> 8);
export const u32 = (value: number) =>
  Uint8Array.of(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24);

export const measured = new Uint8Array(48).fill(0x4d);
export const enclaveMeasured = new Uint8Array(32).fill(0x4e);
export const qeSigner = new Uint8Array(32).fill(0x51);
const teeTcbSvn = Uint8Array.of(6, 1, 3, ...new Uint8Array(13));

const bodies = {
  SGX: {
    CPUSVN: Uint8Array.from(components),
    ATTRIBUTES: Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0, 0xe7, ...new Uint8Array(7)),
    MRENCLAVE: enclaveMeasured,
    MRSIGNER: new Uint8Array(32).fill(0x53),
    REPORTDATA: new Uint8Array(64).fill(0x52),
  },
  TDX: {
    TEETCBSVN: teeTcbSvn,
    MRSEAM: new Uint8Array(48).fill(0x5e),
    TDATTRIBUTES: Uint8Array.of(0, 0, 0, 0x10, 0, 0, 0, 0),
    XFAM: Uint8Array.of(0xe7, 2, 6, 0, 0, 0, 0, 0),
    MRTD: measured,
    RTMR0: new Uint8Array(48).fill(0x10),
    REPORTDATA: new Uint8Array(64).fill(0x52),
    TEETCBSVN2: teeTcbSvn,
  },
} as const;

function encode(layout: readonly LayoutField[], values: Values): Uint8Array {
  return concatBytes(
    ...layout.map(({ name, length }) => {
      const value = values[name] ?? new Uint8Array(length);
      if (value.length !== length) throw new Error(`${name} has ${length} bytes`);
      return value;
    }),
  );
}

const sign = async (key: CryptoKey, data: Uint8Array) =>
  new Uint8Array(await crypto.subtle.sign(signing, key, data as Uint8Array<ArrayBuffer>));

export async function makeQuote(world: World, changes: QuoteChanges = {}): Promise<Uint8Array> {
  const { version = 4, tee = version === 3 ? 'SGX' : 'TDX', td15 = false } = changes;
  const header = encode(version === 3 ? headerVersion3 : headerVersion4, {
    version: u16(version),
    attestationKeyType: u16(2),
    teeType: u32(tee === 'SGX' ? 0 : 0x81),
    qeVendorId: fromHex(intelVendor),
    userData: new Uint8Array(20).fill(0x75),
    ...changes.header,
  });
  const layout = tee === 'SGX' ? enclaveReport : td15 ? tdReport15 : tdReport10;
  const body = encode(layout, { ...bodies[tee], ...changes.body });
  const bodyHead = changes.bodyHead ?? concatBytes(u16(tee === 'SGX' ? 1 : td15 ? 3 : 2), u32(body.length));
  const signed = version === 5 ? concatBytes(header, bodyHead, body) : concatBytes(header, body);
  const key = new Uint8Array(await crypto.subtle.exportKey('raw', world.attestation.publicKey)).subarray(1);
  const { qeAuth = Uint8Array.from({ length: 32 }, (_, index) => index) } = changes;
  const digest = await crypto.subtle.digest('SHA-256', concatBytes(key, qeAuth) as Uint8Array<ArrayBuffer>);
  const qeReport = encode(enclaveReport, {
    ATTRIBUTES: Uint8Array.of(0x11, ...new Uint8Array(15)),
    MRSIGNER: qeSigner,
    ISVPRODID: u16(tee === 'SGX' ? 1 : 2),
    ISVSVN: u16(6),
    REPORTDATA: concatBytes(new Uint8Array(digest), new Uint8Array(32)),
    ...changes.qeReport,
  });
  const chain = (changes.chain ?? ((ders) => ders))(pckChainOf(world));
  const certification = changes.certification ?? { type: 5, data: utf8(`${chain.map(pemOf).join('')}\0`) };
  const inner = concatBytes(
    qeReport,
    await sign(world.pck.keys.privateKey, qeReport),
    u16(qeAuth.length),
    qeAuth,
    u16(certification.type),
    u32(certification.data.length),
    certification.data,
    changes.insideWrapper ?? new Uint8Array(),
  );
  const wrapped = version === 3 ? inner : concatBytes(u16(changes.wrapperType ?? 6), u32(inner.length), inner);
  const data = concatBytes(await sign(world.attestation.privateKey, signed), key, wrapped);
  return concatBytes(signed, u32(data.length), data, changes.padding ?? new Uint8Array());
}
