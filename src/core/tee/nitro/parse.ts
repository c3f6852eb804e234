import { CborReader, type CborBytes } from '../../bytes/cborReader.ts';
import { parseCoseSign1, type CoseSign1 } from '../../cose/parse.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { NitroDocument, NitroField, NitroPlatform, Range } from './document.ts';

/** CHAIN.md 19: a longer file is not read. Real documents have 4 to 8 KiB. */
export const maximumDocumentLength = 32 * 1024;

/** AWS's own limit of the payload; beside it stand only headers and a signature. */
const maximumPayloadLength = 16_384;

/** The last millisecond that RFC 3339 can write. */
export const maximumTimestamp = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** AWS's own limit of 512 for user_data and nonce is exceeded by genuine documents; up to this it is a remark, beyond it a fault. */
const maximumFieldLength = 1024;

/** A document that breaks a rule of AWS's "Attestation document" (nsm-api, attestation_process.md §3.2.2) or of COSE. */
export class NitroFormError extends FormatError {
  /** `cose`, `payload`, or the field whose rule is broken. */
  readonly rule: string;

  constructor(rule: string, message: string, offset: number) {
    super(message, offset);
    this.rule = rule;
  }
}

/**
 * Reads an AWS Nitro attestation document: a COSE_Sign1 whose payload is a map of definite or indefinite length (all documents since August 2025
 * have the latter). Foreign bytes, so the form is not asked to be deterministic; but every key comes once, strings are whole, inner
 * lengths definite, and nothing follows. An optional field that is null counts as absent. Values are views on `bytes`.
 * @throws NitroFormError with the offset in `bytes` and the rule that is broken.
 */
export function parseNitroDocument(bytes: Uint8Array): NitroDocument {
  const cose = withRule('cose', '', 0, () => parseCoseSign1(bytes, maximumDocumentLength));
  const { offset, bytes: payload } = cose.payload;
  if (payload.length < 1 || payload.length > maximumPayloadLength) {
    const message = `Expected a payload of 1 to ${maximumPayloadLength} bytes at byte ${offset}, found ${payload.length}.`;
    throw new NitroFormError('payload', message, offset);
  }
  const where = `In the payload, which begins at byte ${offset}: `;
  return new PayloadParser(bytes, cose, where).read();
}

function withRule<T>(rule: string, where: string, base: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NitroFormError || !(error instanceof FormatError)) throw error;
    throw new NitroFormError(rule, where + error.message, base + error.offset);
  }
}

const knownFields: readonly string[] = [
  'module_id',
  'digest',
  'timestamp',
  'pcrs',
  'nitrotpm_pcrs',
  'certificate',
  'cabundle',
  'public_key',
  'user_data',
  'nonce',
] satisfies readonly NitroField[];

const isKnown = (name: string): name is NitroField => knownFields.includes(name);

interface Values {
  module_id?: string;
  digest?: string;
  timestamp?: number;
  pcrs?: ReadonlyMap<number, Uint8Array>;
  nitrotpm_pcrs?: ReadonlyMap<number, Uint8Array>;
  certificate?: CborBytes;
  cabundle?: readonly CborBytes[];
  public_key?: Uint8Array;
  user_data?: Uint8Array;
  nonce?: Uint8Array;
}

class PayloadParser {
  readonly #bytes: Uint8Array;
  readonly #cose: CoseSign1;
  readonly #where: string;
  readonly #base: number;
  readonly #reader: CborReader;
  readonly #values: Values = {};
  readonly #ranges: Partial<Record<NitroField, Range>> = {};
  readonly #unknownFields: string[] = [];

  constructor(bytes: Uint8Array, cose: CoseSign1, where: string) {
    this.#bytes = bytes;
    this.#cose = cose;
    this.#where = where;
    this.#base = cose.payload.offset;
    this.#reader = new CborReader(cose.payload.bytes, { maximumDepth: 8 });
  }

