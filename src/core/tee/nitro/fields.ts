import { CborReader, type CborBytes } from '../../bytes/cborReader.ts';
import { toHex } from '../../bytes/hex.ts';
import type { Code, Evidence } from '../../verdict/check.ts';
import { certificateFields } from '../../x509/certificateFields.ts';
import type { Field } from '../field.ts';
import type { NitroDocument, NitroField } from './document.ts';

/** Words about each field, in the kind's messages. */
const hints: Readonly<Record<NitroField, Code>> = {
  module_id: 'NITRO_MODULE_ID',
  digest: 'NITRO_DIGEST',
  timestamp: 'NITRO_TIMESTAMP',
  pcrs: 'NITRO_PCRS',
  nitrotpm_pcrs: 'NITRO_TPM_PCRS',
  certificate: 'NITRO_CERTIFICATE',
  cabundle: 'NITRO_CABUNDLE',
  public_key: 'NITRO_PUBLIC_KEY',
  user_data: 'NITRO_USER_DATA',
  nonce: 'NITRO_NONCE',
};

/** Longer values are told by their length alone; their bytes are there to be looked at. */
const shownBytes = 64;

/** Every byte of a document that was read, as a tree: neighbours touch, and children fill their parent. `digest` is SHA3-256 of the file. */
export function nitroFields(document: NitroDocument, digest: string): readonly Field[] {
  return new FieldWriter(document, digest).whole();
}

class FieldWriter {
  readonly #document: NitroDocument;
  readonly #digest: string;

  constructor(document: NitroDocument, digest: string) {
    this.#document = document;
    this.#digest = digest;
  }

