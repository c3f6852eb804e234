import { canonicalJson } from '../bytes/jcs.ts';
import { trustVersion } from './parseTrust.ts';
import type { Trust } from './trust.ts';

/**
 * The text of a trust file. The same trust always gives the same text: members in the order of RFC 8785, indented so that a person can read
 * and edit it. `parseTrust` reads it back to the same value.
 */
export function serializeTrust(trust: Trust): string {
  const ordered: unknown = JSON.parse(canonicalJson({ affidavit: trustVersion, ...trust }));
  return `${JSON.stringify(ordered, null, 2)}\n`;
}
