import type { Content } from '../../kinds/content.ts';
import type { Kind } from '../../kinds/kind.ts';
import { looksLikeReport } from './looksLikeReport.ts';
import { sevSnpMessages } from './messages.en.ts';
import { maximumJsonLength } from './readEvidence.ts';

/** In base64 a report begins with its version, a number of four bytes: `AgAAA…`; in hex `02000000`. Or it is a compressed one, announced by its name. */
const reportText =
  /"(?:(?:A[gw]|B[AQ])AAA[\w+/-]{1500,}|(?:0[xX])?0[2-5]000000[0-9a-fA-F]{2300,})|sev-snp-guest\/v\d|:\s*\[\s*[2-5]\s*,\s*0\s*,\s*0\s*,\s*0\s*,/;

/** Of a report that is written field by field. */
const fieldNames = [/"report_data"\s*:\s*\[/, /"chip_id"\s*:\s*\[/, /"reported_tcb"\s*:\s*\{/];

function recognise({ bytes, encoding, text }: Content): boolean {
  if (encoding !== 'raw' || text === undefined || !/^\s*\{/.test(text)) return looksLikeReport(bytes);
  return text.length <= maximumJsonLength && (reportText.test(text) || fieldNames.every((name) => name.test(text)));
}

/** An AMD SEV-SNP attestation report: alone, with a certificate table behind it, or in the JSON of a tool. */
export const sevSnpKind: Kind = {
  name: 'sev-snp',
  title: 'AMD SEV-SNP attestation report',
  recognise,
  messages: sevSnpMessages,
  load: async () => (await import('./check.ts')).sevSnpChecker,
};
