import type { Abi } from 'viem';
import { didRegistryAbi } from '../../contracts/didRegistry.ts';
import { revocationRegistryAbi } from '../../contracts/revocationRegistry.ts';
import { decodeUtf8 } from '../bytes/bytes.ts';
import type { DidChange, LedgerMoment } from '../did/didChange.ts';
import { decodeEvent } from '../evm/decodeEvent.ts';
import type { ProvenEvent } from '../evm/events.ts';
import { fromHex0x, type Hex } from '../evm/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { ListAnchor, RevocationChange } from './hostLedger.ts';

/** What a contract DidRegistry said, in its order. Events that are none of its own are left out: the count of the contract tells. */
export function readDidEvents(events: readonly ProvenEvent[], chainId: number): readonly DidChange[] {
  return events.flatMap((event): DidChange[] => {
    const read = decoded(didRegistryAbi, event);
    if (!read) return [];
    const { name, args } = read;
    const base = { ...momentOf(event, chainId), identity: lower(args['identity']) };
    if (name === 'DIDOwnerChanged') return [{ ...base, what: 'owner', owner: lower(args['owner']) }];
    const validTo = Number(args['validTo']);
    if (name === 'DIDDelegateChanged') {
      const type = wordText(args['delegateType'] as Hex);
      return [{ ...base, what: 'delegate', type, delegate: lower(args['delegate']), validTo }];
    }
    return [{ ...base, what: 'attribute', name: wordText(args['name'] as Hex), value: args['value'] as Hex, validTo }];
  });
}

/** What a contract RevocationRegistry said, in its order. */
export function readRevocationEvents(
  events: readonly ProvenEvent[],
  chainId: number,
): { readonly revocations: readonly RevocationChange[]; readonly lists: readonly ListAnchor[] } {
  const revocations: RevocationChange[] = [];
  const lists: ListAnchor[] = [];
  for (const event of events) {
    const read = decoded(revocationRegistryAbi, event);
    if (!read) continue;
    const { name, args } = read;
    const base = { ...momentOf(event, chainId), by: lower(args['by']) };
    if (name === 'ListAnchored') {
      const [time, ttl] = [Number(args['time']), Number(args['ttl'])];
      lists.push({ ...base, list: args['list'] as Hex, digest: args['digest'] as Hex, time, ttl });
    } else {
      revocations.push({ ...base, subject: args['subject'] as Hex, isRevoked: name === 'Revoked' });
    }
  }
  return { revocations, lists };
}

function decoded(abi: Abi, event: ProvenEvent) {
  try {
    return decodeEvent(abi, event);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function momentOf({ address, block, timestamp, logIndex }: ProvenEvent, chainId: number): LedgerMoment {
  return { chainId, contract: lower(address), block, timestamp, logIndex };
}

/** Text of up to 32 bytes, as ERC-1056 has names; what is none stays hex. */
function wordText(word: Hex): string {
  const bytes = fromHex0x(word);
  const end = bytes.findIndex((byte) => byte === 0);
  try {
    return decodeUtf8(end < 0 ? bytes : bytes.subarray(0, end));
  } catch (error) {
    if (error instanceof FormatError) return word;
    throw error;
  }
}

const lower = (value: unknown): Hex => String(value).toLowerCase() as Hex;
