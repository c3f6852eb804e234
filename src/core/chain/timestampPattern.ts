import { utf8 } from '../bytes/bytes.ts';
import { giveRoom, takeRoom } from '../bytes/room.ts';
import { signatureFormFault, verifyUnder, type UsableKey } from '../jwt/keySignature.ts';
import type { Jwt } from '../jwt/parse.ts';
import { isAt, TokenPattern } from '../jwt/tokenPattern.ts';
import { rangeFault } from '../trust/validRange.ts';
import type { ChainContext } from './chainContext.ts';
import type { VerifiedTimestamp } from './verifyTimestamp.ts';

type Pinned = ChainContext['timestamp'];

/** A timestamp that was valid, as a pattern for its successors: their tokens differ in times, identifiers and the block that they name. */
interface Known {
  readonly pattern: TokenPattern;
  readonly kid: string;
  readonly key: UsableKey;
  /** Members that must have these values, by their place in the payload. */
  readonly pinned: readonly { readonly place: number; readonly value: Uint8Array }[];
  /** Place of the member that names the block, what stands in it behind H(b), and place of `iat`. */
  readonly subject: number;
  readonly domain: Uint8Array;
  readonly issuedAt: number;
}

const known = new WeakMap<Pinned, Known>();

/** Keeps how a token is written that has just been found valid under what is pinned, by this key. */
export function learnTimestamp(timestamp: Pinned, token: Jwt, kid: string, key: UsableKey): void {
  const { pattern, names } = TokenPattern.of(token);
  const member = (name: string, value: string) => ({ place: names.indexOf(name), value: utf8(JSON.stringify(value)) });
  known.set(timestamp, {
    pattern,
    kid,
    key,
    pinned: [
      member('iss', timestamp.issuer),
      member(timestamp.tokenUse === 'access' ? 'client_id' : 'aud', timestamp.audience),
      member('token_use', timestamp.tokenUse),
    ],
    subject: names.indexOf(timestamp.claim),
    domain: utf8(JSON.stringify(`@${timestamp.domain}`).slice(1)),
    issuedAt: names.indexOf('iat'),
  });
}

/**
 * `verifyTimestamp` for a token that is written like the last valid one. Undefined where it is not, or where anything does not hold, which
 * `verifyTimestamp` then says.
 * @param token ASCII of the compact JWT
 */
export async function verifyLikeTimestamp(
  timestamp: Pinned,
  token: Uint8Array,
  blockHashHex: string,
): Promise<VerifiedTimestamp | undefined> {
  const like = known.get(timestamp);
  if (!like) return undefined;
  const room = takeRoom();
  try {
    return await verifyLike(like, token, blockHashHex, room);
  } finally {
    giveRoom(room);
  }
}

async function verifyLike(
  like: Known,
  token: Uint8Array,
  blockHashHex: string,
  room: Uint8Array<ArrayBuffer>,
): Promise<VerifiedTimestamp | undefined> {
  const read = like.pattern.read(token, room);
  if (!read) return undefined;
  const { payload, values } = read;
  for (const { place, value } of like.pinned) {
    const from = values[2 * place] as number;
    if (value.length !== (values[2 * place + 1] as number) - from || !isAt(payload, from, value)) return undefined;
  }
  if (
    !isSubject(
      payload,
      values[2 * like.subject] as number,
      values[2 * like.subject + 1] as number,
      blockHashHex,
      like.domain,
    )
  ) {
    return undefined;
  }
  const time = numberAt(payload, values[2 * like.issuedAt] as number, values[2 * like.issuedAt + 1] as number);
  if (time === undefined || signatureFormFault(read.signature, like.key)) return undefined;
  if (hasRange(like.key) && rangeFault(like.key.jwk, time * 1000) !== undefined) return undefined;
  const holds = await verifyUnder(like.key, read.signature, read.signingInput as Uint8Array<ArrayBuffer>);
  return holds ? { ok: true, time, kid: like.kid, signatures: 1 } : undefined;
}

/** Cheap: asked of every timestamp. */
function hasRange({ jwk }: UsableKey): boolean {
  return jwk.from !== undefined || jwk.until !== undefined;
}

/** `"<H(b)>@<domain>"`. */
function isSubject(payload: Uint8Array, from: number, to: number, blockHashHex: string, domain: Uint8Array): boolean {
  const { length } = blockHashHex;
  if (to - from !== 1 + length + domain.length || payload[from] !== 0x22) return false;
  for (let index = 0; index < length; index++) {
    if (payload[from + 1 + index] !== blockHashHex.charCodeAt(index)) return false;
  }
  return isAt(payload, from + 1 + length, domain);
}

/** A whole number; undefined where something else stands there. */
function numberAt(payload: Uint8Array, from: number, to: number): number | undefined {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (payload[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = 10 * value + digit;
  }
  return value;
}
