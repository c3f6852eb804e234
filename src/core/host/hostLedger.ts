import type { DidChange, LedgerMoment } from '../did/didChange.ts';
import type { Hex } from '../evm/hex.ts';
import type { Check } from '../verdict/check.ts';

/** Someone took back, or put back in force, a DID or a credential. */
export interface RevocationChange extends LedgerMoment {
  /** SHA3-256 of the DID's text (as `sameDid` writes it), or `hostDigest` of a credential. */
  readonly subject: Hex;
  /** Who said so: an address, lower case. Whether that is the subject's controller is for the reader to tell. */
  readonly by: Hex;
  readonly isRevoked: boolean;
}

/** A status list as its keeper says that it is now. */
export interface ListAnchor extends LedgerMoment {
  /** SHA3-256 of the list's address. */
  readonly list: Hex;
  readonly by: Hex;
  /** SHA3-256 of the JCS of the whole list credential. */
  readonly digest: Hex;
  /** Seconds since 1970, and for how many seconds it may be used. */
  readonly time: number;
  readonly ttl: number;
}

/** Everything that the registries on one ledger said, proven against its sealed blocks: plain data, read by `src/audit/host`. */
export interface HostLedger {
  readonly chainId: number;
  /** Of the readings (`EVM_…`): unless all hold, nothing that is not there counts as never said. */
  readonly checks: readonly Check[];
  /** The last block that was relied upon; `timestamp` in seconds. */
  readonly head: { readonly number: number; readonly hash: Hex; readonly timestamp: number } | undefined;
  /** Whether the registry of identities was read, and the one of revocations. */
  readonly hasDids: boolean;
  readonly hasRevocations: boolean;
  readonly dids: readonly DidChange[];
  readonly revocations: readonly RevocationChange[];
  readonly lists: readonly ListAnchor[];
}

/** What judging a host may be given beside files: plain data, from whoever asked for the credential or reads ledgers. */
export interface HostGiven {
  /** The client's 32 bytes that the credential has to answer, base64url. */
  readonly nonce?: string;
  /** `hostDigest` of the states that the client accepted first and last; the credentials themselves are among the companions. */
  readonly accepted?: { readonly first: string; readonly last: string };
  readonly ledgers?: readonly HostLedger[];
}
