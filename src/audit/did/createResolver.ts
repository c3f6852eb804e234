import { Resolver, type DIDDocument, type DIDResolutionResult, type DIDResolver } from 'did-resolver';
import type { JsonObject } from '../../core/bytes/json.ts';
import { ownDocument } from '../../core/did/ownDocument.ts';
import { ledgerDocuments } from '../../core/host/controllers.ts';
import type { HostLedger } from '../../core/host/hostLedger.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { isObject } from '../../core/vc/credential.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { fetchWebDocument, type FetchParts } from './fetchWebDocument.ts';

export interface ResolverParts extends FetchParts {
  /** Its `dids` come before everything that others say. */
  readonly trust: Trust;
  /** What registries of `did:ethr` say, proven. */
  readonly ledgers?: readonly HostLedger[];
  /** Milliseconds since 1970, for `did:ethr`; another time by the option `versionTime`. */
  readonly now: () => number;
}

/** Where a document is from: `pinned` by the person, in the DID `itself`, proven from a `ledger`, or `fetched` from a server. Only the last counts for nothing until it is pinned. */
export type DocumentOrigin = 'pinned' | 'itself' | 'ledger' | 'fetched';

/**
 * The methods of this project behind the interface of `did-resolver`: did:key, did:jwk, did:web, did:ethr. `didResolutionMetadata` says where a document is from (`origin`, `trusted`, `url`), and labels
 * what came from this machine as `development`. Verifying never uses what was fetched: keys are found in what is pinned or proven (`core/vc/proof/findKey.ts`); a fetched document is offered to be pinned.
 */
export function createResolver({ trust, ledgers = [], now, ...parts }: ResolverParts): Resolver {
  const proven = ledgerDocuments(ledgers);
  const first =
    (method: DIDResolver): DIDResolver =>
    async (did, ...rest) => {
      const pinned = trust.dids && Object.hasOwn(trust.dids, did) ? (trust.dids[did] as JsonObject) : undefined;
      return isObject(pinned) ? found(pinned, 'pinned') : method(did, ...rest);
    };
  const own: DIDResolver = async (did) => {
    try {
      const document = ownDocument(did);
      return document ? found(document, 'itself') : none('invalidDid', 'It is not of the form of its method.');
    } catch (error) {
      if (error instanceof FormatError) return none('invalidDid', error.message);
      throw error;
    }
  };
  const ethr: DIDResolver = async (did, _parsed, _resolver, options) => {
    const at = options['versionTime'] === undefined ? now() : Date.parse(String(options['versionTime']));
    if (Number.isNaN(at)) return none('invalidOptions', 'versionTime is no time.');
    const document = proven(did, at);
    return document ? found(document, 'ledger') : none('notFound', 'Its ledger was not read, or could not be proven.');
  };
  const web: DIDResolver = async (did) => {
    try {
      const { document, url, isDevelopment } = await fetchWebDocument(did, parts);
      return found(document, 'fetched', { url, ...(isDevelopment && { labels: ['development'] }) });
    } catch (error) {
      parts.signal?.throwIfAborted();
      if (!(error instanceof AuditorError) || error.kind === 'internal') throw error;
      return none(error.code === 'DID_WEB' ? 'invalidDid' : 'notFound', error.message);
    }
  };
  return new Resolver({ key: first(own), jwk: first(own), ethr: first(ethr), web: first(web) });
}

function found(document: JsonObject, origin: DocumentOrigin, more: object = {}): DIDResolutionResult {
  return {
    didResolutionMetadata: { contentType: 'application/did+json', origin, trusted: origin !== 'fetched', ...more },
    didDocument: document as unknown as DIDDocument,
    didDocumentMetadata: {},
  };
}

function none(error: string, message: string): DIDResolutionResult {
  return { didResolutionMetadata: { error, message }, didDocument: null, didDocumentMetadata: {} };
}
