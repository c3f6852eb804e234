import type {
  AttestationFinding,
  AttestedSequence,
  Contradiction,
  Junk,
  SequencedBlock,
  Stop,
  TimestampedBlock,
  TupleFinding,
} from './types.ts';
import { listForks } from './forks.ts';
import { grown, withOne } from './grownList.ts';
import { totalOrder } from './order.ts';
import type { Fork } from './types.ts';

/** Where a main chain begins: at block zero, or after a pinned checkpoint (CHAIN.md 27). */
export type OmcStart =
  | { readonly genesis: string }
  | {
      readonly genesis: string;
      readonly checkpoint: { readonly k: number; readonly height: number; readonly timestampHash: string };
    };

/** A valid tuple (b, t, a) in the graph. `height` is set once the path to the start is known. */
export interface ChainNode {
  /** Its number; the least one where one y was attested under two. */
  k: number;
  height: number | null;
  readonly block: string;
  readonly timestampHash: string;
  readonly parent: string;
  readonly time: number;
  leaves: number | null;
}

/** Its lists are made anew when they grow (`withOne`). */
export interface NumberEntry {
  /** Every valid document for this number; more than one y among them is equivocation. */
  sequences: readonly AttestedSequence[];
  junk: boolean;
  /** Valid tuples for this number; more than one only under equivocation. */
  nodes: readonly ChainNode[];
}

/** All that is known under one H(t), in one place, since every block has one. */
export interface HashEntry {
  /** H(t) itself: what else has to keep it keeps this one. */
  readonly timestampHash: string;
  /** The sequences that name it, the first of each number. */
  sequences: readonly AttestedSequence[];
  /** Null while nothing valid was read under that name. */
  tuple: TimestampedBlock | null;
  node: ChainNode | null;
  /** The nodes that follow it, whether or not it is known itself. */
  children: readonly ChainNode[];
}

/**
 * The state of `omc` (patent figure 6): everything valid seen so far, indexed by number and by t^H so that nothing is scanned twice.
 * It only grows; `addAttestation` and `addTuple` may come in any order and any number of times, and `extendOmc` moves the tail.
 */
export interface OmcState {
  readonly start: OmcStart;
  readonly numbers: Map<number, NumberEntry>;
  readonly hashes: Map<string, HashEntry>;
  /**
   * By y and by `#k`: every distinct valid sequence, wherever it was found; two under one key contradict each other. The ordinary one, a number's own that
   * alone names its H(t), stands in `numbers` and `hashes` only.
   */
  readonly seen: Map<string, readonly AttestedSequence[]>;
  /** Entries of `hashes` with a node. */
  nodes: number;
  readonly main: ChainNode[];
  /** Keys of `seen` with more than one sequence. */
  readonly contradicted: Set<string>;
  readonly junk: Map<string, Junk>;
  /** All numbers up to this one have a valid tuple. */
  filled: number;
  /** The highest number with a valid attestation, −1 when there is none. */
  end: number;
  /** The least number in any contradiction: the main chain is cut before it. */
  cut: number;
  signatures: number;
}

export interface OmcResult {
  readonly main: readonly SequencedBlock[];
  readonly forks: readonly Fork[];
  /** Valid tuples off the tree of block zero, below the first problem (CHAIN.md 4). */
  readonly orphans: readonly SequencedBlock[];
  /** All blocks with a height, forks included, by (height, k) (patent [0054]). */
  readonly order: readonly SequencedBlock[];
  readonly stop: Stop;
  /** Every stop found, the reported one first; the verdict is the worst of them (CHAIN.md 8). */
  readonly stops: readonly Stop[];
  readonly contradictions: readonly Contradiction[];
  readonly junk: readonly Junk[];
  readonly attestations: number;
  readonly signatures: number;
}

