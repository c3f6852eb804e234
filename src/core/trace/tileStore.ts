import { decodeUtf8, utf8 } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import { equalBytes } from '../bytes/bytes.ts';
import { fromHex } from '../bytes/hex.ts';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import type { Committed } from './commitment.ts';
import { leafCount, metadataFromJson, metadataToJson } from './metadata.ts';
import { packedFromCbor, packedToCbor, unpack, type Packed } from './packed.ts';
import { rootOfTiles } from './proof.ts';
import { parseSymbols } from './symbols.ts';
import { bundleAddress, levelCount, tileAddress, tileWidth, widthOf } from './tileTree.ts';
import { maximumBundle } from './traceFile.ts';
import type { TraceReader, TraceSide } from './traceReader.ts';

/** One stored object: where, below the address of the trace, and what. */
export interface StoredObject {
  readonly address: string;
  readonly bytes: Uint8Array;
}

/** Longest object that is read, by what it is. */
const longest = { metadata: 8192, tile: 8192, symbols: 64 * 1024 * 1024 } as const;

/**
 * A trace as objects at addresses (C2SP tlog-tiles): `metadata`, `symbols`, `tile/<level>/<index>`, `tile/entries/<index>`; the last two with `.p/<width>` where
 * incomplete. Tiles are plain hashes, entries and symbols are packed.
 */
export async function* storeTrace(reader: TraceReader, committed: Committed): AsyncGenerator<StoredObject> {
  const { file } = reader;
  const { tiles } = await reader.side(committed);
  yield { address: 'metadata', bytes: utf8(canonicalJson(metadataToJson(file.metadata))) };
  yield { address: 'symbols', bytes: encodePacked(file.symbols) };
  for (const [index, packed] of file.bundles.entries()) {
    yield { address: bundleAddress(index, widthOf(tiles.count, 0, index)), bytes: encodePacked(packed) };
  }
  for (let level = 0; levelCount(tiles.count, level) > 0; level++) {
    for (let index = 0; index * tileWidth < levelCount(tiles.count, level); index++) {
      const width = widthOf(tiles.count, level, index);
      yield { address: tileAddress(level, index, width), bytes: await tiles.read(level, index, width) };
    }
  }
}

/** Reads one object; the source bounds nothing, so what it gives is looked at before it is used. */
export type ReadObject = (address: string, maximumLength: number) => Promise<Uint8Array>;

/**
 * Opens a trace at an address: its tiles must give the root of its metadata at their right edge before anything is compared. That the metadata is signed is
 * for others to judge.
 * @throws AuditorError `source` TRACE_TILE for tiles that do not give the root; FormatError
 */
export async function openStoredTrace(read: ReadObject): Promise<TraceSide> {
  const metadata = metadataFromJson(
    parseCanonicalJson(decodeUtf8(await get(read, 'metadata', longest.metadata)), { maximumDepth: 2 }),
  );
  const packed = decodePacked(await get(read, 'symbols', longest.symbols), longest.symbols, 'Symbols');
  const symbols = parseSymbols(decodeUtf8(await unpack(packed, 'Symbols')));
  const count = leafCount(metadata);
  const tiles = {
    count,
    read: async (level: number, index: number, width: number): Promise<Uint8Array> => {
      const whole = widthOf(count, level, index);
      const tile = await get(read, tileAddress(level, index, whole), longest.tile);
      return tile.length === whole * 32 ? tile.subarray(0, width * 32) : tile;
    },
  };
  if (!equalBytes(await rootOfTiles(tiles), fromHex(metadata.root))) {
    throw new AuditorError('source', 'TRACE_TILE', 'The tiles of the trace do not give the root of its metadata.');
  }
  const bundle = async (index: number): Promise<Uint8Array> => {
    const what = `Entries ${index}`;
    const bytes = await get(read, bundleAddress(index, widthOf(count, 0, index)), maximumBundle);
    return unpack(decodePacked(bytes, maximumBundle, what), what);
  };
  return { metadata, symbols, tiles, bundle };
}

async function get(read: ReadObject, address: string, maximum: number): Promise<Uint8Array> {
  const bytes = await read(address, maximum);
  if (bytes.length <= maximum) return bytes;
  throw new FormatError(`${address}: at most ${maximum} bytes are read, ${bytes.length} were given.`, maximum);
}

function encodePacked(packed: Packed): Uint8Array {
  return encodeCbor(packedToCbor(packed));
}

function decodePacked(bytes: Uint8Array, maximum: number, what: string): Packed {
  return packedFromCbor(decodeCbor(bytes, { maximumDepth: 1, maximumItems: 4 }), maximum, what);
}
