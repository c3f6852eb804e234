import { gzipSync } from 'node:zlib';
import { toBase64Url } from '../../core/bytes/base64.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { addJcsProof } from '../../core/vc/proof/jcsProof.ts';
import type { Identity } from './identity.ts';

export interface StatusListParts {
  /** Its address. */
  readonly id: string;
  /** Places whose bit is set. */
  readonly revoked: ReadonlySet<number>;
  /** Milliseconds since 1970, whole seconds, and for how many milliseconds it may be used. */
  readonly from: number;
  readonly ttl: number;
  /** Places; whole bytes. */
  readonly length: number;
}

/** Bits of a list, fewer tell too much about whose is asked for (Bitstring Status List 1.0 §4). */
export const statusListLength = 131_072;

/** A signed list: the most significant bit of a byte is its first place (Bitstring Status List 1.0 §3.3). */
export async function signStatusList(
  { id, revoked, from, ttl, length }: StatusListParts,
  identity: Identity,
): Promise<JsonObject> {
  const bits = new Uint8Array(length / 8);
  for (const place of revoked) bits[place >> 3] = (bits[place >> 3] ?? 0) | (0x80 >> (place & 7));
  const list: JsonObject = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: identity.did,
    validFrom: moment(from),
    validUntil: moment(from + ttl),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${toBase64Url(new Uint8Array(gzipSync(bits)))}`,
      ttl,
    },
  };
  const options = { id: `urn:uuid:${crypto.randomUUID()}`, created: moment(from) };
  return addJcsProof(list, identity.signer, options);
}

function moment(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