export function startOmc(start: OmcStart): OmcState {
  return {
    start,
    numbers: new Map(),
    hashes: new Map(),
    seen: new Map(),
    nodes: 0,
    main: [],
    contradicted: new Set(),
    junk: new Map(),
    filled: 'checkpoint' in start ? start.checkpoint.k - 1 : -1,
    end: -1,
    cut: Number.POSITIVE_INFINITY,
    signatures: 0,
  };
}

/** Takes in what came out of one `seq/<k>`. */
export function addAttestation(state: OmcState, finding: AttestationFinding): void {
  state.signatures += finding.signatures;
  noteJunk(state, finding.junk);
  if (finding.junk.length > 0) entryOf(state, finding.k).junk = true;
  for (const stray of finding.strays) noteSequence(state, stray);
  for (const sequence of finding.sequences) {
    const known = hashEntryOf(state, sequence.y.slice(32));
    if (!isFirstOfAll(state, sequence, known)) noteSequence(state, sequence, known);
    const entry = entryOf(state, sequence.k);
    let isSubject = false;
    let isDocument = false;
    for (const other of entry.sequences) {
      if (other.y !== sequence.y) continue;
      isSubject = true;
      if (other.object === sequence.object) isDocument = true;
    }
    if (isDocument) continue;
    entry.sequences = withOne(entry.sequences, sequence);
    // Another document for the same ⟨y, k⟩ matters only to the measurement (CHAIN.md 6).
    if (isSubject) continue;
    if (sequence.k > state.end) state.end = sequence.k;
    known.sequences = grown(known.sequences, sequence);
    join(state, sequence, known);
  }
}

/** Takes in what came out of one `tuple/<H(t)>`; a later finding with the block or tree replaces one without. */
export function addTuple(state: OmcState, finding: TupleFinding): void {
  state.signatures += finding.signatures;
  noteJunk(state, finding.junk);
  const { tuple } = finding;
  if (!tuple) return;
  const known = hashEntryOf(state, finding.timestampHash);
  if (known.tuple && !(tuple.transactions && !known.tuple.transactions)) return;
  known.tuple = tuple;
  for (const sequence of known.sequences) join(state, sequence, known);
}

/** Moves the tail as far as what is known allows. What it appends is final unless a contradiction turns up before it. */
export function extendOmc(state: OmcState): void {
  while (state.numbers.get(state.filled + 1)?.nodes.length) state.filled += 1;
  if (state.main.length === 0) {
    const first = firstNode(state);
    if (!first || first.k >= state.cut) return;
    state.main.push(first);
  }
  for (;;) {
    const tail = state.main.at(-1) as ChainNode;
    const next = leastChild(state, tail);
    if (!next || next.k <= tail.k || next.k > state.filled || next.k >= state.cut) return;
    state.main.push(next);
  }
}

/**
 * The result as of now: `extendOmc`, then why it goes no further, the forks and the order. Linear but for sorting by height.
 * It depends on what was added only, not on the order in which it came. Nothing at or beyond a contradiction is listed.
 */
export function concludeOmc(state: OmcState): OmcResult {
  extendOmc(state);
  const stops = findStops(state);
  const nodes: ChainNode[] = [];
  for (const { node } of state.hashes.values()) if (node && node.k < state.cut) nodes.push(node);
  const problem = state.filled < state.end ? state.filled + 1 : Number.POSITIVE_INFINITY;
  const orphans = nodes.filter((node) => node.height === null && node.k < problem).sort((a, b) => a.k - b.k);
  const main = state.main.map(listed);
  const placed = nodes.filter((node) => node.height !== null);
  return {
    main,
    forks: listForks(state.main, state.hashes, state.cut),
    orphans: orphans.map(listed),
    // The main chain is in order; where nothing stands beside it there is nothing to sort.
    order: placed.length === main.length ? main : totalOrder(placed.map(listed)),
    stop: stops[0] as Stop,
    stops,
    contradictions: listContradictions(state),
    junk: [...state.junk.values()],
    attestations: countAttestations(state),
    signatures: state.signatures,
  };
}

