import { createHash } from 'node:crypto';
import { openP256Key } from './p256Key.ts';
import {
  encodeAttestation,
  encodeEventLog,
  encodePublicArea,
  encodeQuote,
  encodeSignature,
  nameOf,
  type MeasuredEvent,
} from './tpmMessages.ts';

/** What a host measures into and gets quotes from. */
export interface Tpm {
  /** As it stands in the credential: nobody takes a TPM made of software for one of hardware. */
  readonly status: 'present' | 'software';
  /** PEM of the attestation key, for the trust files of those who rely on it. */
  readonly attestationKey: string;
  /** Extends a register and notes it in the log. */
  extend(register: number, type: number, measured: Uint8Array, said?: Uint8Array): void;
  /** The log so far, in the form of firmware. */
  log(): Uint8Array;
  /** SHA-256 over the registers 0 to 7, as quotes have it. */
  digest(): Uint8Array;
  /** Key, signed quote over those registers with their values, and log, as one file that `check` knows. At most 64 bytes of nonce. */
  quote(nonce: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** Ends what runs beside. */
  close?(): Promise<void>;
}

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** Of this software: a quote says which firmware signed it. */
const firmware = 1;
/** Those of the boot: firmware, its settings, what it loads, and the policy. */
const quoted = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * A TPM made of software: registers that only grow, a log, and quotes signed by a key that is kept in a folder. Form, signatures and hashes are those of TPM 2.0;
 * that the key never leaves the device is what no software can promise, so everything that it signs is labelled.
 */
export async function openSoftwareTpm(folder: string, now: () => number = Date.now): Promise<Tpm> {
  const key = await openP256Key(folder, 'tpm-attestation-key');
  const publicArea = encodePublicArea(key.point.subarray(0, 32), key.point.subarray(32));
  const started = now();
  const registers = quoted.map((): Uint8Array => new Uint8Array(32));
  const events: MeasuredEvent[] = [];
  const digest = () => sha256(...registers);
  return {
    status: 'software',
    attestationKey: key.pem,
    extend(register, type, measured, said = measured) {
      const before = registers[register];
      if (before === undefined) throw new RangeError(`Register ${register} is none of ${quoted.join(', ')}.`);
      const measure = sha256(measured);
      registers[register] = sha256(before, measure);
      events.push({ register, type, digest: measure, data: said });
    },
    log: () => encodeEventLog(events),
    digest,
    async quote(nonce) {
      const quote = encodeQuote({
        signer: nameOf(sha256(publicArea)),
        nonce,
        clock: Math.max(0, now() - started),
        resets: 0,
        firmware,
        registers: quoted,
        digest: digest(),
      });
      const signature = encodeSignature(await key.sign(quote));
      const values = new Map(registers.entries());
      return encodeAttestation({ publicArea, quote, signature, values, log: encodeEventLog(events) });
    },
  };
}
