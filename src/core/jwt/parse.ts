import { fromBase64Url } from '../bytes/base64.ts';
import { decodeUtf8, utf8 } from '../bytes/bytes.ts';
import { parseJson, type JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** CHAIN.md 14: no longer token is read. */
export const maximumJwtLength = 8 * 1024;

/** A compact JWT as read (RFC 7519, RFC 7515 §7.1): syntax alone, nothing in it is verified. */
export interface Jwt {
  readonly text: string;
  /** Without prototype, like `payload`. */
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** ASCII of header and payload with the dot between them: what is signed. */
  readonly signingInput: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a compact JWT: exactly three parts of canonical base64url, header and payload JSON objects without repeated members.
 * So no two texts are the same token.
 * @throws FormatError with the offset in `text`.
 */
export function parseJwt(text: string): Jwt {
  if (text.length > maximumJwtLength) {
    throw new FormatError(
      `The JWT has ${text.length} characters, at most ${maximumJwtLength} are read.`,
      maximumJwtLength,
    );
  }
  const parts = text.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    throw new FormatError(`JWT: expected three parts with dots between them, found ${parts.length}.`, text.length);
  }
  const payloadStart = header.length + 1;
  const signatureStart = payloadStart + payload.length + 1;
  return {
    text,
    header: readObject(header, 'header', 0),
    payload: readObject(payload, 'payload', payloadStart),
    signingInput: utf8(text.slice(0, signatureStart - 1)),
    signature: within('signature', signatureStart, () => fromBase64Url(signature)),
  };
}

function readObject(part: string, name: string, start: number): JsonObject {
  return within(name, start, () => {
    const value = parseJson(decodeUtf8(fromBase64Url(part)), { maximumDepth: 8, maximumLength: maximumJwtLength });
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw new FormatError(`JSON: expected an object, found ${JSON.stringify(value).slice(0, 32)}.`, 0);
    }
    return value;
  });
}

/** Inside a part the offset of a decoded byte says little, so the fault stands at the part's beginning and its own words say where. */
function within<T>(name: string, start: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`In the ${name} of the JWT, which begins at offset ${start}: ${error.message}`, start);
  }
}