/** `omc` over everything at once (patent figure 6). */
export function omc(
  start: OmcStart,
  attestations: Iterable<AttestationFinding>,
  tuples: Iterable<TupleFinding>,
): OmcResult {
  const state = startOmc(start);
  for (const finding of attestations) addAttestation(state, finding);
  for (const finding of tuples) addTuple(state, finding);
  return concludeOmc(state);
}

/** Distinct valid ⟨y, k⟩. */
function countAttestations(state: OmcState): number {
  let count = 0;
  for (const { sequences } of state.numbers.values()) {
    count += sequences.length < 2 ? sequences.length : new Set(sequences.map(({ y }) => y)).size;
  }
  return count;
}

const none: readonly never[] = [];

function entryOf(state: OmcState, k: number): NumberEntry {
  let entry = state.numbers.get(k);
  if (!entry) {
    entry = { sequences: none, junk: false, nodes: none };
    state.numbers.set(k, entry);
  }
  return entry;
}

function hashEntryOf(state: OmcState, timestampHash: string): HashEntry {
  let entry = state.hashes.get(timestampHash);
  if (!entry) {
    entry = { timestampHash, sequences: none, tuple: null, node: null, children: none };
    state.hashes.set(timestampHash, entry);
  }
  return entry;
}

function noteJunk(state: OmcState, found: readonly Junk[]): void {
  for (const junk of found) state.junk.set(`${junk.name} ${junk.code} ${junk.reason}`, junk);
}

/** Whether nothing is known yet under its number, nor under what it names, so that nothing can contradict it. */
function isFirstOfAll(state: OmcState, { k }: AttestedSequence, { sequences }: HashEntry): boolean {
  return state.seen.size === 0 && sequences.length === 0 && !state.numbers.get(k)?.sequences.length;
}

/**
 * Equal in exactly one of y and k is equivocation (CHAIN.md 5), wherever the document was found.
 * @param own what is known under its H(t), where it is the number's own and will stand there
 */
function noteSequence(state: OmcState, sequence: AttestedSequence, own?: HashEntry): void {
  for (const key of [sequence.y, `#${sequence.k}`]) {
    const known = state.seen.get(key) ?? ownUnder(state, key, sequence);
    if (known.some((other) => other.y === sequence.y && other.k === sequence.k)) continue;
    if (known.length === 0 && own?.sequences.length === 0) continue;
    const all = [...known, sequence];
    state.seen.set(key, all);
    if (all.length === 1) continue;
    state.contradicted.add(key);
    state.cut = Math.min(state.cut, ...all.map((other) => other.k));
  }
  while ((state.main.at(-1)?.k ?? -1) >= state.cut) state.main.pop();
}

/** A number's own sequence with this y, or under this number, where it is the first of its H(t) or of its number: any other stands in `seen`. */
function ownUnder(state: OmcState, key: string, { k, y }: AttestedSequence): readonly AttestedSequence[] {
  const own = key === y ? state.hashes.get(y.slice(32)) : state.numbers.get(k);
  const first = own?.sequences[0];
  return first && (key !== y || first.y === y) ? [first] : none;
}

function listContradictions(state: OmcState): Contradiction[] {
  return [...state.contradicted].sort().flatMap((key) => {
    const [first, ...others] = [...(state.seen.get(key) as AttestedSequence[])].sort(
      (a, b) => a.k - b.k || (a.y < b.y ? -1 : 1),
    );
    return others.map((second) => ({ first: first as AttestedSequence, second }));
  });
}

