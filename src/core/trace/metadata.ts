import { concatBytes } from '../bytes/bytes.ts';
import { fromHex, isHex, toHex } from '../bytes/hex.ts';
import { keccak256, sha3 } from '../bytes/hash.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { readMembers } from '../certificate/envelope.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** How an event becomes bytes of a leaf; the number stands in the signed data. */
export const leafEncodings = { rec16: 1, jcs: 2, fields: 3 } as const;
export type LeafEncoding = keyof typeof leafEncodings;

/** What a virtual machine signs about a trace. Digests are 64 lower-case hex digits; files by SHA3-256, trees by Keccak-256. */
export interface TraceMetadata {
  readonly version: 1;
  /** RFC 6962 root over the leaves. */
  readonly root: string;
  /** Events in all. */
  readonly count: number;
  /** Records of 16 bytes in all. */
  readonly records: number;
  readonly leafEncoding: LeafEncoding;
  readonly eventsPerLeaf: number;
  /** H of the salt key; zeros where leaves are not salted. */
  readonly saltCommitment: string;
  readonly code: string;
  readonly policy: string;
  /** H of the instrumenter's name and version. */
  readonly instrumenter: string;
  readonly instrumented: string;
  /** H of the tape of host calls; zeros where there is none. */
  readonly tape: string;
  /** H of the inputs; zeros where there are none but the tape. */
  readonly inputs: string;
  readonly symbols: string;
  readonly functionIndex: string;
  /** Poseidon root of the selected events; zeros where none were. */
  readonly selection: string;
  readonly vm: string;
  /** Seconds since 1970, by the machine's clock. */
  readonly time: number;
  /** EIP-712 struct hash of the trace that this machine anchored before; zeros for the first. */
  readonly previous: string;
}

/** Where the signature is meant for: the contract that stores the anchor. Zeros where it is meant for none. */
export interface TraceDomain {
  readonly chainId: number;
  /** 40 lower-case hex digits behind `0x`. */
  readonly verifyingContract: `0x${string}`;
}

export const noDomain: TraceDomain = { chainId: 0, verifyingContract: `0x${'00'.repeat(20)}` };
export const zeroDigest = '00'.repeat(32);

/** The typed data (EIP-712) as wallets, viem and the contract take it. */
export const traceTypes = {
  TraceMetadata: [
    { name: 'version', type: 'uint8' },
    { name: 'root', type: 'bytes32' },
    { name: 'count', type: 'uint64' },
    { name: 'records', type: 'uint64' },
    { name: 'leafEncoding', type: 'uint8' },
    { name: 'eventsPerLeaf', type: 'uint32' },
    { name: 'saltCommitment', type: 'bytes32' },
    { name: 'code', type: 'bytes32' },
    { name: 'policy', type: 'bytes32' },
    { name: 'instrumenter', type: 'bytes32' },
    { name: 'instrumented', type: 'bytes32' },
    { name: 'tape', type: 'bytes32' },
    { name: 'inputs', type: 'bytes32' },
    { name: 'symbols', type: 'bytes32' },
    { name: 'functionIndex', type: 'bytes32' },
    { name: 'selection', type: 'bytes32' },
    { name: 'vm', type: 'bytes32' },
    { name: 'time', type: 'uint64' },
    { name: 'previous', type: 'bytes32' },
  ],
} as const;

export const traceDomainName = 'Affidavit TraceAnchor';
export const traceDomainVersion = '1';

/** `TraceMetadata(uint8 version,bytes32 root,…)`, whose Keccak-256 is the type hash. */
export const traceTypeString = `TraceMetadata(${traceTypes.TraceMetadata.map(({ name, type }) => `${type} ${name}`).join(',')})`;
const domainTypeString = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)';

