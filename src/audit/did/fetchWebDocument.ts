import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { parseJson, type JsonObject } from '../../core/bytes/json.ts';
import { webAddress } from '../../core/did/webAddress.ts';
import { isObject, text } from '../../core/vc/credential.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { boundedBody } from '../source/boundedBody.ts';

export interface FetchedDocument {
  readonly document: JsonObject;
  readonly url: string;
  /** It lies on this machine, and came over plain http. */
  readonly isDevelopment: boolean;
}

export interface FetchParts {
  readonly signal?: AbortSignal;
  /** How servers are asked; as the platform does it where left out. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Bytes of a document at most, and milliseconds that its server has. */
const maximumLength = 256 * 1024;
const patience = 10_000;

/**
 * What the server behind a `did:web` says today: https only (but for this machine), no redirects, bounded. It is nobody's word but that server's: it counts once a person has pinned it.
 * @throws AuditorError `usage` DID_WEB for what is no such DID; `source` DID_DOCUMENT where no document of that DID comes; the signal's reason
 */
export async function fetchWebDocument(
  did: string,
  { signal, fetch = globalThis.fetch }: FetchParts = {},
): Promise<FetchedDocument> {
  const address = webAddress(did);
  if (!address) throw new AuditorError('usage', 'DID_WEB', `This is no did:web: ${did.slice(0, 200)}.`);
  const { url } = address;
  const fault = (reason: string, cause?: unknown) =>
    new AuditorError('source', 'DID_DOCUMENT', `${url} has no document of ${did.slice(0, 200)}: ${reason}.`, { cause });
  const late = AbortSignal.timeout(patience);
  let document: unknown;
  try {
    const response = await fetch(url, {
      redirect: 'error',
      credentials: 'omit',
      headers: { Accept: 'application/did+json, application/json' },
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    if (response.status !== 200) throw fault(`it answers with ${response.status}`);
    const bytes = await boundedBody(response, maximumLength);
    if (!bytes) throw fault(`it is longer than ${maximumLength} bytes`);
    document = parseJson(decodeUtf8(bytes), { maximumDepth: 16, maximumLength });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof AuditorError) throw cause;
    throw fault(cause instanceof FormatError ? cause.message.replace(/\.$/, '') : 'it does not answer', cause);
  }
  if (!isObject(document as JsonObject)) throw fault('it is no object');
  if (text(document as JsonObject, 'id') !== did) throw fault('it is the document of another DID');
  return { document: document as JsonObject, ...address };
}
