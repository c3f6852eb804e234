import { FormatError } from '../verdict/auditorError.ts';
import { joined } from './packing.ts';
import type { AttestationFinding, AttestedSequence, ShardState, TupleFinding } from './types.ts';

/**
 * Findings of a batch as columns, so that nothing is copied object by object between threads: a block has a dozen strings and two lists, and a clone of
 * all of them costs more than following the chain does. Whatever is not ordinary goes as it is, with its place. Of the ordinary ones all hex stands in
 * one text, in fields of fixed length, and what most have in common (registers, states of shards, names of keys) stands there once.
 */
interface Packed<Finding> {
  readonly others: readonly (readonly [place: number, finding: Finding])[];
  readonly text: string;
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly shards: readonly (readonly ShardState[])[];
}

export interface PackedAttestations extends Packed<AttestationFinding> {
  readonly registers: readonly AttestedSequence['pcrs'][];
}

export interface PackedTuples extends Packed<TupleFinding> {
  readonly kids: readonly string[];
  /** Hex that nobody keeps, apart from the other: a piece of a text keeps all of it. Of each u, H(t), object. */
  readonly passing: string;
  /** Transaction hashes of the ordinary ones, one behind the other. */
  readonly transactions: Uint8Array<ArrayBuffer>;
}

const none: readonly never[] = [];
/** Hex digits of a hash. */
const hash = 64;

/** Digits and numbers of each ordinary attestation: y, object; k, documentTime, length, signatures, places of shards and registers. */
const attestation = { digits: 96 + hash, numbers: 6 };
/** Of each ordinary tuple: three hashes, and what is `passing`; time, signatures, number of transactions, places of shards and kid. */
const tuple = { digits: 3 * hash, passing: 32 + 2 * hash, numbers: 5 };

export function packAttestations(findings: readonly AttestationFinding[]): PackedAttestations {
  const others: [number, AttestationFinding][] = [];
  const texts: string[] = [];
  const numbers: number[] = [];
  const registers: AttestedSequence['pcrs'][] = [];
  const shards = new Table();
  for (const [place, finding] of findings.entries()) {
    const [sequence] = finding.sequences;
    if (!sequence || !isOrdinaryAttestation(finding, sequence)) {
      others.push([place, finding]);
      continue;
    }
    const { k, y, object, documentTime, length, pcrs } = sequence;
    // Those of one enclave are one object already.
    if (registers.at(-1) !== pcrs) registers.push(pcrs);
    texts.push(y, object);
    numbers.push(k, documentTime, length, finding.signatures, shards.placeOf(finding.shards), registers.length - 1);
  }
  return { others, text: texts.join(''), numbers: Float64Array.from(numbers), shards: shards.values, registers };
}

/** @throws FormatError where the columns do not belong together */
export function unpackAttestations({ others, text, numbers, shards, registers }: PackedAttestations) {
  const count = countOf(text, numbers, attestation);
  const ordinary: AttestationFinding[] = [];
  for (let index = 0; index < count; index++) {
    const digits = index * attestation.digits;
    const at = index * attestation.numbers;
    const k = small(numbers[at]);
    const sequence: AttestedSequence = {
      k,
      y: text.slice(digits, digits + 96),
      object: text.slice(digits + 96, digits + 96 + hash),
      length: small(numbers[at + 2]),
      storedAt: k,
      documentTime: numbers[at + 1] as number,
      pcrs: entry(registers, numbers[at + 5]),
    };
    ordinary.push({
      k,
      sequences: [sequence],
      strays: none,
      junk: none,
      shards: entry(shards, numbers[at + 4]),
      signatures: small(numbers[at + 3]),
    });
  }
  return merged(ordinary, others);
}

export function packTuples(findings: readonly TupleFinding[]): PackedTuples {
  const others: [number, TupleFinding][] = [];
  const texts: string[] = [];
  const passing: string[] = [];
  const numbers: number[] = [];
  const kids: string[] = [];
  const transactions: Uint8Array[] = [];
  const shards = new Table();
  for (const [place, finding] of findings.entries()) {
    const { tuple: block, object } = finding;
    if (!block?.transactions || object === undefined || !isOrdinaryTuple(finding)) {
      others.push([place, finding]);
      continue;
    }
    if (kids.at(-1) !== block.kid) kids.push(block.kid);
    texts.push(block.merkle, block.parent, block.block);
    passing.push(block.u, block.timestampHash, object);
    numbers.push(
      block.time,
      finding.signatures,
      block.transactions.length,
      shards.placeOf(finding.shards),
      kids.length - 1,
    );
    transactions.push(block.transactions);
  }
  return {
    others,
    text: texts.join(''),
    numbers: Float64Array.from(numbers),
    shards: shards.values,
    kids,
    passing: passing.join(''),
    transactions: joined(transactions),
  };
}

