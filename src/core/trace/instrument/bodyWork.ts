import type { Policy } from '../policy.ts';
import type { EventCode } from './eventCode.ts';
import type { Rewriting } from './rewriting.ts';
import type { Scratch } from './scratch.ts';
import type { WasmReader } from './wasmReader.ts';
import type { WasmWriter } from './wasmWriter.ts';

/** Where the rewriting of one body is: what the parts of it share. */
export interface BodyWork {
  readonly rewriting: Rewriting;
  readonly reader: WasmReader;
  readonly writer: WasmWriter;
  readonly code: EventCode;
  readonly scratch: Scratch;
  /** Whether events of this kind are written from this body. */
  readonly records: (kind: Policy['kinds'][number]) => boolean;
  /** Copies the instruction that begins at `from` and ends where the reader is. */
  readonly copy: (from: number) => void;
  readonly addSite: (at: number, operation: string, type: number | undefined, object: number) => number;
}

/** The effective address, which fits since the access did not trap. */
export function writeAddress(writer: WasmWriter, address: number, offset: number): void {
  writer.get(address);
  if (offset !== 0) writer.constant32(offset).byte(0x6a);
}
