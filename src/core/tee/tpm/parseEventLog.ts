import { ByteReader } from '../../bytes/byteReader.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { hashById, idText } from './algorithms.ts';
import type { Range } from './parseQuote.ts';

/** One thing that was measured into a register while the machine started. */
export interface LogEvent {
  readonly register: number;
  readonly type: number;
  /** Name of the bank → what was extended into its register. */
  readonly digests: ReadonlyMap<string, Uint8Array>;
  /** What the firmware says about it. Only for some types is it what the digest covers. */
  readonly data: Uint8Array;
  readonly range: Range;
}

/** A log in the crypto-agile form (TCG PC Client Platform Firmware Profile 1.06, §10.2). */
export interface EventLog {
  readonly bytes: Uint8Array;
  /** Names of the banks that every event has a digest for. */
  readonly banks: readonly string[];
  readonly events: readonly LogEvent[];
}

const maximum = { events: 65_536, data: 1024 * 1024, algorithms: 16 } as const;
const noAction = 3;
const signature = 'Spec ID Event03\0';

/** The first event is in the older form, and says which digests follow: register 0, no action, a digest of zeros. */
export function isEventLog(bytes: Uint8Array): boolean {
  if (bytes.length < 32 + signature.length) return false;
  return (
    [...signature].every((character, index) => bytes[32 + index] === character.charCodeAt(0)) && bytes[4] === noAction
  );
}

/** @throws FormatError with the offset in `bytes`. Bytes of 0xff or 0 behind the last event are let pass: logs are read out of larger buffers. */
export function parseEventLog(bytes: Uint8Array): EventLog {
  const reader = new ByteReader(bytes, 'Event log', 'little');
  const algorithms = readHeader(reader);
  const events: LogEvent[] = [];
  while (reader.left > 0 && !isPadding(bytes.subarray(reader.position))) {
    if (events.length === maximum.events) throw reader.fault(`at most ${maximum.events} events`, 'more');
    events.push(readEvent(reader, algorithms));
  }
  const banks = [...algorithms.keys()].flatMap((id) => hashById(id)?.name ?? []);
  return { bytes, banks, events };
}

function readHeader(reader: ByteReader): Map<number, number> {
  if (!isEventLog(reader.bytes)) {
    throw new FormatError('Event log: expected "Spec ID Event03" at byte 32: other forms of logs are not read.', 32);
  }
  reader.run(28, 'the head of the first event');
  const header = reader.part(reader.u32('the length of the first event'), 'the first event');
  header.run(signature.length + 8, 'its signature and versions');
  const at = header.position;
  const count = header.u32('the count of digests');
  if (count === 0 || count > maximum.algorithms)
    throw header.fault(`1 to ${maximum.algorithms} digests`, `${count}`, at);
  const algorithms = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const offset = header.position;
    const id = header.u16('a digest');
    const length = header.u16('its length');
    const known = hashById(id);
    if (algorithms.has(id) || (known && known.length !== length) || length > 64) {
      throw header.fault(`${known?.length ?? 'up to 64'} bytes for ${idText(id)}, once`, `${length}`, offset);
    }
    algorithms.set(id, length);
  }
  header.run(header.u8('the length of vendor information'), 'vendor information');
  header.finish('the first event');
  return algorithms;
}

function readEvent(reader: ByteReader, algorithms: ReadonlyMap<number, number>): LogEvent {
  const offset = reader.position;
  const register = reader.u32('a register');
  if (register > 31) throw reader.fault('a register from 0 to 31', `${register}`, offset);
  const type = reader.u32('a type');
  const countAt = reader.position;
  const count = reader.u32('the count of digests');
  if (count !== algorithms.size) throw reader.fault(`${algorithms.size} digests, as announced`, `${count}`, countAt);
  const digests = new Map<string, Uint8Array>();
  const seen = new Set<number>();
  for (let index = 0; index < count; index++) {
    const at = reader.position;
    const id = reader.u16('a digest');
    const length = algorithms.get(id);
    if (length === undefined || seen.has(id)) throw reader.fault('one of the digests announced, once', idText(id), at);
    seen.add(id);
    const digest = reader.run(length, 'a digest');
    const name = hashById(id)?.name;
    if (name) digests.set(name, digest);
  }
  const lengthAt = reader.position;
  const length = reader.u32('the length of an event');
  if (length > maximum.data) throw reader.fault(`an event of at most ${maximum.data} bytes`, `${length}`, lengthAt);
  const data = reader.run(length, 'an event');
  return { register, type, digests, data, range: { offset, length: reader.position - offset } };
}

function isPadding(rest: Uint8Array): boolean {
  const [first] = rest;
  return (first === 0 || first === 0xff) && rest.length < 32
    ? rest.every((byte) => byte === first)
    : rest.every((byte) => byte === 0xff);
}
