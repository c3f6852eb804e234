import { keccakTreeModule } from '../bytes/keccakTreeModule.ts';
import { FunctionCounter, leafOffsets } from './functionIndex.ts';
import { recordLength } from './record.ts';
import { longestEvent, PlainScanner, RecordScanner, type FullRule, type ScanRules } from './recordScanner.ts';
import {
  numberOffsetsAt,
  ownersAt,
  scanEnd,
  scanFunction,
  scanState,
  slotBytes,
  slotNumbers,
  slotsAt,
  waitingAt,
} from './scanCode.ts';
import {
  batchBytes,
  batchLeaves,
  dataAt,
  expectRising,
  fastHasher,
  hashInPlace,
  offsetsAt,
  treeHasher,
  type TreeHasher,
  type TreeKernel,
} from './treeHasher.ts';

interface ScanKernel extends TreeKernel {
  readonly scan: () => number;
}

const pageBytes = 65536;
const mostPages = 65536;
const firstPages = Math.ceil(slotsAt / pageBytes);
/** Bytes of memory that are kept for the next trace. */
const mostKept = 16 * 1024 * 1024;

/** With WebAssembly where that is at hand, and else without. */
export function recordScanner(rules: ScanRules): RecordScanner {
  const kernel = spare ?? newKernel();
  spare = undefined;
  return kernel ? new FastScanner(rules, kernel) : new PlainScanner(rules);
}

/** A kernel that nobody uses: most of the time there is one trace at a time, and memory is cheaper kept than made. */
let spare: ScanKernel | undefined;
let module: WebAssembly.Module | undefined;

function newKernel(): ScanKernel | undefined {
  if (!treeHasher().isFast) return undefined;
  try {
    module ??= new WebAssembly.Module(keccakTreeModule([firstPages, mostPages], [scanFunction]));
    return new WebAssembly.Instance(module).exports as unknown as ScanKernel;
  } catch {
    return undefined;
  }
}

/** Records stand in the memory of WebAssembly, are looked at there and are hashed where they stand. */
class FastScanner extends RecordScanner {
  readonly hasher: TreeHasher;
  protected readonly counter: FunctionCounter;
  readonly #kernel: ScanKernel;
  /** Where the next function's slot comes to. */
  #nextSlot: number;
  #bytes!: Uint8Array<ArrayBuffer>;
  #words!: Uint32Array<ArrayBuffer>;
  /** Hashes what is not in its memory but for leaves, whose place the records have. */
  #own!: TreeHasher;
  buffer!: Uint8Array;
  offsets!: Uint32Array;

  constructor(rules: ScanRules, kernel: ScanKernel) {
    super(rules);
    this.#kernel = kernel;
    this.#nextSlot = slotsAt + Math.ceil((4 * rules.functions) / 16) * 16;
    this.#renew();
    this.#makeRoom(this.#nextSlot);
    this.#bytes.fill(0, slotsAt, this.#nextSlot);
    this.#words.fill(0, scanState.at / 4, scanState.events / 4 + 2);
    this.#words.set(leafOffsets, numberOffsetsAt / 4);
    const shared = treeHasher();
    this.hasher = {
      isFast: true,
      nodes: (level) => this.#own.nodes(level),
      expandPair: (...pair) => this.#own.expandPair(...pair),
      leaves: (data, offsets, count, salts) => {
        if (data.buffer !== this.#bytes.buffer || offsets !== this.offsets) {
          return shared.leaves(data, offsets, count, salts);
        }
        expectRising(data, offsets, count);
        return this.#hash(data.byteOffset, offsetsAt, count, salts);
      },
    };
    this.counter = new FunctionCounter(rules.saltKey, this.hasher);
  }

