import { sha3Hex } from '../../bytes/hash.ts';
import type { Check, Evidence } from '../../verdict/check.ts';
import { pckBlocks } from './examine.ts';
import type { Quote, Range } from './quote.ts';

/** Names the very bytes of the quote that each check is about, so that they can be shown. What collateral says stands in other files. */
export function withEvidence(checks: readonly Check[], quote: Quote): Check[] {
  const digest = sha3Hex(quote.bytes);
  const named = (name: string, range: Range | undefined): Evidence[] => (range ? [{ digest, ...range, name }] : []);
  const { data } = quote.certification;
  // Root first, as paths are numbered; the file has them leaf first.
  const certificates = [...(pckBlocks(quote) ?? [])]
    .reverse()
    .map(({ offset, length }) => ({ offset: data.offset + offset, length }));
  const evidence: Readonly<Record<string, readonly Evidence[]>> = {
    TEE_FORM: named('quote', { offset: 0, length: quote.bytes.length }),
    TEE_PLATFORM: named('header', quote.header.range),
    TEE_ROOT: named('certificate 1', certificates[0]),
    TEE_CHAIN: certificates.flatMap((range, index) => named(`certificate ${index + 1}`, range)),
    DCAP_PCK: named('PCK certificate', certificates.at(-1)),
    DCAP_QE_SIGNATURE: [
      ...named('QE report', quote.qeReport.range),
      ...named('QE report signature', quote.qeSignature),
    ],
    DCAP_QE_BINDING: [
      ...named('attestation key', quote.attestationKey),
      ...named('QE authentication data', quote.qeAuth),
      ...named('QE report', quote.qeReport.range),
    ],
    TEE_SIGNATURE: [...named('header and body', quote.signed), ...named('quote signature', quote.signature)],
    DCAP_QE: named('QE report', quote.qeReport.range),
    DCAP_REPORT_DATA: named('body', quote.body.range),
    DCAP_EVENT_LOG: named('body', quote.body.range),
    TEE_MEASUREMENT: named('body', quote.body.range),
  };
  const attach = (check: Check): Check => {
    // Below collateral, roots and numbers are of other paths.
    if (check.code === 'DCAP_COLLATERAL') return check;
    const number = check.params?.['number'];
    const own =
      typeof number === 'number' ? named(`certificate ${number}`, certificates[number - 1]) : evidence[check.code];
    return {
      ...check,
      ...(own && own.length > 0 && { evidence: own }),
      ...(check.children && { children: check.children.map(attach) }),
    };
  };
  return checks.map(attach);
}
