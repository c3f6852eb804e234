/** A JSON Schema (draft 2020-12). */
export type Schema = Readonly<Record<string, unknown>>;

/** An object with these members and no others; those named in `optional` may be absent. */
export function closed(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false };
}

/** As `closed`, with every member optional but those named. */
export function loose(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return closed(
    properties,
    Object.keys(properties).filter((name) => !required.includes(name)),
  );
}

export function list(items: Schema, maxItems: number, minItems = 0): Schema {
  return { type: 'array', items, maxItems, ...(minItems > 0 && { minItems }) };
}

/** Lower-case hex of exactly one of these byte lengths. */
export function hex(...lengths: readonly number[]): Schema {
  return { type: 'string', pattern: `^(${lengths.map((length) => `[0-9a-f]{${length * 2}}`).join('|')})$` };
}

/** The same as the EVM writes it. */
export function hex0x(length: number): Schema {
  return { type: 'string', pattern: `^0x[0-9a-f]{${length * 2}}$` };
}

/** A whole number that every JSON reader keeps exactly. */
export function whole(minimum = 0, maximum: number = Number.MAX_SAFE_INTEGER): Schema {
  return { type: 'integer', minimum, maximum };
}

export function word(...words: readonly string[]): Schema {
  return words.length === 1 ? { const: words[0] } : { enum: words };
}

export function text(maxLength: number, pattern?: string): Schema {
  return { type: 'string', minLength: 1, maxLength, ...(pattern === undefined ? {} : { pattern }) };
}

export const flag: Schema = { type: 'boolean' };

/** Canonical base64url without padding; that spare bits are zero is for a reader to see. */
export const base64Url: Schema = { type: 'string', pattern: '^[A-Za-z0-9_-]*$' };

export const anything: Schema = {};

export const anyObject: Schema = { type: 'object' };

/** A document of its own, with its name and what it is. */
export function published(name: string, title: string, description: string, schema: Schema): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:affidavit:schema:${name}`,
    title,
    description,
    ...schema,
  };
}
