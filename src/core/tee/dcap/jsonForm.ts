import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';

/** Takes members out of an object that Intel signed: each must be there in its form; members that this verifier has no use for stand beside it. */
export class JsonForm {
  readonly #object: JsonObject;
  readonly #where: string;

  constructor(value: JsonValue | undefined, where: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault(where, 'an object');
    this.#object = value;
    this.#where = where;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  text(name: string, pattern: RegExp = /^[ -~]{1,200}$/, expected = 'a text'): string {
    const value = this.#object[name];
    if (typeof value !== 'string' || !pattern.test(value)) throw fault(this.#path(name), expected);
    return value;
  }

  /** Lower-case hex of a value of so many bytes, whatever case it is written in. */
  hex(name: string, length: number): string {
    return this.text(name, new RegExp(`^[0-9a-fA-F]{${2 * length}}$`), `${length} bytes in hex`).toLowerCase();
  }

  /** Milliseconds since 1970. */
  time(name: string): number {
    const text = this.text(name, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/, 'a time of RFC 3339 in UTC');
    const time = Date.parse(text);
    if (Number.isNaN(time)) throw fault(this.#path(name), 'a time of the calendar');
    return time;
  }

  integer(name: string, maximum: number): number {
    const value = this.#object[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > maximum) {
      throw fault(this.#path(name), `a whole number from 0 to ${maximum}`);
    }
    return value;
  }

  object(name: string): JsonForm {
    return new JsonForm(this.#object[name], this.#path(name));
  }

  /** Objects of an array; absent counts as empty where `optional`. */
  objects(name: string, maximum: number, optional = false): readonly JsonForm[] {
    return this.#array(name, maximum, optional).map(
      (value, index) => new JsonForm(value, `${this.#path(name)}[${index}]`),
    );
  }

  texts(name: string, maximum: number): readonly string[] {
    return this.#array(name, maximum, true).map((value, index) => {
      if (typeof value === 'string' && /^[ -~]{1,64}$/.test(value)) return value;
      throw fault(`${this.#path(name)}[${index}]`, 'a short text');
    });
  }

  #array(name: string, maximum: number, optional: boolean): readonly JsonValue[] {
    const value = this.#object[name];
    if (optional && value === undefined) return [];
    if (!Array.isArray(value) || value.length > maximum) throw fault(this.#path(name), `a list of at most ${maximum}`);
    return value;
  }

  #path(name: string): string {
    return `${this.#where}.${name}`;
  }
}

function fault(path: string, expected: string): FormatError {
  return new FormatError(`${path} must be ${expected}.`, 0);
}
