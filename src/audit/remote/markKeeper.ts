import { segmentLength } from '../../core/chain/segment.ts';
import type { OmcState } from '../../core/chain/omc.ts';
import type { ShardState } from '../../core/chain/types.ts';
import type { Evidence } from '../chain/evidence.ts';
import type { AuditSnapshot } from '../chain/snapshot.ts';
import { packMark, storages, type Standing } from './numberMark.ts';

/** A stretch of marks that has changed: numbers from `from` on, one byte each; `length` is how many numbers there are in all. */
export interface MarkChange {
  readonly from: number;
  readonly marks: Uint8Array<ArrayBuffer>;
  readonly length: number;
}

/** A listing, or a sequencer, may name any number; a picture of more than these would show nothing and take their memory. */
const numbersAtMost = 2 ** 22;

const lies: ReadonlySet<ShardState> = new Set(['wrong', 'copied', 'zero', 'dependent', 'malformed']);

/** Keeps one byte for each number of an audit, and tells which have changed: while it reads on only new numbers are looked at. */
export class MarkKeeper {
  readonly #evidence: Evidence;
  #marks = new Uint8Array(1024);
  /** Two bits for the attestation, two for the tuple. */
  #storage = new Uint8Array(1024);
  #length = 0;
  /** Numbers below it were looked at and can change by what `#least` says only. */
  #settled = 0;
  #least = Number.POSITIVE_INFINITY;

  /** From now on every name whose shards are not all good is told to it. */
  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    evidence.tally.onNote = (name, states) => this.#note(name, states);
  }

  /** Looks at what is new. @returns undefined where nothing has changed */
  look(snapshot: AuditSnapshot): MarkChange | undefined {
    const { state } = this.#evidence;
    const isReading = snapshot.phase === 'listing' || snapshot.phase === 'blocks';
    const length = Math.min(isReading ? snapshot.progress.total : state.end + 1, numbersAtMost);
    this.#reserve(length);
    const from = isReading ? Math.min(this.#settled, this.#least) : 0;
    const standing = standingsIn(state, snapshot, isReading);
    let first = -1;
    let last = -1;
    for (let k = from; k < length; k += 1) {
      const stored = this.#storage[k] as number;
      const mark = packMark({
        standing: standing(k),
        aside: k < state.cut && isAside(state, k),
        storage: storages[Math.max(stored & 3, stored >> 2)] ?? 'good',
      });
      if (mark === this.#marks[k] && k < this.#length) continue;
      this.#marks[k] = mark;
      if (first < 0) first = k;
      last = k;
    }
    this.#settled = Math.max(0, Math.min(state.filled, state.main.at(-1)?.k ?? 0, length));
    this.#least = Number.POSITIVE_INFINITY;
    if (first < 0 && length === this.#length) return undefined;
    this.#length = length;
    return { from: Math.max(first, 0), marks: this.#marks.slice(Math.max(first, 0), last + 1), length };
  }

  #note(name: string, states: readonly ShardState[] | undefined): void {
    const { state } = this.#evidence;
    const [area, rest = ''] = name.split('/');
    const k =
      area === 'tuple'
        ? state.hashes.get(rest)?.sequences[0]?.k
        : area === 'seq'
          ? Number(rest)
          : // A segment stands for its numbers, beginning at its first.
            Number(rest) * segmentLength;
    if (k === undefined || k >= numbersAtMost) return;
    this.#reserve(k + 1);
    const shift = area === 'tuple' ? 2 : 0;
    this.#storage[k] = ((this.#storage[k] as number) & ~(3 << shift)) | (levelOf(states) << shift);
    this.#least = Math.min(this.#least, k);
  }

  #reserve(length: number): void {
    if (length <= this.#marks.length) return;
    const size = Math.max(length, 2 * this.#marks.length);
    this.#marks = grown(this.#marks, size);
    this.#storage = grown(this.#storage, size);
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}

/** As `storages` counts. A bucket that could not be asked has shown nothing wrong about a number. */
function levelOf(states: readonly ShardState[] | undefined): number {
  if (!states) return 0;
  if (states.filter((state) => state === 'good').length < 3) return 3;
  if (states.some((state) => lies.has(state))) return 2;
  return states.includes('missing') ? 1 : 0;
}

function standingsIn(state: OmcState, { stop, read }: AuditSnapshot, isReading: boolean): (k: number) => Standing {
  const first = 'checkpoint' in state.start ? state.start.checkpoint.k : 0;
  const bad = new Set<number>();
  for (const key of state.contradicted) for (const { k } of state.seen.get(key) ?? []) bad.add(k);
  if (stop?.reason === 'order' && stop.k !== undefined) bad.add(stop.k);
  const isStopped = (k: number): boolean => stop?.reason === 'order' && k > (stop.k ?? Infinity);
  return (k) => {
    if (bad.has(k)) return 'contradicted';
    const entry = state.numbers.get(k);
    const node = entry?.nodes[0];
    if (!node) {
      if (k < first || (isReading && k >= read) || k > state.end) return 'unread';
      if (entry && entry.sequences.length > 0) return 'block missing';
      return entry?.junk ? 'junk' : 'gap';
    }
    if (k > state.filled || k >= state.cut || isStopped(k)) return 'behind';
    return node.leaves === null ? 'content missing' : 'verified';
  };
}

/** Whether a valid block of this number is not on the main chain, though all numbers up to it are there. */
function isAside(state: OmcState, k: number): boolean {
  if (k > state.filled) return false;
  const base = state.main[0]?.height ?? 0;
  const tip = state.main.at(-1);
  for (const node of state.numbers.get(k)?.nodes ?? []) {
    const onMain = node.height !== null && state.main[node.height - base] === node;
    // Children of the tail are undecided.
    if (!onMain && node.parent !== tip?.timestampHash) return true;
  }
  return false;
}
