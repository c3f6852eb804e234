import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Extension } from './certificate.ts';
import { DerReader, derTag } from './der.ts';
import { readBoolean, readInteger } from './derValues.ts';
import { readExtensions } from './parse.ts';

/** Which certificates a list is about (RFC 5280 §5.2.5, issuing distribution point). */
export interface DistributionScope {
  /** Addresses, one of which a certificate must name for the list to be about it; empty where it need not. */
  readonly addresses: readonly string[];
  readonly only: 'all' | 'leaves' | 'authorities';
}

const oid = {
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
} as const;

/** What is understood of the extensions of a list; `extensions` stand in `der`. @throws FormatError for what may not be ignored. */
export function readListExtensions(
  der: Uint8Array,
  extensions: readonly Extension[],
): { readonly number: string | undefined; readonly scope: DistributionScope | undefined } {
  let number: string | undefined;
  let scope: DistributionScope | undefined;
  for (const { oid: id, critical, offset, value } of extensions) {
    const file = new DerReader(der, offset, offset + value.length);
    if (id === oid.deltaCrlIndicator) throw refuse('a complete list', 'a delta list', offset);
    else if (id === oid.crlNumber) {
      // RFC 5280 §5.2.3: never critical. An issuer that demands to understand it means something else by it.
      if (critical) throw refuse('cRLNumber without weight', 'a critical one', offset);
      number = toHex(readInteger(file, 'cRLNumber'));
      file.finish('cRLNumber');
    } else if (id === oid.issuingDistributionPoint) scope = readScope(file);
    else if (critical) throw refuse('no critical extension but those known', id, offset);
  }
  return { number, scope };
}

/**
 * The extensions of one entry, read to its end: the time since when the key was suspected, where it says so (RFC 5280 §5.3.2).
 * @throws FormatError for what may not be ignored: an entry that is about another issuer's certificate, or that takes back another.
 */
export function readEntryExtensions(entry: DerReader): number | undefined {
  let invalid: number | undefined;
  for (const { oid: id, critical, offset, value } of readExtensions(entry)) {
    const file = new DerReader(entry.bytes, offset, offset + value.length);
    if (id === oid.certificateIssuer) throw refuse('entries of its own issuer', 'a certificate of another', offset);
    else if (id === oid.reasonCode) readReason(file);
    else if (id === oid.invalidityDate) invalid = readInvalidityDate(file);
    else if (critical) throw refuse('no critical extension but those known', id, offset);
  }
  return invalid;
}

/** ReasonCode (RFC 5280 §5.3.1): an enumeration in one byte. Every reason counts, but 8 takes an entry of an older list back. */
function readReason(file: DerReader): void {
  const element = file.read('reasonCode', 0x0a);
  file.finish('reasonCode');
  const content = file.content(element);
  const [reason = 255] = content;
  if (content.length !== 1 || reason > 10 || reason === 7)
    throw refuse('a reason', 'none that is known', element.start);
  if (reason === 8) throw refuse('entries of a complete list', 'removeFromCRL', element.start);
}

/** InvalidityDate is a GeneralizedTime before 2050 too, so `readTime` would refuse it. */
function readInvalidityDate(file: DerReader): number {
  const element = file.read('invalidityDate', derTag.generalizedTime);
  file.finish('invalidityDate');
  const text = String.fromCharCode(...file.content(element).subarray(0, 20));
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const time = match
    ? Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`)
    : Number.NaN;
  if (Number.isNaN(time)) throw refuse('a time in UTC with seconds', 'something else', element.start);
  return time;
}

/** IssuingDistributionPoint: every flag is FALSE unless it stands there, and DER leaves defaults out. */
function readScope(file: DerReader): DistributionScope {
  const sequence = file.enter('issuingDistributionPoint', derTag.sequence);
  file.finish('issuingDistributionPoint');
  const addresses: string[] = [];
  if (sequence.next(0xa0)) {
    const point = sequence.enter('distributionPoint', 0xa0);
    const names = point.enter('fullName', 0xa0);
    point.finish('distributionPoint');
    while (!names.atEnd) {
      const name = names.read('a name of the distribution point');
      if (name.tag === 0x86) addresses.push(String.fromCharCode(...names.content(name).subarray(0, 2048)));
    }
    // Other forms of names cannot be compared with what certificates say here.
    if (addresses.length === 0) throw refuse('an address of the distribution point', 'none', point.end);
  }
  const flag = (tag: number): boolean => {
    if (!sequence.next(tag)) return false;
    const element = sequence.read('a flag', tag);
    // An implicitly tagged BOOLEAN: the content is what a plain one has.
    const plain = Uint8Array.of(
      derTag.boolean,
      element.end - element.contentStart,
      ...sequence.content(element).subarray(0, 2),
    );
    return readBoolean(new DerReader(plain), 'a flag');
  };
  const leaves = flag(0x81);
  const authorities = flag(0x82);
  if (sequence.next(0x83)) throw refuse('a list for all reasons', 'one for some', sequence.position);
  if (flag(0x84)) throw refuse('a list of its own issuer', 'an indirect one', sequence.position);
  if (flag(0x85)) throw refuse('a list of certificates of keys', 'one of attributes', sequence.position);
  sequence.finish('issuingDistributionPoint');
  if (leaves && authorities) throw refuse('leaves or authorities', 'both flags', sequence.end);
  return { addresses, only: leaves ? 'leaves' : authorities ? 'authorities' : 'all' };
}

function refuse(expected: string, found: string, offset: number): FormatError {
  return new FormatError(`DER: expected ${expected} in a revocation list at byte ${offset}, found ${found}.`, offset);
}
