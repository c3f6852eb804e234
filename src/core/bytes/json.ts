import { FormatError } from '../verdict/auditorError.ts';
import { quoteCharacter } from './quote.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** Made without a prototype: `__proto__`, `constructor` and the like are members like any other, or absent. */
export interface JsonObject {
  [name: string]: JsonValue;
}

export interface JsonLimits {
  /** Arrays and objects inside each other; 64 by default. */
  readonly maximumDepth?: number;
  /** Longest text in UTF-16 units; 96 Mi by default. */
  readonly maximumLength?: number;
  /** Members of one object; 8192 by default. An object with very many takes far longer than its text. */
  readonly maximumMembers?: number;
  /** Values of all kinds in the whole text, at whatever depth; 2²⁰ by default. */
  readonly maximumValues?: number;
}

const defaults: Required<JsonLimits> = {
  maximumDepth: 64,
  maximumLength: 96 * 1024 * 1024,
  maximumMembers: 8192,
  maximumValues: 2 ** 20,
};

/**
 * A JSON text (RFC 8259), strictly: no repeated members, no lone surrogates, no number that a double cannot hold, no integer beyond
 * ±(2⁵³−1), no byte order mark. Offsets are in UTF-16 units of the text.
 * @throws FormatError with the offset, what was expected and what was found.
 */
export function parseJson(text: string, limits: JsonLimits = {}): JsonValue {
  const bounds = { ...defaults, ...limits };
  const { maximumLength } = bounds;
  if (text.length > maximumLength) {
    throw new FormatError(
      `The JSON text has ${text.length} characters, at most ${maximumLength} are read.`,
      maximumLength,
    );
  }
  return new JsonParser(text, bounds).document();
}

// RFC 8259 §6, anchored at `lastIndex`.
const numberForm = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonParser {
  readonly #text: string;
  readonly #limits: Required<JsonLimits>;
  #at = 0;
  #values = 0;

  constructor(text: string, limits: Required<JsonLimits>) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): JsonValue {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw this.#fault('the end of the JSON text');
    return value;
  }

  #value(depth: number): JsonValue {
    if (++this.#values > this.#limits.maximumValues) {
      throw this.#fault(`at most ${this.#limits.maximumValues} values`, 'one more');
    }
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(this.#deeper(depth));
      case '[':
        return this.#array(this.#deeper(depth));
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #deeper(depth: number): number {
    const { maximumDepth } = this.#limits;
    if (depth < maximumDepth) return depth + 1;
    throw this.#fault(`at most ${maximumDepth} levels`, 'one level more');
  }

  #object(depth: number): JsonObject {
    const members = Object.create(null) as JsonObject;
    const { maximumMembers } = this.#limits;
    this.#at++;
    this.#space();
    if (this.#take('}')) return members;
    for (let count = 1; ; count += 1) {
      const offset = this.#at;
      if (count > maximumMembers) throw this.#fault(`at most ${maximumMembers} members of one object`, 'one more');
      if (this.#text[offset] !== '"') throw this.#fault('a member name in quotes');
      const name = this.#string();
      if (name in members) throw this.#fault('each member once', `${JSON.stringify(name)} again`, offset);
      this.#space();
      if (!this.#take(':')) throw this.#fault('":" behind a member name');
      this.#space();
      members[name] = this.#value(depth);
      this.#space();
      if (this.#take('}')) return members;
      if (!this.#take(',')) throw this.#fault('"," or "}"');
      this.#space();
    }
  }

  #array(depth: number): JsonValue[] {
    const elements: JsonValue[] = [];
    this.#at++;
    this.#space();
    if (this.#take(']')) return elements;
    for (;;) {
      elements.push(this.#value(depth));
      this.#space();
      if (this.#take(']')) return elements;
      if (!this.#take(',')) throw this.#fault('"," or "]"');
      this.#space();
    }
  }

  #string(): string {
    const opening = this.#at++;
    const pieces: string[] = [];
    let start = this.#at;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x22) {
        const tail = this.#text.slice(start, this.#at++);
        return pieces.length === 0 ? tail : pieces.join('') + tail;
      }
      if (Number.isNaN(code)) throw this.#fault(`the end of the string that begins at offset ${opening}`);
      if (code < 0x20) throw this.#fault('an escape for a control character');
      if (code === 0x5c) {
        pieces.push(this.#text.slice(start, this.#at), this.#escape());
        start = this.#at;
      } else {
        this.#at += code < 0xd800 || code > 0xdfff ? 1 : this.#pair(code, this.#text.charCodeAt(this.#at + 1), 2);
      }
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    const plain = escapes[letter];
    if (plain !== undefined) {
      this.#at += 2;
      return plain;
    }
    if (letter !== 'u') throw this.#fault('an escape of JSON', undefined, this.#at + 1);
    const code = this.#unit(this.#at);
    if (code < 0xd800 || code > 0xdfff) {
      this.#at += 6;
      return String.fromCharCode(code);
    }
    const next = this.#text.startsWith('\\u', this.#at + 6) ? this.#unit(this.#at + 6) : Number.NaN;
    this.#at += this.#pair(code, next, 12);
    return String.fromCharCode(code, next);
  }

  /** The number behind `\u` at `offset`. */
  #unit(offset: number): number {
    const digits = this.#text.slice(offset + 2, offset + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fault('four hex digits behind \\u', undefined, offset + 2);
    return Number.parseInt(digits, 16);
  }

  /** `length` where the two units are a surrogate pair. */
  #pair(high: number, low: number, length: number): number {
    if (high < 0xdc00 && low >= 0xdc00 && low <= 0xdfff) return length;
    throw this.#fault('a whole character', 'half of a surrogate pair');
  }

  #number(): number {
    numberForm.lastIndex = this.#at;
    const match = numberForm.exec(this.#text);
    if (match === null) throw this.#fault('a JSON value');
    const value = Number(match[0]);
    if (!Number.isFinite(value)) throw this.#fault('a number that a double can hold', match[0].slice(0, 40));
    if (match[1] === undefined && match[2] === undefined && !Number.isSafeInteger(value)) {
      throw this.#fault('an integer from −(2^53−1) to 2^53−1', match[0].slice(0, 40));
    }
    this.#at += match[0].length;
    return value;
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#fault('a JSON value');
    this.#at += word.length;
    return value;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #fault(expected: string, found?: string, offset = this.#at): FormatError {
    return new FormatError(
      `JSON: expected ${expected} at offset ${offset}, found ${found ?? quoteCharacter(this.#text, offset)}.`,
      offset,
    );
  }
}
