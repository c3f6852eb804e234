import { concatBytes } from '../bytes/bytes.ts';
import { fromHex } from '../bytes/hex.ts';
import { bits, extension, integer, oid, oids, sequence, tlv, utcTime, name } from './der.fixture.ts';
import { ecdsaDer } from './ecdsa.fixture.ts';

/** Object identifiers of extensions of lists and entries; content octets in hex. */
export const crlOids = {
  crlNumber: '551d14',
  reasonCode: '551d15',
  invalidityDate: '551d18',
  deltaCrlIndicator: '551d1b',
  issuingDistributionPoint: '551d1c',
  certificateIssuer: '551d1d',
  unknown: '2a0304',
} as const;

/** Parts of a list, each of which a test may replace. */
export interface CrlParts {
  readonly version: Uint8Array;
  readonly innerAlgorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly thisUpdate: Uint8Array;
  readonly nextUpdate: Uint8Array;
  readonly revoked: Uint8Array;
  readonly extensions: Uint8Array;
  readonly afterExtensions: Uint8Array;
  readonly outerAlgorithm: Uint8Array;
  readonly afterSignature: Uint8Array;
}

const nothing = new Uint8Array();
const ecdsa = sequence(oid(oids.ecdsaWithSha384));

export const crlExtensions = (...extensions: readonly Uint8Array[]) => tlv(0xa0, sequence(...extensions));

/** One entry of a list; the serial number as a certificate's, in hex. */
export const revokedEntry = (serial: string, date: Uint8Array, ...extensions: readonly Uint8Array[]) =>
  sequence(tlv(0x02, fromHex(serial)), date, ...(extensions.length > 0 ? [sequence(...extensions)] : []));

export const reason = (code: number) => extension(crlOids.reasonCode, tlv(0x0a, Uint8Array.of(code)));

const rightCrlParts: CrlParts = {
  version: integer(1),
  innerAlgorithm: ecdsa,
  issuer: name('issuer'),
  thisUpdate: utcTime('260301110000Z'),
  nextUpdate: utcTime('260308110000Z'),
  revoked: nothing,
  extensions: crlExtensions(extension(crlOids.crlNumber, integer(7))),
  afterExtensions: nothing,
  outerAlgorithm: ecdsa,
  afterSignature: nothing,
};

/** A list with some parts replaced, signed with ECDSA P-384 and SHA-384 where a key is given. */
export async function makeCrl(changes: Partial<CrlParts> = {}, key?: CryptoKey): Promise<Uint8Array> {
  const parts = { ...rightCrlParts, ...changes };
  const { version, innerAlgorithm, issuer, thisUpdate, nextUpdate, revoked, extensions, afterExtensions } = parts;
  const tbs = sequence(version, innerAlgorithm, issuer, thisUpdate, nextUpdate, revoked, extensions, afterExtensions);
  const signature = key
    ? ecdsaDer(
        new Uint8Array(
          await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-384' }, key, tbs as Uint8Array<ArrayBuffer>),
        ),
      )
    : Uint8Array.of(1, 2, 3);
  return concatBytes(sequence(tbs, parts.outerAlgorithm, bits(0, signature), parts.afterSignature));
}
