import type { TraceEvent } from '../event.ts';
import { zeroDigest } from '../metadata.ts';
import { wordHex } from './field.ts';
import { type SelectedValue, selectedValues, selectionLeaf, selectionSalt } from './selectedValue.ts';
import { type FourOf, SelectionTree, maximumSelected } from './selectionTree.ts';

/** What a prover knows of one leaf beside the statement. */
export interface SelectionWitness {
  readonly value: SelectedValue;
  readonly salt: bigint;
  readonly nodes: readonly FourOf<bigint>[];
}

/**
 * The selection of a trace: the second root that the metadata commits to, over the values of calls. Values are collected while events go by and
 * hashed when the root is asked for. Whoever runs the program again gets the same root from the same events and salt key.
 */
export class Selection {
  readonly #saltKey: Uint8Array;
  readonly #values: SelectedValue[] = [];
  #tree: SelectionTree | undefined;
  #overfull = false;

  /** @param saltKey 32 bytes; zeros for a trace without salts, whose selection then hides nothing from one who can guess */
  constructor(saltKey: Uint8Array) {
    if (saltKey.length !== 32) throw new RangeError(`a salt key has 32 bytes, found ${saltKey.length}`);
    this.#saltKey = saltKey.slice();
  }

  /** What was collected; nothing where it was too much. */
  get values(): readonly SelectedValue[] {
    return this.#values;
  }

  /** Whether there were more than 65,536 values: then nothing is selected, and the policy has to choose fewer functions. */
  get overfull(): boolean {
    return this.#overfull;
  }

  /**
   * Adds what a selected event gives; events that the policy does not select are not to be given.
   * @param number of the event in the trace, from 0
   */
  add(event: TraceEvent, number: number): void {
    if (this.#overfull) return;
    const values = selectedValues(event, number);
    if (values.length === 0) return;
    this.#tree = undefined;
    if (this.#values.length + values.length > maximumSelected) {
      this.#overfull = true;
      this.#values.length = 0;
    } else {
      this.#values.push(...values);
    }
  }

  /** For `selection` of the metadata: 64 lower-case hex digits, zeros where nothing was selected. About a thousand values a second. */
  root(): string {
    return this.#values.length === 0 ? zeroDigest : wordHex(this.#grown().root());
  }

  /** @throws RangeError where there is no such place */
  witness(place: number): SelectionWitness {
    const value = this.#values[place];
    if (!value) throw new RangeError(`the selection has no value ${place}`);
    return { value, salt: selectionSalt(this.#saltKey, place), nodes: this.#grown().nodesAbove(place) };
  }

  #grown(): SelectionTree {
    if (!this.#tree) {
      this.#tree = new SelectionTree();
      for (const [place, value] of this.#values.entries()) {
        this.#tree.add(selectionLeaf(value, selectionSalt(this.#saltKey, place)));
      }
    }
    return this.#tree;
  }
}
