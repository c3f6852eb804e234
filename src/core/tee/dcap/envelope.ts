import { fromBase64, fromBase64Url } from '../../bytes/base64.ts';
import { fromHex } from '../../bytes/hex.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import type { Content } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { DcapFormError } from './parse.ts';

/** A quote with what stood beside it in the file. */
export interface Envelope {
  readonly quote: Uint8Array;
  /** Whether the quote is the file (a text wrapping taken off), or a member of a JSON report. */
  readonly wrapping: 'file' | 'json';
  /** The event log of a dstack report, as JSON; undefined where there is none. */
  readonly eventLog: JsonValue | undefined;
  /** What the report says of the quote's REPORTDATA, lower- or upper-case hex. */
  readonly reportData: string | undefined;
}

/** No longer report is read: event logs are some tens of KiB. */
export const maximumReportLength = 4 * 1024 * 1024;

/** Under these names reports hold a quote: dstack and Azure `quote`; others found in the wild. */
const members = ['quote', 'intel_quote', 'tdx_quote', 'td_quote', 'sgx_quote'] as const;

/** How version, key type and TEE type begin a quote, in hex and in base64. */
const beginning =
  /"(?:quote|intel_quote|tdx_quote|td_quote|sgx_quote)"\s*:\s*"(?:(?:0x)?0[345]000[23]00(?:00|81)000000|(?:Aw|BA|BQ)AC(?:AAAA|AIEA))/;

/** Whether a text is a JSON report with a quote in it. Cheap and bounded; never throws. */
export function isReport(text: string | undefined): boolean {
  return text !== undefined && text.length <= maximumReportLength && /^\s*\{/.test(text) && beginning.test(text);
}

/** The quote of a file that was recognised. @throws DcapFormError where a report is not in its form. */
export function openEnvelope({ text, bytes }: Content): Envelope {
  if (!isReport(text)) return { quote: bytes, wrapping: 'file', eventLog: undefined, reportData: undefined };
  try {
    return openReport(parseJson(text ?? '', { maximumDepth: 32 }) as JsonObject);
  } catch (error) {
    if (error instanceof DcapFormError || !(error instanceof FormatError)) throw error;
    throw new DcapFormError('report', error.message, error.offset);
  }
}

function openReport(report: JsonObject): Envelope {
  const name = members.find((member) => typeof report[member] === 'string');
  const written = name && report[name];
  if (typeof written !== 'string') throw new DcapFormError('report', 'The report holds no quote as text.', 0);
  const log = report['event_log'];
  const data = report['report_data'];
  return {
    quote: decode(written),
    wrapping: 'json',
    // dstack writes the log as JSON in a string of JSON.
    eventLog: typeof log === 'string' ? parseJson(log, { maximumDepth: 16 }) : log,
    reportData: typeof data === 'string' ? data : undefined,
  };
}

function decode(written: string): Uint8Array {
  const digits = written.startsWith('0x') ? written.slice(2) : written;
  if (/^[0-9a-fA-F]+$/.test(digits)) return fromHex(digits);
  return /[-_]/.test(written) || (!written.endsWith('=') && written.length % 4 !== 0)
    ? fromBase64Url(written)
    : fromBase64(written);
}
