import { FormatError } from '../../verdict/auditorError.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { DerReader, derTag } from '../../x509/der.ts';
import { readSmallInteger } from '../../x509/derValues.ts';
import { productOfName, type AmdProduct } from './product.ts';

/** What the extensions of a VCEK or VLEK certificate say (AMD 57230, chapter 3; of a VLEK AMD 58369). */
export interface Endorsement {
  readonly kind: 'VCEK' | 'VLEK';
  readonly productName: string;
  /** Undefined for a product that is not known here. */
  readonly product: AmdProduct | undefined;
  /** Security versions by name: `blSPL`, `teeSPL`, `snpSPL`, `ucodeSPL`, `fmcSPL`, and `spl4` to `spl7`, which have no meaning yet. */
  readonly parts: Readonly<Record<string, number>>;
  /** Of the chip, VCEK only: 64 bytes, since Turin 8. */
  readonly hwId?: Uint8Array;
  /** Of the cloud's operator, VLEK only. */
  readonly cspId?: string;
}

const arc = '1.3.6.1.4.1.3704.1';

const partIds: Readonly<Record<string, string>> = {
  blSPL: `${arc}.3.1`,
  teeSPL: `${arc}.3.2`,
  snpSPL: `${arc}.3.3`,
  spl4: `${arc}.3.4`,
  spl5: `${arc}.3.5`,
  spl6: `${arc}.3.6`,
  spl7: `${arc}.3.7`,
  ucodeSPL: `${arc}.3.8`,
  fmcSPL: `${arc}.3.9`,
};

/** Whether a certificate is one of a processor's keys, of either kind. */
export function isEndorsement({ extensions }: Certificate): boolean {
  return extensions.some(({ oid }) => oid === `${arc}.1`);
}

/**
 * Reads what AMD wrote into the certificate of a VCEK or VLEK. A certificate names either a chip (VCEK) or an operator (VLEK), never both.
 * @throws FormatError with the offset in the certificate.
 */
export function readEndorsement(certificate: Certificate): Endorsement {
  const open = (oid: string): DerReader | undefined => {
    const found = certificate.extensions.find((extension) => extension.oid === oid);
    return found && new DerReader(certificate.der, found.offset, found.offset + found.value.length);
  };
  const name = open(`${arc}.2`);
  if (!name) throw new FormatError('Expected the product name in the certificate, found none.', certificate.der.length);
  const productName = readText(name, 'the product name');
  const parts: Record<string, number> = {};
  for (const [part, oid] of Object.entries(partIds)) {
    const file = open(oid);
    if (!file) continue;
    const offset = file.position;
    const value = readSmallInteger(file, part);
    file.finish(part);
    if (value > 255) throw new FormatError(`Expected ${part} from 0 to 255 at byte ${offset}, found ${value}.`, offset);
    parts[part] = value;
  }
  const hwId = open(`${arc}.4`);
  const cspId = open(`${arc}.5`);
  if ((hwId === undefined) === (cspId === undefined)) {
    const found = hwId ? 'both' : 'neither';
    throw new FormatError(`Expected either a chip's or an operator's name in the certificate, found ${found}.`, 0);
  }
  const product = productOfName(productName);
  return hwId
    ? { kind: 'VCEK', productName, product, parts, hwId: readHardwareId(hwId) }
    : { kind: 'VLEK', productName, product, parts, cspId: readText(cspId as DerReader, "the operator's name") };
}

function readText(file: DerReader, what: string): string {
  const element = file.read(what, derTag.ia5String);
  file.finish(what);
  const text = Array.from(file.content(element), (byte) => String.fromCharCode(byte)).join('');
  if (/^[\x20-\x7e]{1,256}$/.test(text)) return text;
  throw new FormatError(
    `Expected 1 to 256 printable characters for ${what} at byte ${element.start}, found others.`,
    element.start,
  );
}

/** AMD writes the bytes as they are, without the OCTET STRING that extensions have inside; one that has it says the same. */
function readHardwareId(file: DerReader): Uint8Array {
  const { position: start, end } = file;
  const isLength = (length: number) => length === 64 || length === 8;
  if (isLength(end - start)) return file.bytes.subarray(start, end);
  const element = file.read('the hardware identifier', derTag.octetString);
  file.finish('the hardware identifier');
  const value = file.content(element);
  if (isLength(value.length)) return value;
  throw new FormatError(
    `Expected 8 or 64 bytes for the hardware identifier at byte ${start}, found ${value.length}.`,
    start,
  );
}
