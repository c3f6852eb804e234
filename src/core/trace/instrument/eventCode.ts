import type { Rewriting } from './rewriting.ts';
import type { TracerFunction } from './tracerImports.ts';
import type { WasmWriter } from './wasmWriter.ts';

const f32 = 0x7d;
const f64 = 0x7c;
const v128 = 0x7b;

/** Writes the code that hands an event over: the shapes that `tracer.wat` takes. */
export class EventCode {
  readonly writer: WasmWriter;
  readonly #rewriting: Rewriting;

  constructor(writer: WasmWriter, rewriting: Rewriting) {
    this.writer = writer;
    this.#rewriting = rewriting;
  }

  tracer(name: TracerFunction): void {
    this.writer.call(this.#rewriting.tracer(name));
  }

  /** Kind and site as the first word of a record. */
  word(kind: number, site: number): void {
    this.writer.constant32(kind | (site << 8));
  }

  /** The bits of a local as an i64; of a reference, whether it is one. Not for vectors. */
  bits(type: number, local: number): void {
    const { writer } = this;
    writer.get(local);
    if (type === 0x7f) writer.byte(0xad);
    else if (type === f32) writer.bytes(0xbc, 0xad);
    else if (type === f64) writer.byte(0xbd);
    else if (type === 0x70 || type === 0x6f) writer.bytes(0xd1, 0x45, 0xad);
  }

  /** The low and the high half of a vector. */
  halves(local: number): void {
    this.writer.get(local).bytes(0xfd, 29, 0).get(local).bytes(0xfd, 29, 1);
  }

  /** An event with the value of a local. `a` writes what stands in the record's second word. */
  value(kind: number, site: number, a: () => void, type: number, local: number): void {
    this.word(kind, site);
    a();
    this.#carry('event', type, local);
  }

  /** An access to memory: left to the tracer to drop where it touches none of the chosen ranges. */
  access(kind: number, site: number, a: () => void, type: number, local: number, width: number): void {
    if (!this.#rewriting.policy.memory) return this.value(kind, site, a, type, local);
    this.word(kind, site);
    a();
    if (type !== f32 && type !== f64) {
      if (type === v128) this.halves(local);
      else this.bits(type, local);
      this.writer.constant32(width);
      return this.tracer(type === v128 ? 'accessWide' : 'access');
    }
    return this.#carry('access', type, local);
  }

  /** An event with nothing in `a`, and what `v` leaves as an i32. */
  plain(kind: number, site: number, v?: () => void): void {
    this.word(kind, site);
    this.writer.constant32(0);
    if (v) {
      v();
      this.writer.byte(0xad);
    } else {
      this.writer.constant64(0n);
    }
    this.tracer('event');
  }

  /** Ends the program where the condition on the stack is true. */
  stopIf(reason: number): void {
    this.writer.bytes(0x04, 0x40).constant32(reason);
    this.tracer('stop');
    this.writer.byte(0x0b);
  }

  #carry(name: 'event' | 'access', type: number, local: number): void {
    if (type === f32 || type === f64) {
      this.writer.get(local);
      this.tracer(type === f32 ? `${name}32` : `${name}64`);
    } else if (type === v128) {
      this.halves(local);
      this.tracer(`${name}Wide`);
    } else {
      this.bits(type, local);
      this.tracer(name);
    }
  }
}
