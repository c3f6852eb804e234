import { utf8 } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import { trustVersion } from '../trust/parseTrust.ts';
import type { Trust } from '../trust/trust.ts';
import type { Report, ReportBody, ReportBundle } from './report.ts';

/** Hex of H over the JCS of everything but digest and signature. */
export function reportDigest(body: ReportBody): string {
  return sha3Hex(utf8(canonicalJson(body)));
}

/** What a report says, without its digest and signature. */
export function bodyOf({ digest: _, signature: __, ...body }: Report): ReportBody {
  return body;
}

/** A bundle is about these very reports; who signed them how often changes nothing about that. */
export function bundleDigest(reports: readonly Pick<Report, 'digest'>[]): string {
  return sha3Hex(utf8(canonicalJson(reports.map(({ digest }) => digest))));
}

/** Reports together, each once. */
export function bundleOf(reports: readonly Report[]): ReportBundle {
  const keyed = new Map(reports.map((report) => [`${report.digest} ${report.signature}`, report]));
  const sorted = [...keyed.keys()].sort().map((key) => keyed.get(key) as Report);
  return { affidavit: 'reports/1', reports: sorted, digest: bundleDigest(sorted) };
}

/** SHA3-256 of a trust file in its canonical form (RFC 8785), hex: the same for the same pins, however the file is laid out. */
export function trustDigest(trust: Trust): string {
  return sha3Hex(utf8(canonicalJson({ affidavit: trustVersion, ...trust })));
}