  whole(): Field[] {
    const { bytes, cose } = this.#document;
    const { protectedHeader, payload, signature, tagged } = cose;
    const reader = new CborReader(bytes, { maximumDepth: 8 });
    const fields: Field[] = [];
    if (tagged) fields.push(this.#read(reader, 'tag', () => `${reader.readTag()}`, 'NITRO_TAG'));
    fields.push(this.#read(reader, 'COSE_Sign1', () => `array of ${reader.readArrayHeader()}`, 'NITRO_COSE'));
    fields.push(
      this.#string(reader, 'protected', 'NITRO_PROTECTED', ({ offset }) => [
        this.#field('header map', offset, protectedHeader.bytes.length, { value: this.#algorithm() }),
      ]),
    );
    fields.push(this.#read(reader, 'unprotected', () => void reader.skip(), 'NITRO_UNPROTECTED'));
    fields.push(this.#string(reader, 'payload', 'NITRO_PAYLOAD', () => this.#payload(payload)));
    const half = signature.bytes.length >> 1;
    fields.push(
      this.#string(reader, 'signature', 'NITRO_SIGNATURE', ({ offset, bytes: both }) =>
        both.length % 2 === 1 || half === 0
          ? [this.#field('bytes', offset, both.length)]
          : [this.#field('r', offset, half), this.#field('s', offset + half, half)],
      ),
    );
    return fields;
  }

  #algorithm(): string {
    const { algorithm } = this.#document.cose;
    if (algorithm === undefined) return 'no algorithm';
    return algorithm === -35 ? 'algorithm −35 (ES384)' : `algorithm ${algorithm}`;
  }

  #payload(payload: CborBytes): Field[] {
    // Offsets of this reader count from the payload's first byte.
    const reader = new CborReader(payload.bytes, { maximumDepth: 8 });
    const at = payload.offset;
    const start = reader.offset;
    const count = reader.readMapHeader({ indefinite: true });
    const value = count === 'indefinite' ? 'of indefinite length' : `of ${count} fields`;
    const head = this.#field('map', at + start, reader.offset - start, { value });
    const fields = [head];
    for (let index = 0; count === 'indefinite' ? reader.peekType() !== 'break' : index < count; index++) {
      fields.push(this.#pair(reader, at));
    }
    if (count === 'indefinite') fields.push(this.#read(reader, 'break', () => reader.readBreak(), undefined, at));
    return fields;
  }

  #pair(reader: CborReader, at: number): Field {
    const start = reader.offset;
    const name = reader.readText();
    const key = this.#field('name', at + start, reader.offset - start, { value: JSON.stringify(name.slice(0, 64)) });
    const hint = Object.hasOwn(hints, name) ? hints[name as NitroField] : 'NITRO_UNKNOWN_FIELD';
    const valueStart = reader.offset;
    const { value, children } = this.#value(reader, name, at);
    const inner = children.length > 0 ? children : [this.#field('value', at + valueStart, reader.offset - valueStart)];
    const details = { hint, children: [key, ...inner], ...(value !== undefined && { value }) };
    return this.#field(name.slice(0, 64), at + start, reader.offset - start, details);
  }

  #value(reader: CborReader, name: string, at: number): { value?: string; children: Field[] } {
    switch (name) {
      case 'module_id':
      case 'digest':
        return { value: reader.readText(), children: [] };
      case 'timestamp':
        return { value: new Date(reader.readUint()).toISOString(), children: [] };
      case 'pcrs':
      case 'nitrotpm_pcrs':
        return { children: this.#registers(reader, at) };
      case 'certificate':
        return { children: this.#certificate(reader, 'DER', at) };
      case 'cabundle':
        return { children: this.#bundle(reader, at) };
      case 'public_key':
      case 'user_data':
      case 'nonce': {
        if (reader.peekType() === 'simple') {
          reader.readNull();
          return { value: 'null: not used', children: [] };
        }
        const start = reader.offset;
        const found = reader.readBytes();
        return { value: bytesText(found.bytes), children: this.#headAndBytes(start, found, at) };
      }
      default:
        reader.skip();
        return { children: [] };
    }
  }

  #registers(reader: CborReader, at: number): Field[] {
    let count = 0;
    const head = this.#read(reader, 'map', () => `of ${(count = reader.readMapHeader())} registers`, undefined, at);
    const registers = Array.from({ length: count }, () => {
      const start = reader.offset;
      const register = reader.readUint();
      const { bytes } = reader.readBytes();
      return this.#field(`PCR ${register}`, at + start, reader.offset - start, { value: toHex(bytes) });
    });
    return [head, ...registers];
  }

  #bundle(reader: CborReader, at: number): Field[] {
    let count = 0;
    const head = this.#read(reader, 'array', () => `of ${(count = reader.readArrayHeader())}`, undefined, at);
    const certificates = Array.from({ length: count }, (_, index) => {
      const start = reader.offset;
      const children = this.#certificate(reader, 'DER', at);
      return this.#field(`certificate ${index + 1}`, at + start, reader.offset - start, { children });
    });
    return [head, ...certificates];
  }

  #certificate(reader: CborReader, name: string, at: number): Field[] {
    const start = reader.offset;
    const { bytes, offset } = reader.readBytes();
    const inner = certificateFields(bytes, { digest: this.#digest, offset: at + offset });
    return [
      this.#field('head', at + start, offset - start),
      this.#field(name, at + offset, bytes.length, inner.length > 0 ? { children: inner } : {}),
    ];
  }

  /** A byte string of the outer layer with its head and what is in it. */
  #string(reader: CborReader, name: string, hint: Code, inside: (content: CborBytes) => readonly Field[]): Field {
    const start = reader.offset;
    const content = reader.readBytes();
    const head = this.#field('head', start, content.offset - start, { value: `${content.bytes.length} bytes` });
    const children = content.bytes.length > 0 ? [head, ...inside(content)] : [head];
    return this.#field(name, start, reader.offset - start, { hint, children });
  }

  #headAndBytes(start: number, { bytes, offset }: CborBytes, at: number): Field[] {
    const head = this.#field('head', at + start, offset - start, { value: `${bytes.length} bytes` });
    return bytes.length > 0 ? [head, this.#field('bytes', at + offset, bytes.length)] : [head];
  }

  #read(reader: CborReader, name: string, read: () => string | void, hint?: Code, at = 0): Field {
    const start = reader.offset;
    const value = read();
    return this.#field(name, at + start, reader.offset - start, { ...(value && { value }), ...(hint && { hint }) });
  }

  #field(name: string, offset: number, length: number, details: Omit<Field, 'name' | 'evidence'> = {}): Field {
    const evidence: Evidence = { digest: this.#digest, offset, length };
    return { name, evidence, ...details };
  }
}

function bytesText(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'empty';
  return bytes.length <= shownBytes ? toHex(bytes) : `${bytes.length} bytes`;
}
