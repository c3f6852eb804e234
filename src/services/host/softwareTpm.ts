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
  /** SHA-256 values of the registers that anything was measured into. */
  values(): ReadonlyMap<number, Uint8Array>;
  /** Key, signed quote over those registers with their values, and log, as one file that `check` knows. At most 64 bytes of nonce. */
  quote(nonce: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
}

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** Of this software: a quote says which firmware signed it. */
const firmware = 1;

/**
 * A TPM made of software: registers that only grow, a log, and quotes signed by a key that is kept in a folder. Form, signatures and hashes are those of TPM 2.0;
 * that the key never leaves the device is what no software can promise, so everything that it signs is labelled.
 */
export async function openSoftwareTpm(folder: string, now: () => number = Date.now): Promise<Tpm> {
  const key = await openP256Key(folder, 'tpm-attestation-key');
  const publicArea = encodePublicArea(key.point.subarray(0, 32), key.point.subarray(32));
  const started = now();
  const registers = new Map<number, Uint8Array>();
  const events: MeasuredEvent[] = [];
  const values = () => new Map([...registers].toSorted(([one], [other]) => one - other));
  return {
    status: 'software',
    attestationKey: key.pem,
    extend(register, type, measured, said = measured) {
      const digest = sha256(measured);
      registers.set(register, sha256(registers.get(register) ?? new Uint8Array(32), digest));
      events.push({ register, type, digest, data: said });
    },
    log: () => encodeEventLog(events),
    values,
    async quote(nonce) {
      const present = values();
      const quote = encodeQuote({
        signer: nameOf(sha256(publicArea)),
        nonce,
        clock: Math.max(0, now() - started),
        resets: 0,
        firmware,
        registers: [...present.keys()],
        digest: sha256(...present.values()),
      });
      const signature = encodeSignature(await key.sign(quote));
      return encodeAttestation({ publicArea, quote, signature, values: present, log: encodeEventLog(events) });
    },
  };
}
