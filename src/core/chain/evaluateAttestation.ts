import { toHex } from '../bytes/hex.ts';
import type { ChainContext } from './chainContext.ts';
import { shardStates, type DecodedShards } from './decodeShards.ts';
import { evaluateTogether, nothing, type Between } from './evaluateTogether.ts';
import { limits } from './limits.ts';
import type { AttestationFinding, AttestedSequence, BucketAnswer, Junk } from './types.ts';
import { verifyAttestation } from './verifyAttestation.ts';

interface AttestationJob {
  readonly k: number;
  readonly answers: readonly BucketAnswer[];
  readonly known?: readonly string[];
}

/**
 * Everything that all buckets together hold for `seq/<k>`: each group of shards is decoded apart and every valid ⟨y, k⟩ kept
 * (CHAIN.md 2). A valid document for another number is junk here, but counts as evidence of equivocation.
 * @param jobs `known`: H of documents that were accepted under this name before; they count and are not verified again
 */
export function evaluateAttestations(
  context: ChainContext,
  jobs: readonly AttestationJob[],
  between: Between = nothing,
): Promise<AttestationFinding[]> {
  return evaluateTogether(context, jobs, limits.enclaveDocument, evaluate, between);
}

async function evaluate(
  context: ChainContext,
  job: AttestationJob,
  decoded: DecodedShards,
): Promise<AttestationFinding> {
  const { k, answers } = job;
  const name = `seq/${k}`;
  const sequences: AttestedSequence[] = [];
  const strays: AttestedSequence[] = [];
  const junk: Junk[] = [];
  const accepted: Uint8Array[] = [];
  let signatures = 0;
  for (const object of decoded.objects) {
    const { buckets } = object;
    if (job.known?.includes(toHex(object.digest))) {
      accepted.push(object.digest);
      continue;
    }
    const result = await verifyAttestation(context, object.bytes, object.digest);
    signatures += result.signatures;
    if (!result.ok) {
      junk.push({ name, code: result.code, reason: result.reason, buckets });
    } else if (result.sequence.k !== k) {
      const reason = `A valid attestation, but of number ${result.sequence.k}, not ${k}.`;
      junk.push({ name, code: 'CHAIN_SEQUENCE_NUMBER', reason, buckets });
      strays.push({ ...result.sequence, storedAt: k });
    } else {
      sequences.push(result.sequence);
      accepted.push(object.digest);
    }
  }
  return { k, sequences, strays, junk, shards: shardStates(answers, decoded, accepted), signatures };
}
