import { toHex } from '../../bytes/hex.ts';
import { type FourOf, SelectionTree, hashFour } from './selectionTree.ts';

/** 4⁵ = 1,024 members. */
const membershipDepth = 5;

/** A measurement as the circuit `membership` takes it: its length and its first bytes, and its last 24. */
function partsOf(measurement: Uint8Array): readonly [high: bigint, low: bigint] {
  const { length } = measurement;
  if (length !== 32 && length !== 48) throw new RangeError(`a measurement has 32 or 48 bytes, found ${length}`);
  const number = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes)}`);
  const high = number(measurement.subarray(0, length - 24));
  return [(BigInt(length) << 192n) | high, number(measurement.subarray(length - 24))];
}

/** An approved set: a public list, in the order that it is published in. */
export class ApprovedSet {
  readonly #tree = new SelectionTree(membershipDepth);
  readonly #members: readonly Uint8Array[];

  /** @throws RangeError above 1,024 members, or for one that is not of 32 or 48 bytes */
  constructor(members: readonly Uint8Array[]) {
    this.#members = members;
    for (const member of members) this.#tree.add(hashFour([...partsOf(member), 0n, 0n]));
  }

  root(): bigint {
    return this.#tree.root();
  }

  /**
   * The circuit's inputs for a member; `blinding` is a random element of the field that the commitment was made with.
   * @throws RangeError for what is no member
   */
  witness(measurement: Uint8Array, blinding: bigint, context: bigint): MembershipWitness {
    const index = this.#members.findIndex((member) => toHex(member) === toHex(measurement));
    if (index < 0) throw new RangeError('the measurement is not in the set');
    const [high, low] = partsOf(measurement);
    const nodes = this.#tree.nodesAbove(index);
    return {
      root: this.root(),
      commitment: membershipCommitment(measurement, blinding),
      context,
      high,
      low,
      blinding,
      nodes,
    };
  }
}

/** Root, commitment and context are public; in this order they are the circuit's public inputs. */
export interface MembershipWitness {
  readonly [name: string]: bigint | readonly FourOf<bigint>[];
  readonly root: bigint;
  readonly commitment: bigint;
  readonly context: bigint;
}

/** Hides a measurement, and binds who gave it to it. */
export function membershipCommitment(measurement: Uint8Array, blinding: bigint): bigint {
  return hashFour([...partsOf(measurement), blinding, 1n]);
}
