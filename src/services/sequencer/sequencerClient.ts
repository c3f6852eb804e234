import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { NsmDescription } from './nsm.ts';

/** Who a running sequencer is. */
export interface SequencerIdentity extends NsmDescription {
  /** K_S as SPKI DER (44 bytes, Ed25519), base64url: the form of the trust file's `sequencerKey`. */
  readonly publicKey: string;
  /** Hex of H(b₀), or null while nothing was sequenced. */
  readonly genesis: string | null;
  /** The number that the next new request would get. */
  readonly next: number;
}

/** The writer's side of a sequencer. */
export interface SequencerClient {
  /** @throws SequencerUnreachableError | SequencerLostError */
  identity(): Promise<SequencerIdentity>;
  /**
   * The enclave attestation for ⟨b, t⟩: a Nitro document whose `user_data` is the sequence. Asking again for the same ⟨b, t⟩ never
   * takes a second number, so a request whose answer was lost is simply repeated.
   * @param blockBytes the block's encoding
   * @param timestamp the compact JWT over its hash
   * @throws SequencerRefusedError | SequencerUnreachableError | SequencerLostError
   */
  sequence(blockBytes: Uint8Array, timestamp: string): Promise<Uint8Array>;
  close(): void;
}

/** The sequencer looked at the request and will not have it: repeating it does not help. `code` is a `RefusalCode`. */
export class SequencerRefusedError extends AuditorError {
  /** HTTP status, 400 … 499. */
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super('usage', code, message);
    this.status = status;
  }
}

/** Nothing answered, or only with a passing fault, as often as it was asked. Whether a number was taken is not known. */
export class SequencerUnreachableError extends AuditorError {
  constructor(message: string, cause?: unknown) {
    super('source', 'SEQUENCER_UNREACHABLE', message, { cause });
  }
}

/** Another sequencer answers now: the key is gone, and with it the chain's next numbers (patent [0039]). Only a new chain can go on. */
export class SequencerLostError extends AuditorError {
  /** SPKI, base64url. */
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(
      'source',
      'SEQUENCER_LOST',
      `Another sequencer answers now (key ${found}); the one that this chain belongs to (key ${expected}) is gone, and nobody can number further blocks of its chain.`,
    );
    this.expected = expected;
    this.found = found;
  }
}
