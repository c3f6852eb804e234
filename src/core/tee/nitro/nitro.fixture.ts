import {
  array,
  bytes,
  indefiniteMap,
  map,
  nil,
  signMessage,
  text,
  uint,
  type MessageChanges,
  type Pairs,
} from '../../cose/cose.fixture.ts';
import { toHex } from '../../bytes/hex.ts';
import { makePath, pathTime, type Level, type MadePath } from '../../x509/path.fixture.ts';

/** The document's own time; inside a second, as real ones are. */
export const documentTime = pathTime + 250;

const hour = 3_600_000;

/** Registers as a real document has them: 16, of which 0, 1, 2 and 4 measure something. */
export const registers: ReadonlyMap<number, Uint8Array> = new Map(
  Array.from({ length: 16 }, (_, index) => [
    index,
    new Uint8Array(48).fill([0, 1, 2, 4].includes(index) ? index + 1 : 0),
  ]),
);

/** Pins of the registers 0, 1 and 2. */
export const measurement = {
  pcrs: Object.fromEntries([0, 1, 2].map((index) => [String(index), toHex(registers.get(index) as Uint8Array)])),
};

/** How a document differs from a right one. */
export interface DocumentChanges {
  /** By position in the path: 0 root, 1 regional, 2 zonal, 3 instance, 4 leaf. */
  readonly levels?: Readonly<Record<number, Level>>;
  /** Encoded values of fields; undefined leaves the field out. */
  readonly fields?: Readonly<Record<string, Uint8Array | undefined>>;
  readonly extra?: Pairs;
  readonly bundle?: (ders: readonly Uint8Array[]) => readonly Uint8Array[];
  readonly leaf?: (der: Uint8Array) => Uint8Array;
  readonly writeMap?: (...pairs: Pairs) => Uint8Array;
  readonly message?: MessageChanges;
}

export interface MadeDocument {
  readonly document: Uint8Array;
  readonly root: Uint8Array;
  readonly path: MadePath;
}

/** The shape of real paths: root without path length, then 2, 1, 0, and a leaf of three hours. */
const rightLevels: readonly Level[] = [
  {},
  { pathLength: 2 },
  { pathLength: 1 },
  { pathLength: 0 },
  { notBefore: pathTime - hour, notAfter: pathTime + 2 * hour },
];

let rightPath: Promise<MadePath> | undefined;

export const encodeRegisters = (entries: Iterable<readonly [number, Uint8Array]>) =>
  map(...[...entries].map(([index, value]) => [uint(index), bytes(value)] as const));

/** An attestation document under a root of its own, in the shape that the Nitro Security Module writes. */
export async function makeDocument(changes: DocumentChanges = {}): Promise<MadeDocument> {
  const { levels, fields = {}, bundle = (ders) => ders, leaf = (der) => der, writeMap = indefiniteMap } = changes;
  rightPath ??= makePath(rightLevels);
  const path = levels
    ? await makePath(rightLevels.map((level, index) => ({ ...level, ...levels[index] })))
    : await rightPath;
  const values: Readonly<Record<string, Uint8Array | undefined>> = {
    module_id: text('i-0123456789abcdef0-enc0123456789abcdef'),
    digest: text('SHA384'),
    timestamp: uint(documentTime),
    pcrs: encodeRegisters(registers),
    certificate: bytes(leaf(path.ders[4] as Uint8Array)),
    cabundle: array(...bundle(path.ders.slice(0, 4)).map(bytes)),
    public_key: bytes(new Uint8Array(44).fill(7)),
    user_data: bytes(new Uint8Array(32).fill(8)),
    nonce: nil,
    ...fields,
  };
  const pairs = Object.entries(values).flatMap(([name, value]) => (value ? [[text(name), value] as const] : []));
  const payload = writeMap(...pairs, ...(changes.extra ?? []));
  const document = await signMessage(payload, path.leafKeys.privateKey, changes.message);
  return { document, root: path.ders[0] as Uint8Array, path };
}
