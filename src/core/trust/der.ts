import { FormatError } from '../verdict/auditorError.ts';
import { DerReader, derTag } from '../x509/der.ts';
import { parseCertificate } from '../x509/parse.ts';

/** Why `der` is not exactly one X.509 certificate that can be read here, or undefined where it is one. */
export function certificateFault(der: Uint8Array): string | undefined {
  return fault(() => parseCertificate(der));
}

/** Why `der` is not exactly one SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), or undefined where it is one. */
export function publicKeyFault(der: Uint8Array): string | undefined {
  return fault(() => {
    const file = new DerReader(der);
    const info = file.enter('a public key', derTag.sequence);
    file.finish('the public key');
    info.enter('an algorithm', derTag.sequence).read('the name of an algorithm', derTag.objectIdentifier);
    info.read('the key', derTag.bitString);
    info.finish('the public key');
  });
}

function fault(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}