  scan(full: FullRule): boolean {
    const from = this.scanned;
    const words = this.#words;
    words[scanState.at / 4] = from;
    words[scanState.last / 4] = this.filled;
    words[scanState.start / 4] = from - this.eventRecords * recordLength;
    words[scanState.allowed / 4] = this.isStarted ? longestEvent : 0;
    words[scanState.leaves / 4] = this.leaves;
    words[scanState.eventsPerLeaf / 4] = this.rules.eventsPerLeaf;
    words[scanState.functions / 4] = this.rules.functions;
    words[scanState.fullBytes / 4] = full.bytes;
    words[scanState.fewMask / 4] = full.few > 0 ? full.few - 1 : 0xffffffff;
    words[scanState.tiles / 4] = full.tiles ? 1 : 0;
    for (;;) {
      const end = this.#kernel.scan();
      if (end === scanEnd.slot) this.#giveSlot();
      else if (end === scanEnd.waiting) this.#hashWaiting();
      else {
        this.#looked(from, end);
        return end === scanEnd.full;
      }
    }
  }

  #looked(from: number, end: number): void {
    const words = this.#words;
    const at = words[scanState.at / 4] as number;
    const start = (words[scanState.start / 4] as number) | 0;
    const record = (at - from) / recordLength;
    if (end === scanEnd.value) this.refuseValue((Math.min(at, start + longestEvent) - from) / recordLength);
    if (end === scanEnd.site) this.refuseFunction((words[(dataAt + at) / 4] as number) >>> 8, record);
    this.records += record;
    this.scanned = at;
    this.eventRecords = (at - start) / recordLength;
    this.isStarted = words[scanState.allowed / 4] !== 0;
    this.leaves = words[scanState.leaves / 4] as number;
    this.events = (words[scanState.events / 4] as number) + 2 ** 32 * (words[scanState.events / 4 + 1] as number);
  }

  override entries(isTraced: (index: number) => boolean) {
    this.#hashWaiting();
    for (let index = 0; index < this.rules.functions; index++) {
      const slot = this.#words[slotsAt / 4 + index] as number;
      if (slot === 0) continue;
      const numbers = this.#bytes.slice(slot + slotNumbers, slot + slotNumbers + 8 * (this.#words[slot / 4] as number));
      for (let at = 0; at < numbers.length; at += 8) numbers.subarray(at, at + 8).reverse();
      this.counter.putOpen(index, numbers);
    }
    return super.entries(isTraced);
  }

  override release(): void {
    super.release();
    // Memory of WebAssembly never shrinks: what a program with very many functions made grow is let go.
    if (this.#bytes.length <= mostKept) spare = this.#kernel;
  }

  /** The function at hand is called for the first time. */
  #giveSlot(): void {
    const at = this.#words[scanState.at / 4] as number;
    const site = (this.#words[(dataAt + at) / 4] as number) >>> 8;
    const slot = this.#nextSlot;
    this.#nextSlot += slotBytes;
    this.#makeRoom(this.#nextSlot);
    this.#words[slot / 4] = 0;
    this.#words[slotsAt / 4 + site] = slot;
  }

  #hashWaiting(): void {
    const count = this.#words[scanState.waiting / 4] as number;
    this.#words[scanState.waiting / 4] = 0;
    const owners = this.#words.subarray(ownersAt / 4, ownersAt / 4 + count);
    this.counter.take(owners, (salts) => this.#hash(waitingAt, numberOffsetsAt, count, salts));
  }

  #hash(base: number, offsets: number, count: number, salts: Uint8Array | undefined): Uint8Array {
    return hashInPlace({ bytes: this.#bytes, leaves: this.#kernel.leaves }, base, offsets, count, salts);
  }

  #makeRoom(end: number): void {
    const missing = end - this.#bytes.length;
    if (missing <= 0) return;
    this.#kernel.memory.grow(Math.max(16, Math.ceil(missing / pageBytes)));
    this.#renew();
  }

  #renew(): void {
    const { buffer } = this.#kernel.memory;
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#own = fastHasher(this.#kernel);
    this.buffer = this.#bytes.subarray(dataAt, dataAt + batchBytes);
    this.offsets = this.#words.subarray(offsetsAt / 4, offsetsAt / 4 + batchLeaves + 1);
  }
}
