import type { TimestampPin } from '../../core/trust/trust.ts';

/** The patent's trusted timestamp service ([0020]–[0023]): a third party's signature over a hash and that party's own clock. */
export interface TimestampService {
  /**
   * A compact JWT whose pinned claim is `<blockHashHex>@<domain>`; its form, issuer, audience and use have been checked, and its
   * signature against the pinned keys.
   * @param blockHashHex H(b), 64 lower-case hex digits
   * @throws AuditorError `usage` TIMESTAMP_HASH, `source` TIMESTAMP_UNREACHABLE | TIMESTAMP_REFUSED | TIMESTAMP_TOKEN
   */
  timestamp(blockHashHex: string): Promise<string>;
  /** Everything that a chain's trust file must pin of this service; every part is there. The keys are fetched once and kept. */
  pin(): Promise<Required<TimestampPin>>;
  /** Stops what belongs to the service. A second call does nothing. */
  close(): Promise<void>;
}
