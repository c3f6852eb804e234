import type { BucketAnswer } from '../../core/chain/types.ts';

/** Bounds of one message to a worker: short enough that a cancel is seen soon, long enough that the message costs nothing. */
export const batchLimits = { jobs: 64, bytes: 32 * 1024 * 1024 } as const;

/** Splits jobs, in order, into as few batches as the bounds allow. A single job beyond them is a batch of its own. */
export function batches<Job extends { readonly answers: readonly BucketAnswer[] }>(
  jobs: readonly Job[],
  limits: { readonly jobs: number; readonly bytes: number } = batchLimits,
): readonly (readonly Job[])[] {
  const result: Job[][] = [];
  let current: Job[] = [];
  let bytes = 0;
  for (const job of jobs) {
    let weight = 0;
    for (const answer of job.answers) weight += answerLength(answer);
    if (current.length > 0 && (current.length >= limits.jobs || bytes + weight > limits.bytes)) {
      result.push(current);
      current = [];
      bytes = 0;
    }
    current.push(job);
    bytes += weight;
  }
  if (current.length > 0) result.push(current);
  return result;
}

function answerLength(answer: BucketAnswer): number {
  if (typeof answer === 'string') return 0;
  let length = 0;
  for (const version of answer) length += version.length;
  return length;
}