/** EIP-712 struct hash, 32 bytes: names the metadata whatever chain it is anchored on; `previous` holds one. */
export function traceStructHash(metadata: TraceMetadata): Uint8Array<ArrayBuffer> {
  const words = traceTypes.TraceMetadata.map(({ name, type }) => {
    const value = name === 'leafEncoding' ? leafEncodings[metadata.leafEncoding] : metadata[name];
    return type === 'bytes32' ? fromHex(value as string) : word(value as number);
  });
  return keccak256(concatBytes(keccak256(utf8(traceTypeString)), ...words));
}

/** EIP-712 digest, 32 bytes: what is signed (secp256k1 signs it, P-256 signs SHA-256 of it). */
export function traceDigest(metadata: TraceMetadata, { chainId, verifyingContract }: TraceDomain): Uint8Array {
  const address = new Uint8Array(32);
  address.set(fromHex(verifyingContract.slice(2)), 12);
  const separator = keccak256(
    concatBytes(
      keccak256(utf8(domainTypeString)),
      keccak256(utf8(traceDomainName)),
      keccak256(utf8(traceDomainVersion)),
      word(chainId),
      address,
    ),
  );
  return keccak256(concatBytes(Uint8Array.of(0x19, 0x01), separator, traceStructHash(metadata)));
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setBigUint64(24, BigInt(value));
  return bytes;
}

/** The 32 bytes that stand for a machine's name: what `vm` holds where the name is not itself 64 hex digits. */
export function vmIdentifier(name: string): string {
  return isHex(name, 32) ? name : toHex(sha3(utf8(name)));
}

const names = traceTypes.TraceMetadata.map(({ name }) => name);
/** `time`: the last second of the year 9999, beyond which no calendar writes. */
const bounds: Partial<Record<keyof TraceMetadata, number>> = { eventsPerLeaf: 65536, time: 253_402_300_799 };

/** The metadata as a JSON object, member by member as in `TraceMetadata`. */
export function metadataToJson(metadata: TraceMetadata): JsonObject {
  return Object.fromEntries(names.map((name) => [name, metadata[name]]));
}

/** Reads the metadata out of parsed JSON. @throws FormatError that names the field */
export function metadataFromJson(value: JsonValue | undefined): TraceMetadata {
  const members = readMembers('The metadata', value, names);
  for (const { name, type } of traceTypes.TraceMetadata) {
    const found = members[name];
    if (name === 'leafEncoding') {
      if (typeof found !== 'string' || !Object.hasOwn(leafEncodings, found)) throw wrong(name, 'rec16, jcs or fields');
    } else if (type === 'bytes32') {
      if (typeof found !== 'string' || !isHex(found, 32)) throw wrong(name, '64 lower-case hex digits');
    } else {
      const maximum = bounds[name] ?? Number.MAX_SAFE_INTEGER;
      if (typeof found !== 'number' || !Number.isInteger(found) || found < 0 || found > maximum) {
        throw wrong(name, `a whole number up to ${maximum}`);
      }
    }
  }
  const metadata = { ...members } as unknown as TraceMetadata;
  if (metadata.version !== 1) throw wrong('version', '1');
  if (metadata.eventsPerLeaf < 1) throw wrong('eventsPerLeaf', 'at least 1');
  if (metadata.records < metadata.count) throw wrong('records', 'at least one for each event');
  if (metadata.leafEncoding === 'fields' && metadata.eventsPerLeaf !== 1) throw wrong('eventsPerLeaf', '1 for fields');
  if (metadata.leafEncoding === 'fields' && metadata.saltCommitment === zeroDigest) {
    throw wrong('saltCommitment', 'a salt key for fields');
  }
  return metadata;
}

function wrong(name: string, expected: string): FormatError {
  return new FormatError(`The metadata, ${name}: ${expected} was expected.`, 0);
}

/** How many leaves the tree has. */
export function leafCount({ count, eventsPerLeaf }: Pick<TraceMetadata, 'count' | 'eventsPerLeaf'>): number {
  return Math.ceil(count / eventsPerLeaf);
}
