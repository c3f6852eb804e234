import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { fromHex } from '../../bytes/hex.ts';

/** BBS over BLS12-381 with SHA-256 (draft-irtf-cfrg-bbs-signatures-08, §7.2.2): verification alone, no secrets. */
const suite = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_';
const api = utf8(`${suite}H2G_HM2S_`);
const tag = (name: string): Uint8Array => concatBytes(api, utf8(name));

const { G1, G2, fields } = bls12_381;
const { Fr } = fields;
type Point = InstanceType<typeof G1.Point>;

/** §7.2.2: a generator whose logarithm nobody knows. */
const basePoint = G1.Point.fromBytes(
  fromHex('a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9'),
);

const sizes = { point: 48, scalar: 32, expanded: 48 } as const;

export interface BbsMessages {
  /** 96 bytes, checked as a point. */
  readonly publicKey: Uint8Array;
  readonly header: Uint8Array;
  readonly messages: readonly Uint8Array[];
}

/** §3.6.2 CoreVerify: the issuer's own signature over all messages. */
export function verifyBbsSignature({ publicKey, header, messages }: BbsMessages, signature: Uint8Array): boolean {
  if (signature.length !== sizes.point + sizes.scalar) return false;
  const a = pointAt(signature, 0);
  const e = scalarAt(signature, sizes.point);
  if (!a || e === undefined) return false;
  const generators = createGenerators(messages.length + 1);
  const domain = domainOf(publicKey, generators, header);
  const [first, ...rest] = generators as [Point, ...Point[]];
  const b = sum([
    basePoint,
    times(first, domain),
    ...rest.map((each, at) => times(each, scalarOf(messages[at] as Uint8Array))),
  ]);
  const w = G2.Point.fromBytes(publicKey).add(G2.Point.BASE.multiply(e));
  return isOne(a, w, b);
}

/** §3.6.4 CoreProofVerify: that such a signature is known over some messages of which these, at these places, are shown. */
export function verifyBbsProof(
  { publicKey, header, messages }: BbsMessages,
  proof: Uint8Array,
  places: readonly number[],
  presentationHeader: Uint8Array,
): boolean {
  const fixed = 3 * sizes.point + 4 * sizes.scalar;
  const hidden = (proof.length - fixed) / sizes.scalar;
  if (!Number.isInteger(hidden) || hidden < 0 || places.length !== messages.length) return false;
  const count = hidden + places.length;
  if (new Set(places).size !== places.length || places.some((place) => place >= count)) return false;
  const points = [0, 1, 2].map((each) => pointAt(proof, each * sizes.point));
  const scalars = Array.from({ length: hidden + 4 }, (_, at) => scalarAt(proof, 3 * sizes.point + at * sizes.scalar));
  if (points.includes(undefined) || scalars.includes(undefined)) return false;
  const [aBar, bBar, d] = points as [Point, Point, Point];
  const [e, r1, r3] = scalars as [bigint, bigint, bigint];
  const secret = scalars.slice(3, -1) as bigint[];
  const challenge = scalars.at(-1) as bigint;
  const generators = createGenerators(count + 1);
  const [first, ...rest] = generators as [Point, ...Point[]];
  const domain = domainOf(publicKey, generators, header);
  const shown = messages.map(scalarOf);
  const t1 = sum([times(bBar, challenge), times(aBar, e), times(d, r1)]);
  const bv = sum([
    basePoint,
    times(first, domain),
    ...places.map((place, at) => times(rest[place] as Point, shown[at] as bigint)),
  ]);
  const isShown = new Set(places);
  const others = rest.filter((_, place) => !isShown.has(place));
  const t2 = sum([times(bv, challenge), times(d, r3), ...others.map((each, at) => times(each, secret[at] as bigint))]);
  const said = concatBytes(
    eight(places.length),
    ...places.flatMap((place, at) => [eight(place), bytesOf(shown[at] as bigint)]),
    ...[aBar, bBar, d, t1, t2].map((each) => each.toBytes(true)),
    bytesOf(domain),
    eight(presentationHeader.length),
    presentationHeader,
  );
  if (hashToScalar(said, tag('H2S_')) !== challenge) return false;
  return isOne(aBar, G2.Point.fromBytes(publicKey), bBar);
}

/** e(a, w) = e(b, BP2). */
function isOne(a: Point, w: InstanceType<typeof G2.Point>, b: Point): boolean {
  if (w.is0() || b.is0()) return false;
  const product = bls12_381.pairingBatch([
    { g1: a, g2: w },
    { g1: b, g2: G2.Point.BASE.negate() },
  ]);
  return fields.Fp12.eql(product, fields.Fp12.ONE);
}

const generators: Point[] = [];
let seed: Uint8Array | undefined;

/** §4.1.1: the same for everybody, so they are kept. */
function createGenerators(count: number): readonly Point[] {
  const seedTag = tag('SIG_GENERATOR_SEED_');
  seed ??= expand(tag('MESSAGE_GENERATOR_SEED'), seedTag);
  while (generators.length < count) {
    seed = expand(concatBytes(seed, eight(generators.length + 1)), seedTag);
    generators.push(G1.hashToCurve(seed, { DST: tag('SIG_GENERATOR_DST_') }) as Point);
  }
  return generators.slice(0, count);
}

/** §4.2.3: binds key, generators and header. */
function domainOf(publicKey: Uint8Array, all: readonly Point[], header: Uint8Array): bigint {
  const points = all.map((each) => each.toBytes(true));
  const input = concatBytes(publicKey, eight(all.length - 1), ...points, api, eight(header.length), header);
  return hashToScalar(input, tag('H2S_'));
}

function scalarOf(message: Uint8Array): bigint {
  return hashToScalar(message, tag('MAP_MSG_TO_SCALAR_AS_HASH_'));
}

/** §4.2.2 */
function hashToScalar(message: Uint8Array, domain: Uint8Array): bigint {
  return Fr.create(numberOf(expand(message, domain)));
}

function expand(message: Uint8Array, domain: Uint8Array): Uint8Array {
  return expand_message_xmd(message, domain, sizes.expanded, sha256);
}

/** A point of the right group that is not zero. */
function pointAt(bytes: Uint8Array, offset: number): Point | undefined {
  try {
    const point = G1.Point.fromBytes(bytes.subarray(offset, offset + sizes.point));
    point.assertValidity();
    return point.is0() ? undefined : point;
  } catch {
    // The library says by errors of its own that it is no point.
    return undefined;
  }
}

function scalarAt(bytes: Uint8Array, offset: number): bigint | undefined {
  const value = numberOf(bytes.subarray(offset, offset + sizes.scalar));
  return value > 0n && value < Fr.ORDER ? value : undefined;
}

function times(point: Point, scalar: bigint): Point {
  return scalar === 0n ? G1.Point.ZERO : point.multiplyUnsafe(scalar);
}

function sum(points: readonly Point[]): Point {
  return points.reduce((total, each) => total.add(each), G1.Point.ZERO);
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function bytesOf(scalar: bigint): Uint8Array {
  return fromHex(scalar.toString(16).padStart(2 * sizes.scalar, '0'));
}

function eight(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
