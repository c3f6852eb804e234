import { toHex } from '../../bytes/hex.ts';
import { amdProducts, type AmdProduct } from './product.ts';
import type { SnpReport } from './report.ts';
import { namedParts, readTcb } from './tcb.ts';

/**
 * Where AMD's Key Distribution Service hands out the VCEK certificate of the chip and the firmware that a report names (AMD 57230, chapter 4):
 * `https://kdsintf.amd.com/vcek/v1/Milan/<hwID>?blSPL=03&…`. Turin has an identifier of 8 bytes and one part more. Nothing is fetched here.
 */
export function vcekAddress({ chipId, reportedTcb }: SnpReport, product: AmdProduct): string {
  const hwId = toHex(product === 'Turin' ? chipId.subarray(0, 8) : chipId);
  const parts = namedParts(readTcb(reportedTcb, product));
  const query = parts.map(([name, value]) => `${name}=${String(value).padStart(2, '0')}`).join('&');
  return `https://kdsintf.amd.com/vcek/v1/${product}/${hwId}?${query}`;
}

/** The certificate that a report needs, for the sentence that says what to give: where it is to be had, as far as the report says so. */
export function wantedCertificate(report: SnpReport, product: AmdProduct | undefined): string {
  if (report.signingKey === 'VLEK') {
    return "the VLEK certificate, which only the cloud's operator hands out: inside the guest it comes with the extended report";
  }
  if (report.chipId.every((byte) => byte === 0)) {
    return 'the VCEK certificate: the report hides its chip, so only the operator of the machine can name it';
  }
  const addresses = (product ? [product] : amdProducts).map((candidate) => vcekAddress(report, candidate));
  return `the VCEK certificate from ${addresses.join(' or ')}`;
}

/** Where AMD publishes which of its authorities are revoked, for one product. */
export function crlAddress(product: AmdProduct): string {
  return `https://kdsintf.amd.com/vcek/v1/${product}/crl`;
}
