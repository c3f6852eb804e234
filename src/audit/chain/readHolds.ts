import { decodeShards } from '../../core/chain/decodeShards.ts';
import { judgeableHolds, type HoldEvidence } from '../../core/chain/hold/holdEvidence.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { ChainReader } from './chainReader.ts';
import type { ChainExecutor } from './executor.ts';

/** A file that may be a hold attestation. */
export interface HoldFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Of one name no more objects are looked at: anybody who may write can add versions. */
const objectsAtMost = 16;

/** Hold attestations that lie beside the objects, under `<chain>/hold/<bucket index>` in any bucket, and those that were given (CHAIN.md 34). */
export async function readHolds(
  pin: ChainPin,
  reader: ChainReader,
  executor: ChainExecutor,
  given: readonly HoldFile[],
  signal: AbortSignal | undefined,
): Promise<HoldEvidence> {
  const answers = await reader.allHolds((pin.buckets ?? []).length);
  const files = answers.flatMap((each, bucket) =>
    decodeShards(each)
      .objects.slice(0, objectsAtMost)
      .map(({ bytes }) => ({ name: `hold/${bucket}`, bytes })),
  );
  files.push(...given);
  const verified = await executor.holds(
    files.map(({ bytes }) => bytes),
    signal,
  );
  return judgeableHolds(files.map(({ name }, index) => ({ name, verification: verified[index] })));
}