/** @throws FormatError as `unpackAttestations` */
export function unpackTuples({ others, text, passing, numbers, shards, kids, transactions }: PackedTuples) {
  const count = countOf(text, numbers, tuple);
  if (passing.length !== count * tuple.passing) throw new FormatError('Packed tuples: hashes are missing.', 0);
  const ordinary: TupleFinding[] = [];
  let offset = 0;
  for (let index = 0; index < count; index++) {
    const at = index * tuple.numbers;
    const digits = index * tuple.digits;
    const hashAt = (place: number): string => text.slice(digits + place * hash, digits + (place + 1) * hash);
    const passed = passing.slice(index * tuple.passing, (index + 1) * tuple.passing);
    const timestampHash = passed.slice(32, 32 + hash);
    const end = offset + small(numbers[at + 2]);
    if (end > transactions.length) throw new FormatError('Packed tuples: the transactions end too early.', index);
    const block = {
      u: passed.slice(0, 32),
      merkle: hashAt(0),
      parent: hashAt(1),
      block: hashAt(2),
      timestampHash,
      time: numbers[at] as number,
      transactions: transactions.subarray(offset, end),
      kid: entry(kids, numbers[at + 4]),
    };
    offset = end;
    ordinary.push({
      timestampHash,
      tuple: block,
      object: passed.slice(32 + hash),
      junk: none,
      shards: entry(shards, numbers[at + 3]),
      signatures: small(numbers[at + 1]),
    });
  }
  if (offset !== transactions.length) throw new FormatError('Packed tuples: transactions are left over.', offset);
  return merged(ordinary, others);
}

function isOrdinaryAttestation(finding: AttestationFinding, { k, storedAt, y, object }: AttestedSequence): boolean {
  const { sequences, strays, junk } = finding;
  return (
    sequences.length === 1 &&
    strays.length === 0 &&
    junk.length === 0 &&
    k === finding.k &&
    storedAt === k &&
    y.length === 96 &&
    object.length === hash
  );
}

function isOrdinaryTuple({ timestampHash, tuple: block, object, junk }: TupleFinding): boolean {
  return (
    junk.length === 0 &&
    block?.firstLeaf === undefined &&
    block?.timestampHash === timestampHash &&
    block.u.length === 32 &&
    timestampHash.length === hash &&
    block.merkle.length === hash &&
    block.parent.length === hash &&
    block.block.length === hash &&
    object?.length === hash
  );
}

/** Distinct lists of states, each once. */
class Table {
  readonly values: (readonly ShardState[])[] = [];
  readonly #places = new Map<string, number>();

  placeOf(states: readonly ShardState[]): number {
    const key = states.join();
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.values.length);
    return this.values.push(states) - 1;
  }
}

function countOf(
  text: string,
  numbers: Float64Array,
  each: { readonly digits: number; readonly numbers: number },
): number {
  const count = numbers.length / each.numbers;
  if (Number.isInteger(count) && text.length === count * each.digits) return count;
  throw new FormatError(`Packed findings: ${numbers.length} numbers and ${text.length} digits do not fit.`, 0);
}

function entry<Value>(table: readonly Value[], place: number | undefined): Value {
  const value = table[place ?? -1];
  if (value === undefined) throw new FormatError(`Packed findings: there is no entry ${place} in a table.`, 0);
  return value;
}

/** What comes out of an array of doubles is kept as a double, in a box of its own, also where it is a small whole number; this one is not. */
function small(value: number | undefined): number {
  const whole = (value as number) | 0;
  return whole === value ? whole : (value as number);
}

/** In the order in which they were packed. */
function merged<Finding>(
  ordinary: readonly Finding[],
  others: readonly (readonly [number, Finding])[],
): readonly Finding[] {
  if (others.length === 0) return ordinary;
  const all: Finding[] = [];
  let next = 0;
  for (const [place, finding] of others) {
    while (all.length < place && next < ordinary.length) all.push(ordinary[next++] as Finding);
    all.push(finding);
  }
  return [...all, ...ordinary.slice(next)];
}
