import { toHex } from '../../bytes/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { DerReader, derTag } from '../../x509/der.ts';
import { readObjectIdentifier, readSmallInteger } from '../../x509/derValues.ts';

/** Intel's extension in PCK certificates. */
export const sgxExtension = '1.2.840.113741.1.13.1';

/** What a PCK certificate says of its processor (Intel SGX PCK Certificate and CRL specification, §1.3.5). */
export interface PckFacts {
  /** Lower-case hex, 16 bytes: the processor package's identity. */
  readonly ppid: string;
  /** Lower-case hex, 6 bytes: family, model, stepping, platform type and custom SKU; Intel's TCB levels are published for each. */
  readonly fmspc: string;
  /** Lower-case hex, 2 bytes. */
  readonly pceId: string;
  /** Security versions of the 16 components of the trusted computing base for which the certificate was issued. */
  readonly components: readonly number[];
  readonly pceSvn: number;
  /** Lower-case hex, 16 bytes. */
  readonly cpuSvn: string;
  /** 0 standard, 1 scalable, 2 scalable with integrity; undefined where it is not said. */
  readonly sgxType: number | undefined;
}

/**
 * Reads Intel's extension of a PCK certificate: a sequence of (name, value), in which TCB is such a sequence again. Names may come in any order, each once;
 * those that this verifier has no use for are skipped.
 * @throws FormatError with the offset in the certificate.
 */
export function readPckFacts({ der, extensions }: Certificate): PckFacts {
  const found = extensions.find(({ oid }) => oid === sgxExtension);
  if (!found) throw new FormatError(`PCK certificate: expected Intel's extension ${sgxExtension}, found none.`, 0);
  const file = new DerReader(der, found.offset, found.offset + found.value.length);
  const outer = readPairs(file, sgxExtension);
  const tcb = readPairs(need(outer, 2, found.offset), `${sgxExtension}.2`);
  const components = Array.from({ length: 16 }, (_, index) => svn(need(tcb, index + 1, found.offset), 255));
  const type = outer.get(5);
  return {
    ppid: octets(need(outer, 1, found.offset), 16),
    fmspc: octets(need(outer, 4, found.offset), 6),
    pceId: octets(need(outer, 3, found.offset), 2),
    components,
    pceSvn: svn(need(tcb, 17, found.offset), 65_535),
    cpuSvn: octets(need(tcb, 18, found.offset), 16),
    sgxType: type && enumerated(type),
  };
}

/** Values by the last arc of their name. */
function readPairs(reader: DerReader, prefix: string): ReadonlyMap<number, DerReader> {
  const sequence = reader.enter(`extension ${prefix}`, derTag.sequence);
  reader.finish(`extension ${prefix}`);
  const pairs = new Map<number, DerReader>();
  while (!sequence.atEnd) {
    const offset = sequence.position;
    const pair = sequence.enter('a pair of name and value', derTag.sequence);
    const name = readObjectIdentifier(pair, 'a name');
    const value = pair.read(`the value of ${name}`);
    pair.finish('a pair of name and value');
    const arc = name.startsWith(`${prefix}.`) ? Number(name.slice(prefix.length + 1)) : Number.NaN;
    if (!Number.isInteger(arc) || pairs.has(arc)) {
      throw new FormatError(
        `PCK certificate: expected names below ${prefix}, each once, found ${name} at byte ${offset}.`,
        offset,
      );
    }
    pairs.set(arc, new DerReader(pair.bytes, value.start, value.end));
  }
  return pairs;
}

function need(pairs: ReadonlyMap<number, DerReader>, arc: number, offset: number): DerReader {
  const found = pairs.get(arc);
  if (!found)
    throw new FormatError(`PCK certificate: expected a value .${arc} in Intel's extension, found none.`, offset);
  return found;
}

function octets(reader: DerReader, length: number): string {
  const content = reader.content(reader.read('octets', derTag.octetString));
  reader.finish('octets');
  if (content.length !== length) {
    throw new FormatError(
      `PCK certificate: expected ${length} octets at byte ${reader.end - content.length}, found ${content.length}.`,
      reader.end - content.length,
    );
  }
  return toHex(content);
}

function svn(reader: DerReader, maximum: number): number {
  const value = readSmallInteger(reader, 'a security version');
  reader.finish('a security version');
  if (value > maximum)
    throw new FormatError(
      `PCK certificate: expected a security version up to ${maximum}, found ${value}.`,
      reader.position,
    );
  return value;
}

function enumerated(reader: DerReader): number {
  const content = reader.content(reader.read('the type of platform', 0x0a));
  reader.finish('the type of platform');
  if (content.length !== 1)
    throw new FormatError('PCK certificate: expected one byte for the type of platform.', reader.position);
  return content[0] ?? 0;
}
