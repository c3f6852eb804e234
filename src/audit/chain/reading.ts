import type { BucketAnswer } from '../../core/chain/types.ts';

/** The answers of all buckets for one name, as far as they came. */
export interface Reading {
  /** In the order of the buckets; one that was not heard counts as `missing` until `isComplete`. */
  readonly answers: readonly BucketAnswer[];
  readonly isComplete: boolean;
  /** Bytes that it holds. */
  readonly length: number;
  /** Every bucket's answer. @throws the signal's reason when aborted */
  rest(): Promise<readonly BucketAnswer[]>;
  /** Lets go of the bytes; `rest` reads them again. */
  forget(): void;
}

/** A name about which every bucket was heard at once: nothing is left to be read. */
export class WholeReading implements Reading {
  readonly answers: readonly BucketAnswer[];
  readonly isComplete = true;

  constructor(answers: readonly BucketAnswer[]) {
    this.answers = answers;
  }

  get length(): number {
    return lengthOf(this.answers);
  }

  rest(): Promise<readonly BucketAnswer[]> {
    return Promise.resolve(this.answers);
  }

  forget(): void {
    // It could not be read again without being asked for anew, and is never kept waiting.
  }
}

/** Bytes of all versions. */
export function lengthOf(answers: readonly (BucketAnswer | undefined)[]): number {
  let length = 0;
  for (const answer of answers) {
    if (typeof answer === 'object') for (const version of answer) length += version.length;
  }
  return length;
}
