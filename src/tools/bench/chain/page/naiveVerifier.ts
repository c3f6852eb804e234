import { decode } from 'cbor-x';
import { x509 } from '../../../../core/x509/x509.ts';
import { fromBase64Url, toBase64 } from '../../../../core/bytes/base64.ts';
import { equalBytes, utf8 } from '../../../../core/bytes/bytes.ts';
import { encodeCbor } from '../../../../core/bytes/cbor.ts';
import { toHex } from '../../../../core/bytes/hex.ts';
import { sha3 } from '../../../../core/bytes/hash.ts';
import { sequenceMessage } from '../../../../core/chain/sequence.ts';
import { fromHex } from '../../../../core/bytes/hex.ts';
import { parsePem } from '../../../../core/x509/pem.ts';
import type { ChainPin } from '../../../../core/trust/trust.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A block as a naive verifier gets it: whole objects, so that decoding from shards is spared it. */
export interface NaiveBlock {
  readonly document: Uint8Array;
  readonly tuple: Uint8Array;
}

const ecdsa = { name: 'ECDSA', hash: 'SHA-384' } as const;
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/**
 * What anybody would write first, with the usual libraries: reads each document by itself, parses every certificate of its bundle, verifies
 * each link, imports each key, and goes on to the next when one is done. Correct, and nothing is kept from one block to the next.
 */
export async function verifyNaively(pin: ChainPin, { document, tuple }: NaiveBlock): Promise<boolean> {
  const [header, , payload, signature] = decode(document) as [Bytes, unknown, Bytes, Bytes];
  const fields = decode(payload) as Record<string, unknown>;
  const ders = [...(fields.cabundle as Bytes[]), fields.certificate as Bytes];
  const path = ders.map((der) => new x509.X509Certificate(toBase64(der)));
  if (!equalBytes(ders[0] as Bytes, parsePem(pin.nitroRoots?.[0] ?? ''))) return false;
  const at = new Date(Number(fields.timestamp));
  for (const [index, certificate] of path.entries()) {
    const issuer = path[Math.max(0, index - 1)] as x509.X509Certificate;
    if (certificate.issuer !== issuer.subject || at < certificate.notBefore || at > certificate.notAfter) return false;
    if (!(await certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true }))) return false;
  }
  const leaf = await (path.at(-1) as x509.X509Certificate).publicKey.export({ name: 'ECDSA', namedCurve: 'P-384' }, [
    'verify',
  ]);
  const signed = encodeCbor(['Signature1', header, new Uint8Array(0), payload]);
  if (!(await crypto.subtle.verify(ecdsa, leaf, signature, signed))) return false;

  const [, y, k, g] = decode(fields.user_data as Bytes) as [string, Bytes, number, Bytes];
  const sequencer = await crypto.subtle.importKey('spki', fields.public_key as Bytes, 'Ed25519', false, ['verify']);
  const message = sequenceMessage(fromHex(pin.genesis ?? ''), y, k) as Bytes;
  if (!(await crypto.subtle.verify('Ed25519', sequencer, g, message))) return false;

  const [, , block, jwt] = decode(tuple) as [number, unknown, [number, Bytes, Bytes, Bytes], string];
  const [head = '', body = '', mark = ''] = jwt.split('.');
  const jwk = pin.timestamp?.jwks?.keys[0] as JsonWebKey;
  const key = await crypto.subtle.importKey('jwk', jwk, rsa, false, ['verify']);
  if (!(await crypto.subtle.verify(rsa, key, fromBase64Url(mark) as Bytes, utf8(`${head}.${body}`)))) return false;
  const claims = JSON.parse(new TextDecoder().decode(fromBase64Url(body))) as { readonly email?: string };
  return claims.email === `${toHex(sha3(encodeCbor(block)))}@${pin.timestamp?.domain}`;
}
