import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { parseNitroDocument } from '../../core/tee/nitro/parse.ts';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { encodeCbor } from '../../core/bytes/cbor.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { blockHash, encodeBlock, timestampHash } from '../../core/chain/block.ts';
import { parseSequence, type Sequence } from '../../core/chain/sequence.ts';
import type { PublicJwk, TimestampPin } from '../../core/trust/trust.ts';
import type { Nsm } from './nsm.ts';

/** A timestamp service of the tests: real RS256 tokens, no process. */
export interface TestIssuer {
  readonly pin: Required<TimestampPin>;
  /** @param claims override or, where undefined, take away what a token says */
  sign(blockHashHex: string, claims?: Record<string, unknown>, header?: Record<string, unknown>): string;
}

let sharedKeys: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

export function makeIssuer(options: { freshKey?: boolean } = {}): TestIssuer {
  const make = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { publicKey, privateKey } = options.freshKey ? make() : (sharedKeys ??= make());
  const jwk = { ...(publicKey.export({ format: 'jwk' }) as PublicJwk), kid: 'test', alg: 'RS256', use: 'sig' };
  const pin = {
    issuer: 'https://timestamps.invalid/pool',
    audience: 'client',
    domain: 'affidavit.invalid',
    claim: 'email',
    tokenUse: 'id',
    jwks: { keys: [jwk] },
  };
  return {
    pin,
    sign(blockHashHex, claims = {}, header = {}) {
      const payload = {
        iss: pin.issuer,
        aud: pin.audience,
        token_use: pin.tokenUse,
        email: `${blockHashHex}@${pin.domain}`,
        iat: 1_790_000_000,
        jti: toHex(randomBytes(8)),
        ...claims,
      };
      const encode = (value: object) => toBase64Url(utf8(JSON.stringify(value)));
      const input = `${encode({ alg: 'RS256', kid: 'test', ...header })}.${encode(payload)}`;
      return `${input}.${toBase64Url(createSign('sha256').update(input).sign(privateKey))}`;
    },
  };
}

/** A timestamped block as a writer sends it. */
export interface TestBlock {
  readonly bytes: Uint8Array;
  readonly jwt: string;
  /** H(t): the parent of a block that follows it. */
  readonly stamp: Uint8Array;
}

export function makeBlock(issuer: TestIssuer, parent: Uint8Array = new Uint8Array(32)): TestBlock {
  const bytes = encodeBlock({ u: new Uint8Array(randomBytes(16)), merkle: new Uint8Array(randomBytes(32)), parent });
  const jwt = issuer.sign(toHex(blockHash(bytes)));
  return { bytes, jwt, stamp: timestampHash(jwt) };
}

/** A module whose documents are CBOR of what was asked and a running number, so that a document made anew shows. */
export function makeTestNsm(): Nsm & { made: number } {
  return {
    made: 0,
    async attest({ userData = new Uint8Array(), publicKey = new Uint8Array() }) {
      this.made += 1;
      return encodeCbor([this.made, userData, publicKey]);
    },
    describe: () => ({ simulated: true, rootPem: null, pcrs: {} }),
  };
}

/** The sequence in a real-shaped document. */
export function readSequence(document: Uint8Array): Sequence {
  return parseSequence(parseNitroDocument(document).userData ?? new Uint8Array());
}
