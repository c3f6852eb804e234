import { Rooms } from '../bytes/room.ts';
import { decodeEach, type DecodedShards } from './decodeShards.ts';
import type { BucketAnswer } from './types.ts';

/** So many objects are put together at once, before the first of them is verified: their code and tables stay at hand, and two are hashed at a time. */
const together = 32;
/** Fewer where they are long, in bytes of shards. */
const togetherBytes = 4 * 1024 * 1024;

/** Called before each job; what it gives is awaited, and what that throws ends the work. */
export type Between = () => Promise<void> | undefined;

/** Of a caller without anything to do between two jobs. */
export const nothing: Between = () => undefined;

/**
 * Jobs one after the other, since in a browser signatures are checked on the calling thread and nothing is gained by more at once. The objects that
 * `evaluate` gets lie in rooms, so it must keep nothing of them but copies.
 */
export async function evaluateTogether<Context, Job extends { readonly answers: readonly BucketAnswer[] }, Finding>(
  context: Context,
  jobs: readonly Job[],
  maximumLength: number,
  evaluate: (context: Context, job: Job, decoded: DecodedShards) => Promise<Finding>,
  between: Between,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const rooms = new Rooms();
  try {
    while (findings.length < jobs.length) {
      const group = groupFrom(jobs, findings.length);
      const names: (readonly BucketAnswer[])[] = [];
      for (const { answers } of group) names.push(answers);
      const decoded = decodeEach(names, maximumLength, rooms);
      for (let index = 0; index < group.length; index++) {
        const turn = between();
        if (turn) await turn;
        findings.push(await evaluate(context, group[index] as Job, decoded[index] as DecodedShards));
      }
      rooms.giveBack();
    }
    return findings;
  } finally {
    rooms.giveBack();
  }
}

function groupFrom<Job extends { readonly answers: readonly BucketAnswer[] }>(
  jobs: readonly Job[],
  from: number,
): Job[] {
  const group: Job[] = [];
  let bytes = 0;
  for (let index = from; index < jobs.length && group.length < together && bytes < togetherBytes; index++) {
    const job = jobs[index] as Job;
    for (const answer of job.answers) {
      if (typeof answer !== 'string') for (const version of answer) bytes += version.length;
    }
    group.push(job);
  }
  return group;
}
