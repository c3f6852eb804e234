import { utf8 } from '../bytes/bytes.ts';
import { base64UrlPart } from './base64UrlPart.ts';
import { maximumJwtLength, type Jwt } from './parse.ts';

/** A token that was read by the pattern of another: the members of its payload as they are written, in the pattern's order. */
export interface PatternedToken {
  /** ASCII of header and payload with the dot between them: a view on the token. */
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** The payload's JSON. */
  readonly payload: Uint8Array;
  /** Where each member's value begins and ends in it, quotes included. */
  readonly values: readonly number[];
}

const dot = 0x2e;
const quote = 0x22;

/**
 * How a token was written, as a pattern for those that its issuer writes next: the same header, to the byte, and a payload with the same members in
 * the same order, without white space or escapes, holding texts, whole numbers below 10¹⁵ and the three words. Such a token reads as `parseJwt`
 * reads it, without making a text, an object or a value of it; any other does not fit and is `parseJwt`'s.
 */
export class TokenPattern {
  /** The header's base64url and the dot behind it. */
  readonly #header: Uint8Array;
  /** `{"iss":`, `,"aud":` and so on. */
  readonly #names: readonly Uint8Array[];

  private constructor(header: Uint8Array, names: readonly Uint8Array[]) {
    this.#header = header;
    this.#names = names;
  }

  /** The order of a payload's members is that of its text but for names that are numbers; with such a name no token fits. */
  static of({ text, payload }: Jwt): { readonly pattern: TokenPattern; readonly names: readonly string[] } {
    const names = Object.keys(payload);
    const written = names.map((name, index) => utf8(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`));
    return { pattern: new TokenPattern(utf8(text.slice(0, text.indexOf('.') + 1)), written), names };
  }

  /** @param room for what is decoded */
  read(token: Uint8Array, room: Uint8Array<ArrayBuffer>): PatternedToken | undefined {
    const header = this.#header;
    if (token.length > maximumJwtLength || !isAt(token, 0, header)) return undefined;
    const end = token.indexOf(dot, header.length);
    if (end < 0) return undefined;
    const payload = base64UrlPart(token, header.length, end, room);
    const signature = base64UrlPart(token, end + 1, token.length, room.subarray(maximumJwtLength));
    const values = payload && signature && this.#valuesOf(payload);
    return values && { signingInput: token.subarray(0, end), signature, payload, values };
  }

  #valuesOf(payload: Uint8Array): readonly number[] | undefined {
    const names = this.#names;
    const values: number[] = [];
    let at = 0;
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as Uint8Array;
      if (!isAt(payload, at, name)) return undefined;
      const from = at + name.length;
      at = endOfValue(payload, from);
      if (at < 0) return undefined;
      values.push(from, at);
    }
    // An object that ends here, and nothing behind it.
    return names.length > 0 && at === payload.length - 1 && payload[at] === 0x7d ? values : undefined;
  }
}

/** Whether `wanted` stands at an offset. */
export function isAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

const words = ['true', 'false', 'null'].map((word) => utf8(word));

/** The offset behind a text without escapes in plain ASCII, a whole number or a word; −1 for anything else. */
function endOfValue(json: Uint8Array, from: number): number {
  const first = json[from] ?? 0;
  if (first === quote) return endOfText(json, from + 1);
  if (first >= 0x30 && first <= 0x39) return endOfNumber(json, from);
  for (const word of words) if (isAt(json, from, word)) return from + word.length;
  return -1;
}

function endOfText(json: Uint8Array, from: number): number {
  for (let at = from; at < json.length; at++) {
    const byte = json[at] as number;
    if (byte === quote) return at + 1;
    if (byte < 0x20 || byte > 0x7e || byte === 0x5c) return -1;
  }
  return -1;
}

/** Without sign, fraction or exponent, and so short that a double holds it: what follows must be a comma or the end of the object. */
function endOfNumber(json: Uint8Array, from: number): number {
  let at = from;
  while (at < json.length && (json[at] as number) >= 0x30 && (json[at] as number) <= 0x39) at++;
  const length = at - from;
  return length > 15 || (length > 1 && json[from] === 0x30) ? -1 : at;
}