  read(): NitroDocument {
    withRule('payload', this.#where, this.#base, () => this.#readMap());
    const values = this.#values;
    const platform: NitroPlatform = values.nitrotpm_pcrs ? 'nitrotpm' : 'enclave';
    const certificate = this.#required('certificate', values.certificate);
    const cabundle = this.#required('cabundle', values.cabundle);
    return {
      bytes: this.#bytes,
      cose: this.#cose,
      platform,
      moduleId: this.#required('module_id', values.module_id),
      digest: this.#required('digest', values.digest),
      timestamp: this.#required('timestamp', values.timestamp),
      pcrs: this.#required('pcrs', values.pcrs ?? values.nitrotpm_pcrs),
      certificate: certificate.bytes,
      certificateRange: this.#absolute(certificate),
      cabundle: cabundle.map((entry) => entry.bytes),
      cabundleRanges: cabundle.map((entry) => this.#absolute(entry)),
      ...(values.public_key && { publicKey: values.public_key }),
      ...(values.user_data && { userData: values.user_data }),
      ...(values.nonce && { nonce: values.nonce }),
      unknownFields: this.#unknownFields,
      ranges: this.#ranges,
    };
  }

  #readMap(): void {
    const reader = this.#reader;
    const count = reader.readMapHeader({ indefinite: true });
    const names = new Set<string>();
    for (let index = 0; count === 'indefinite' ? reader.peekType() !== 'break' : index < count; index++) {
      const offset = reader.offset;
      const name = reader.readText();
      if (names.has(name)) this.#refuse('payload', 'each field once', `${JSON.stringify(name)} again`, offset);
      names.add(name);
      this.#readField(name);
    }
    if (count === 'indefinite') reader.readBreak();
    reader.finish();
  }

  #readField(name: string): void {
    const reader = this.#reader;
    if (!isKnown(name)) {
      this.#unknownFields.push(name.slice(0, 64));
      reader.skip();
      return;
    }
    const offset = reader.offset;
    withRule(name, this.#where, this.#base, () => this.#readValue(name));
    this.#ranges[name] = { offset: this.#base + offset, length: reader.offset - offset };
  }

  #readValue(name: NitroField): void {
    const reader = this.#reader;
    switch (name) {
      case 'module_id': {
        const offset = reader.offset;
        const text = reader.readText();
        if (text === '') this.#refuse(name, 'a text that is not empty', 'an empty one', offset);
        this.#values.module_id = text;
        return;
      }
      case 'digest': {
        const offset = reader.offset;
        const digest = reader.readText();
        if (digest !== 'SHA384') this.#refuse(name, '"SHA384"', JSON.stringify(digest.slice(0, 32)), offset);
        this.#values.digest = digest;
        return;
      }
      case 'timestamp': {
        const offset = reader.offset;
        const timestamp = reader.readUint();
        if (timestamp < 1 || timestamp > maximumTimestamp) {
          this.#refuse(name, 'milliseconds since 1970, from 1 to the year 9999', `${timestamp}`, offset);
        }
        this.#values.timestamp = timestamp;
        return;
      }
      case 'pcrs':
      case 'nitrotpm_pcrs':
        this.#values[name] = this.#readRegisters(name);
        return;
      case 'certificate':
        this.#values.certificate = this.#readBounded(name, 1);
        return;
      case 'cabundle':
        this.#values.cabundle = this.#readBundle();
        return;
      case 'public_key':
      case 'user_data':
      case 'nonce':
        if (reader.peekType() === 'simple') reader.readNull();
        else this.#values[name] = this.#readBounded(name, name === 'public_key' ? 1 : 0).bytes;
    }
  }

  #readRegisters(name: NitroField): Map<number, Uint8Array> {
    const reader = this.#reader;
    const start = reader.offset;
    const count = reader.readMapHeader();
    if (count < 1 || count > 32) this.#refuse(name, '1 to 32 registers', `${count}`, start);
    const registers = new Map<number, Uint8Array>();
    for (let index = 0; index < count; index++) {
      const offset = reader.offset;
      const register = reader.readUint();
      if (register > 31) this.#refuse(name, 'a register from 0 to 31', `${register}`, offset);
      if (registers.has(register)) this.#refuse(name, 'each register once', `${register} again`, offset);
      const value = reader.readBytes();
      if (![32, 48, 64].includes(value.bytes.length)) {
        this.#refuse(name, `32, 48 or 64 bytes in register ${register}`, `${value.bytes.length}`, value.offset);
      }
      registers.set(register, value.bytes);
    }
    return registers;
  }

  #readBundle(): CborBytes[] {
    const start = this.#reader.offset;
    const count = this.#reader.readArrayHeader();
    if (count < 1) this.#refuse('cabundle', 'one certificate at least', 'none', start);
    return Array.from({ length: count }, () => this.#readBounded('cabundle', 1));
  }

  #readBounded(name: NitroField, least: number): CborBytes {
    const value = this.#reader.readBytes();
    const { length } = value.bytes;
    if (length < least || length > maximumFieldLength) {
      this.#refuse(name, `${least} to ${maximumFieldLength} bytes`, `${length}`, value.offset);
    }
    return value;
  }

  #required<T>(name: NitroField, value: T | undefined): T {
    if (value !== undefined) return value;
    const { offset, bytes } = this.#cose.payload;
    const message = `${this.#where}the field ${name}, which every document has, is not there.`;
    throw new NitroFormError(name, message, offset + bytes.length);
  }

  #absolute({ offset, bytes }: CborBytes): Range {
    return { offset: this.#base + offset, length: bytes.length };
  }

  #refuse(rule: string, expected: string, found: string, offset: number): never {
    const message = `${this.#where}expected ${expected} for ${rule} at byte ${offset}, found ${found}.`;
    throw new NitroFormError(rule, message, this.#base + offset);
  }
}
