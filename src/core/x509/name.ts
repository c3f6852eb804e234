import { decodeUtf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { derTag, type DerReader } from './der.ts';
import { readObjectIdentifier } from './derValues.ts';
import type { Name } from './certificate.ts';

/** Short names of attribute types (RFC 4519 and PKCS #9) as certificates use them. */
const attributeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'G',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

/**
 * Reads a distinguished name (RFC 5280 §4.1.2.4). The text lists attributes in the order of the certificate, `C=US, O=Amazon`,
 * with the special characters of RFC 4514 §2.4 and unprintable ones escaped; it is for eyes only, names are compared by their DER.
 */
export function readName(reader: DerReader, what: string): Name {
  const element = reader.read(what, derTag.sequence);
  const sets = reader.open(element);
  const parts: string[] = [];
  while (!sets.atEnd) {
    const set = sets.enter(`a part of ${what}`, derTag.set);
    const attributes: string[] = [];
    while (!set.atEnd) {
      const attribute = set.enter(`an attribute of ${what}`, derTag.sequence);
      const oid = readObjectIdentifier(attribute, `an attribute type of ${what}`);
      const value = attribute.read(`an attribute value of ${what}`);
      attribute.finish(`an attribute of ${what}`);
      const text = decodeString(value.tag, attribute.content(value)) ?? `#${toHex(attribute.encoding(value))}`;
      attributes.push(`${attributeNames[oid] ?? oid}=${escapeText(text)}`);
    }
    if (attributes.length === 0) {
      throw new FormatError(`DER: expected an attribute of ${what} at byte ${set.end}, found none.`, set.end);
    }
    parts.push(attributes.join('+'));
  }
  return { der: reader.encoding(element), text: parts.join(', ') };
}

function decodeString(tag: number, content: Uint8Array): string | undefined {
  switch (tag) {
    case derTag.utf8String:
      try {
        return decodeUtf8(content);
      } catch {
        return undefined;
      }
    case derTag.printableString:
    case derTag.ia5String:
    case derTag.teletexString:
      return Array.from(content, (byte) => String.fromCharCode(byte)).join('');
    case derTag.bmpString: {
      if (content.length % 2 !== 0) return undefined;
      const pairs = Array.from({ length: content.length / 2 }, (_, index) =>
        content.subarray(2 * index, 2 * index + 2),
      );
      return pairs.map(([high = 0, low = 0]) => String.fromCharCode(256 * high + low)).join('');
    }
    default:
      return undefined;
  }
}

/** Attacker-controlled: commas, quotes, control and direction characters must not let one name pose as another on screen. */
function escapeText(text: string): string {
  return text
    .replace(/[,+"\\<>;=]/g, (character) => `\\${character}`)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
