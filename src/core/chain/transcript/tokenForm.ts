import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { decodeUtf8, utf8 } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { limits } from '../limits.ts';
import type { Packer, Unpacker } from './packer.ts';

/**
 * What all timestamp attestations of a chain share, with holes where they differ. A piece that begins with `=` is literal text of
 * `header.payload` (each decoded from base64url); the holes are `block` (hex of H(b)), `uuid`, `again 0` (the first uuid once more),
 * `integer` (its difference to the same hole of the entry before). The signature follows, `signature` bytes long.
 */
export interface TokenForm {
  readonly pieces: readonly string[];
  readonly signature: number;
}

const variable =
  /(?<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(?<hash>[0-9a-f]{64})|(?<=[:,[])(?<integer>0|[1-9]\d{0,14})(?=[,}\]])/g;

export interface TakenToken {
  readonly form: TokenForm;
  readonly values: readonly (number | Uint8Array)[];
  readonly signature: Uint8Array;
}

/** Takes a token apart into its form and what fills it, or nothing where it would not come out the same again. */
export function takeToken(jwt: string, blockHash: string): TakenToken | undefined {
  const parts = jwt.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const [header, payload] = [0, 1].map((index) => decodeUtf8(fromBase64Url(parts[index] as string)));
    const text = `${header}.${payload}`;
    const signature = fromBase64Url(parts[2] as string);
    const pieces: string[] = [];
    const values: (number | Uint8Array)[] = [];
    const uuids: string[] = [];
    let literal = '';
    const hole = (name: string): void => {
      if (literal !== '') pieces.push(`=${literal}`);
      literal = '';
      pieces.push(name);
    };
    let last = 0;
    for (const match of text.matchAll(variable)) {
      literal += text.slice(last, match.index);
      last = match.index + match[0].length;
      const { uuid, hash, integer } = match.groups as Record<string, string | undefined>;
      if (uuid !== undefined) {
        const known = uuids.indexOf(uuid);
        if (known >= 0) hole(`again ${known}`);
        else {
          hole('uuid');
          uuids.push(uuid);
          values.push(fromHex(uuid.replaceAll('-', '')));
        }
      } else if (hash === blockHash) hole('block');
      else if (integer !== undefined) {
        hole('integer');
        values.push(Number(integer));
      } else literal += match[0];
    }
    literal += text.slice(last);
    if (literal !== '') pieces.push(`=${literal}`);
    const taken = { form: { pieces, signature: signature.length }, values, signature };
    return fillToken(taken.form, values, signature, blockHash) === jwt ? taken : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Writes what fills a form; integers as differences to `previous`, the values of the entry before under the same form. */
export function packToken(packer: Packer, taken: TakenToken, previous: readonly (number | Uint8Array)[]): void {
  taken.values.forEach((value, index) => {
    if (typeof value === 'number') packer.int(value - Number(previous[index] ?? 0));
    else packer.bytes(value);
  });
  packer.bytes(taken.signature);
}

/** The token again, and its values for the next entry. @throws FormatError */
export function unpackToken(
  unpacker: Unpacker,
  form: TokenForm,
  previous: readonly (number | Uint8Array)[],
  blockHash: string,
): { readonly jwt: string; readonly values: readonly (number | Uint8Array)[] } {
  const values: (number | Uint8Array)[] = [];
  for (const piece of form.pieces) {
    if (piece === 'integer') values.push(unpacker.int() + Number(previous[values.length] ?? 0));
    else if (piece === 'uuid') values.push(unpacker.bytes(16));
  }
  const jwt = fillToken(form, values, unpacker.bytes(form.signature), blockHash);
  return { jwt, values };
}

function fillToken(
  form: TokenForm,
  values: readonly (number | Uint8Array)[],
  signature: Uint8Array,
  blockHash: string,
): string {
  let text = '';
  let next = 0;
  const uuids: string[] = [];
  for (const piece of form.pieces) {
    if (piece.startsWith('=')) text += piece.slice(1);
    else if (piece === 'block') text += blockHash;
    else if (piece === 'integer') text += String(values[next++]);
    else if (piece === 'uuid') {
      const hex = toHex(values[next++] as Uint8Array);
      uuids.push([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'));
      text += uuids.at(-1);
    } else {
      const known = /^again (\d)$/.exec(piece);
      const uuid = known && uuids[Number(known[1])];
      if (!uuid) throw new FormatError(`Transcript: a form's piece was expected, found ${JSON.stringify(piece)}.`, 0);
      text += uuid;
    }
    if (text.length > limits.jwt) {
      throw new FormatError(`Transcript: a token of at most ${limits.jwt} characters was expected.`, 0);
    }
  }
  const dot = text.indexOf('}.{') + 1;
  if (dot === 0) throw new FormatError('Transcript: a token form without header and payload.', 0);
  return [utf8(text.slice(0, dot)), utf8(text.slice(dot + 1)), signature].map((part) => toBase64Url(part)).join('.');
}
