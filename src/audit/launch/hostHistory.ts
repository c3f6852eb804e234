import { isObject, text } from '../../core/vc/credential.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { isDigest } from '../../core/host/hostValues.ts';
import { readHostCredential } from '../../core/host/hostCredential.ts';
import { askService } from '../host/askService.ts';

/** So many of a host's last credentials are asked for, to compare what it said. */
const most = 6;

/**
 * The last credentials that a host says it has made, oldest first, and its first one: nothing but its word, to be compared with what was accepted.
 * @throws AuditorError `source` HOST_SERVICE | REFUSED; FormatError for what is no credential of a host
 */
export async function hostHistory(url: string, signal?: AbortSignal): Promise<readonly JsonObject[]> {
  const { credentials } = await askService(`${url}/credentials`, undefined, signal);
  const digests = (Array.isArray(credentials) ? credentials : []).flatMap((entry) => {
    const digest = isObject(entry) ? text(entry, 'digest') : undefined;
    return isDigest(digest) ? [digest] : [];
  });
  const wanted = [...new Set([...digests.slice(0, 1), ...digests.slice(-most)])];
  return Promise.all(
    wanted.map(async (digest) => {
      const { credential } = await askService(`${url}/credentials/${digest}`, undefined, signal);
      return readHostCredential(credential ?? null).json;
    }),
  );
}
