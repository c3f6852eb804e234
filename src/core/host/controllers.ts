import { parseEthrDid, sameDid } from '../did/didChange.ts';
import { ethrDocument } from '../did/ethrDocument.ts';
import { utf8 } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import type { JsonObject } from '../bytes/json.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import type { Trust } from '../trust/trust.ts';
import { combine } from '../verdict/status.ts';
import { isObject, text } from '../vc/credential.ts';
import type { HostLedger } from './hostLedger.ts';

/** A reading counts only where all of it holds: else what is not there may have been left out. */
export function isProven({ checks }: HostLedger): boolean {
  return combine(checks.map(({ status }) => status)) === 'pass';
}

/** The document of a `did:ethr` at a time (milliseconds), from the readings that hold. */
export function ledgerDocuments(ledgers: readonly HostLedger[]): (did: string, at: number) => JsonObject | undefined {
  return (did, at) => {
    const parsed = parseEthrDid(did);
    const ledger = ledgers.find((each) => each.hasDids && each.chainId === parsed?.chainId && isProven(each));
    return parsed && ledger && ethrDocument(did, { changes: ledger.dids, at });
  };
}

/** Addresses that may take a DID or what it issued back on a ledger: the owner of a did:ethr, and accounts that a pinned document lists. */
export function controllersOf(
  did: string,
  chainId: number,
  at: number,
  trust: Trust,
  ledgers: readonly HostLedger[],
): readonly Hex[] {
  const pinned = trust.dids && Object.hasOwn(trust.dids, did) ? (trust.dids[did] as JsonObject) : undefined;
  const document = pinned ?? ledgerDocuments(ledgers)(did, at);
  const methods = isObject(document) ? document['verificationMethod'] : undefined;
  const prefix = `eip155:${chainId}:`;
  const listed = (Array.isArray(methods) ? methods : []).flatMap((method) => {
    if (!isObject(method) || (!pinned && !text(method, 'id')?.endsWith('#controller'))) return [];
    const account = text(method, 'blockchainAccountId');
    return account?.startsWith(prefix) ? [account.slice(prefix.length).toLowerCase() as Hex] : [];
  });
  const own = parseEthrDid(did);
  return listed.length === 0 && own?.chainId === chainId && !document ? [own.address] : listed;
}

/** As the registry of revocations names it: SHA3-256 of the DID's text. */
export function didSubject(did: string): Hex {
  return toHex0x(sha3(utf8(sameDid(did))));
}

/** As the registry names a list: SHA3-256 of its address. */
export function listSubject(address: string): Hex {
  return toHex0x(sha3(utf8(address)));
}
