import type { BucketPin } from '../../core/trust/trust.ts';
import type { BucketTarget } from '../../services/replication/bucketWriter.ts';
import type { CognitoSettings } from '../../services/timestamp/cognitoTimestampService.ts';
import type { QueueBounds } from '../../services/writer/batchIt.ts';
import type { WriterStep } from '../../services/writer/work.ts';

/** What the writer's process is started with, as JSON in a file. */
export interface WriterSetting {
  /** Holds `writer/` (its disk), `trust.json`, `sequencer/` (its key) and the two files below. */
  readonly folder: string;
  readonly token: string;
  readonly port: number;
  readonly interval: number;
  readonly bounds?: QueueBounds;
  readonly timestamps: Pick<CognitoSettings, 'region' | 'endpoint' | 'userPoolId' | 'clientId' | 'domain'>;
  readonly targets: readonly BucketTarget[];
  readonly buckets: readonly BucketPin[];
}

/** Milliseconds after which whoever does not answer hangs: on a busy machine everything takes its time. */
export const hangs = 120_000;

/** Where the sequencer that runs now listens, as JSON in `sequencer.json`. */
export interface SequencerPlace {
  readonly address: string;
  readonly publicKey: string;
}

/** In `kill.json`: who dies, by `kill -9`, the next time that the writer comes to a step. */
export interface KillOrder {
  readonly step: WriterStep;
  readonly pids: readonly number[];
}

/** What a bucket's process is started with. */
export interface BucketSetting {
  readonly folder: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly port: number;
}

export const files = {
  setting: 'setting.json',
  sequencer: 'sequencer.json',
  kill: 'kill.json',
  trust: 'trust.json',
} as const;
