import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { ioFault } from '../process/ioFault.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { createBucketWriter, type BucketTarget } from '../replication/bucketWriter.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { programMeasurement } from '../sequencer/programMeasurement.ts';
import { attestHolds } from './attestHolds.ts';
import { bucketTarget } from './bucketTarget.ts';
import { holdName } from '../../core/chain/names.ts';
import { ReplicationConflictError } from '../replication/bucketWriter.ts';
import type { ReplicationService } from '../replication/replicate.ts';
import type { Measurement, Trust } from '../../core/trust/trust.ts';
import type { Nsm } from '../sequencer/nsm.ts';

export interface HoldServiceOptions {
  readonly trust: Trust;
  /** Where the simulator's root is kept: the sequencer's, so that one root serves the chain. */
  readonly rootFolder: string;
  /** Where documents and trust file go. */
  readonly out: string;
  /** Left out, the AWS client looks where it always does. */
  readonly credentials?: NonNullable<BucketTarget['credentials']>;
  /** Also puts each bucket's attestation beside the objects, where every audit reads it; once for each chain and bucket, as all objects there. */
  readonly publish?: ReplicationService;
  /** Left out, a simulator with the measurement of this program's own sources. */
  readonly nsm?: Nsm;
}

export interface HoldsWritten {
  /** Documents, to be given to `audit --with`. */
  readonly files: readonly string[];
  /** The same chains, with this program's measurement pinned for hold attestations. */
  readonly trustFile: string;
  readonly trust: Trust;
  /** Buckets that could not be asked, in words. */
  readonly troubles: readonly string[];
}

const program = fileURLToPath(new URL('attestHolds.ts', import.meta.url));

/** What readers pin for this service's simulated image: another measurement than the sequencer's, for another role. */
export async function holdMeasurement(): Promise<Measurement> {
  const { pcrs } = await programMeasurement(program);
  return { pcrs: { 0: toHex(pcrs[0]), 1: toHex(pcrs[1]), 2: toHex(pcrs[2]) } };
}

/** The module that this service's simulated image runs beside. */
export async function holdNsm(rootFolder: string): Promise<Nsm> {
  const { pcrs } = await programMeasurement(program);
  return createNsmSimulator({ stateFolder: rootFolder, measurement: pcrs });
}

/**
 * Asks every bucket of every chain in the trust file what protects its objects, and writes what the enclave attests of it.
 * @throws AuditorError `usage` BUCKET_URL | HOLD_CHAINS, `source` IO_…; a bucket that does not answer is told and passed over
 */
export async function attestAllHolds(options: HoldServiceOptions): Promise<HoldsWritten> {
  const { trust, rootFolder, out, credentials } = options;
  const chains = trust.chains ?? [];
  if (chains.length === 0) throw new AuditorError('usage', 'HOLD_CHAINS', 'The trust file pins no chain to ask about.');
  const nsm = options.nsm ?? (await holdNsm(rootFolder));
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    throw ioFault(`The folder ${out} cannot be made`, error);
  }
  const files: string[] = [];
  const troubles: string[] = [];
  for (const { name, genesis, buckets = [] } of chains) {
    if (genesis === undefined) continue;
    for (const [index, pin] of buckets.entries()) {
      const bucket = createBucketWriter({ ...bucketTarget(pin), ...(credentials ? { credentials } : {}) });
      try {
        const documents = await attestHolds(nsm, { url: pin.url, bucket }, genesis);
        if (options.publish && documents.length === 1) {
          await publishOnce(options.publish, holdName(genesis, index), documents[0] as Uint8Array, troubles);
        }
        for (const [part, document] of documents.entries()) {
          const file = join(out, `${genesis.slice(0, 16)}-${index}${part === 0 ? '' : `-${part}`}.hold.bin`);
          await writeFileDurably(file, document, 0o644);
          files.push(file);
        }
      } catch (error) {
        if (error instanceof AuditorError && error.kind !== 'source') throw error;
        troubles.push(
          `${pin.url} of ${name} was not asked: ${error instanceof Error ? error.message || error.name : String(error)}`,
        );
      } finally {
        bucket.close();
      }
    }
  }
  const holdMeasurements = [{ pcrs: nsm.describe().pcrs }];
  const asking: Trust = { ...trust, chains: chains.map((chain) => ({ ...chain, holdMeasurements })) };
  const trustFile = join(out, 'trust.json');
  await writeFileDurably(trustFile, serializeTrust(asking), 0o644);
  return { files, trustFile, trust: asking, troubles };
}

/** Names are written once: an attestation that is there already stays, and a newer one can still be given by hand. */
async function publishOnce(
  replication: ReplicationService,
  name: string,
  document: Uint8Array,
  troubles: string[],
): Promise<void> {
  try {
    await replication.replicate(name, document);
  } catch (error) {
    if (!(error instanceof ReplicationConflictError)) throw error;
    troubles.push(`${name} is there already and stays as it is; the new attestation is in the folder only.`);
  }
}
