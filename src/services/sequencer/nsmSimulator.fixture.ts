import { x509 } from '../../core/x509/x509.ts';

/** What the tests look at in a certificate. */
export function readCertificate(der: Uint8Array) {
  const certificate = new x509.X509Certificate(new Uint8Array(der));
  const constraints = certificate.getExtension(x509.BasicConstraintsExtension);
  const { name, hash } = certificate.signatureAlgorithm as { name: string; hash: { name: string } };
  const { namedCurve } = certificate.publicKey.algorithm as EcKeyAlgorithm;
  const from = certificate.notBefore.getTime();
  const to = certificate.notAfter.getTime();
  return {
    subject: certificate.subject,
    from,
    to,
    days: (to - from) / 86_400_000,
    authority: constraints?.ca,
    pathLength: constraints?.pathLength,
    usageCritical: certificate.getExtension(x509.KeyUsagesExtension)?.critical,
    extensions: certificate.extensions.map(({ type }) => type),
    algorithm: `${name} ${namedCurve} ${hash.name}`,
  };
}

export function text(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value);
}