/** A sequence and a valid ⟨b, t⟩ make a valid tuple when y = u ‖ H(t). */
function join(state: OmcState, sequence: AttestedSequence, under: HashEntry): void {
  const { tuple, node: known } = under;
  if (!tuple || sequence.y !== tuple.u + tuple.timestampHash) return;
  const leaves = tuple.transactions === null ? null : tuple.transactions.length / 32;
  const entry = entryOf(state, sequence.k);
  if (known) {
    known.leaves ??= leaves;
    known.k = Math.min(known.k, sequence.k);
    if (!entry.nodes.includes(known)) entry.nodes = withOne(entry.nodes, known);
    place(state, known);
    return;
  }
  const node: ChainNode = {
    k: sequence.k,
    height: null,
    block: tuple.block,
    timestampHash: tuple.timestampHash,
    parent: tuple.parent,
    time: tuple.time,
    leaves,
  };
  entry.nodes = withOne(entry.nodes, node);
  under.node = node;
  state.nodes += 1;
  const above = hashEntryOf(state, node.parent);
  above.children = grown(above.children, node);
  place(state, node);
}

/** Gives a node its height when its parent has one, and so on down to all that waited for it: each node once. */
function place(state: OmcState, node: ChainNode): void {
  if (node.height !== null) return;
  node.height = isFirst(state.start, node)
    ? firstHeight(state.start)
    : heightBelow(state.hashes.get(node.parent)?.node);
  if (node.height === null) return;
  const placed: ChainNode[] = [node];
  for (let parent = placed.pop(); parent; parent = placed.pop()) {
    for (const child of state.hashes.get(parent.timestampHash)?.children ?? none) {
      if (child.height !== null) continue;
      child.height = heightBelow(parent);
      placed.push(child);
    }
  }
}

function heightBelow(parent: ChainNode | null | undefined): number | null {
  return !parent || parent.height === null ? null : parent.height + 1;
}

function firstNumber(start: OmcStart): number {
  return 'checkpoint' in start ? start.checkpoint.k : 0;
}

function firstHeight(start: OmcStart): number {
  return 'checkpoint' in start ? start.checkpoint.height : 0;
}

function isFirst(start: OmcStart, node: ChainNode): boolean {
  if (node.k !== firstNumber(start)) return false;
  return 'checkpoint' in start ? node.timestampHash === start.checkpoint.timestampHash : node.block === start.genesis;
}

function firstNode(state: OmcState): ChainNode | undefined {
  return state.numbers.get(firstNumber(state.start))?.nodes.find((node) => isFirst(state.start, node));
}

function leastChild(state: OmcState, parent: ChainNode): ChainNode | undefined {
  let least: ChainNode | undefined;
  for (const child of state.hashes.get(parent.timestampHash)?.children ?? none) {
    if (!least || child.k < least.k) least = child;
  }
  return least;
}

/** A block with a height sequenced before its parent, on forks too (CHAIN.md 3): its number. */
function findOrderFaults(state: OmcState): number[] {
  const faults: number[] = [];
  for (const { node } of state.hashes.values()) {
    const parent = node && state.hashes.get(node.parent)?.node;
    if (parent && parent.height !== null && node.k < parent.k && node.k < state.cut) faults.push(node.k);
  }
  return faults;
}

/** Every reason to stop, the one with the least number first; `end as shown` only where there is no other. */
function findStops(state: OmcState): Stop[] {
  const stops: Stop[] = findOrderFaults(state).map((k) => ({ reason: 'order', k }));
  if (state.cut !== Number.POSITIVE_INFINITY) stops.push({ reason: 'equivocation', k: state.cut });
  const first = firstNumber(state.start);
  const missing = state.filled + 1;
  if (missing <= Math.max(state.end, first)) {
    if (missing < state.cut) stops.push({ reason: reasonAt(state.numbers.get(missing)), k: missing });
  } else if (!firstNode(state) && first < state.cut) {
    // The first number is taken by a valid tuple that is not the block it must be.
    stops.push({ reason: 'invalid', k: first });
  }
  if (stops.length === 0) return [{ reason: 'end as shown' }];
  return stops.sort((a, b) => (a.k as number) - (b.k as number));
}

function reasonAt(entry: NumberEntry | undefined): 'attestation without block' | 'invalid' | 'gap' {
  if (entry && entry.sequences.length > 0) return 'attestation without block';
  return entry?.junk ? 'invalid' : 'gap';
}

function listed(node: ChainNode): SequencedBlock {
  return { ...node };
}
