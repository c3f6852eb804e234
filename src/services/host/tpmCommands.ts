import { concatBytes } from '../../core/bytes/bytes.ts';
import { encodePublicArea, sized, u16, u32 } from './tpmMessages.ts';

/** Commands of TPM 2.0 (Part 3) that a host needs, and their answers. Every authorisation is the empty password. */
const tag = { plain: 0x8001, sessions: 0x8002 } as const;
const owner = 0x4000_0001;
const algorithm = { sha256: 0x000b, none: 0x0010 } as const;
const password = concatBytes(u32(0x4000_0009), sized(new Uint8Array()), Uint8Array.of(1), sized(new Uint8Array()));

function command(code: number, handle: number, parameters: Uint8Array): Uint8Array {
  const body = concatBytes(u32(code), u32(handle), u32(password.length), password, parameters);
  return concatBytes(u16(tag.sessions), u32(body.length + 6), body);
}

/** TPM2_PCR_Extend (§22.2) of a SHA-256 register. */
export function extendCommand(register: number, digest: Uint8Array): Uint8Array {
  return command(0x182, register, concatBytes(u32(1), u16(algorithm.sha256), digest));
}

/** TPM2_CreatePrimary (§24.1): the restricted P-256 signing key that follows from the TPM's own seed, so that it is the same each time. */
export function createKeyCommand(): Uint8Array {
  const none = new Uint8Array();
  const secret = sized(concatBytes(sized(none), sized(none)));
  return command(0x131, owner, concatBytes(secret, sized(encodePublicArea(none, none)), sized(none), u32(0)));
}

/** TPM2_Quote (§18.4) over SHA-256 registers 0 to 7, by the key's own scheme. */
export function quoteCommand(key: number, nonce: Uint8Array): Uint8Array {
  return command(0x158, key, concatBytes(sized(nonce), u16(algorithm.none), bootRegisters));
}

/** TPM2_PCR_Read (§22.4) of the same registers. */
export function readCommand(): Uint8Array {
  const body = concatBytes(u32(0x17e), bootRegisters);
  return concatBytes(u16(tag.plain), u32(body.length + 6), body);
}

const bootRegisters = concatBytes(u32(1), u16(algorithm.sha256), Uint8Array.of(3, 0xff, 0, 0));

/** Reads an answer front to back. */
export class TpmAnswer {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Header, then what comes before the parameters. @returns the response code */
  head(): number {
    this.u16();
    this.u32();
    return this.u32();
  }
  u16(): number {
    this.#at += 2;
    return this.#view.getUint16(this.#at - 2);
  }
  u32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4);
  }
  bytes(length: number): Uint8Array {
    const { buffer, byteOffset, byteLength } = this.#view;
    if (this.#at + length > byteLength) throw new RangeError('The answer of the TPM ends early.');
    this.#at += length;
    return new Uint8Array(buffer, byteOffset + this.#at - length, length).slice();
  }
  sized(): Uint8Array {
    return this.bytes(this.u16());
  }
  get place(): number {
    return this.#at;
  }
}
