import type { Hex } from '../evm/hex.ts';

/** When and where a ledger said something: plain data, so that it can cross to a worker. */
export interface LedgerMoment {
  readonly chainId: number;
  /** Of the contract, lower case. */
  readonly contract: Hex;
  readonly block: number;
  /** Of the block, seconds since 1970. */
  readonly timestamp: number;
  /** Place in the block. */
  readonly logIndex: number;
}

/** One event of a registry of identities (ERC-1056). */
export type DidChange = LedgerMoment & {
  /** The address that the identity is, lower case. */
  readonly identity: Hex;
} & (
    | { readonly what: 'owner'; readonly owner: Hex }
    | { readonly what: 'delegate'; readonly type: string; readonly delegate: Hex; readonly validTo: number }
    | { readonly what: 'attribute'; readonly name: string; readonly value: Hex; readonly validTo: number }
  );

/** `did:ethr:0x2323:0x…`: the chain in hex (1 where none is named) and the address. */
export interface EthrDid {
  readonly chainId: number;
  /** Lower case. */
  readonly address: Hex;
}

export function parseEthrDid(did: string): EthrDid | undefined {
  const [, chain, address] = /^did:ethr:(?:(0x[0-9a-f]{1,12}):)?(0x[0-9a-fA-F]{40})$/.exec(did) ?? [];
  if (address === undefined) return undefined;
  return { chainId: chain === undefined ? 1 : Number(chain), address: address.toLowerCase() as Hex };
}

/** The one way in which this project writes such a DID. */
export function ethrDid({ chainId, address }: EthrDid): string {
  return `did:ethr:0x${chainId.toString(16)}:${address.toLowerCase()}`;
}

/** The same for all ways to write one DID: addresses in `did:ethr` may have capitals that say nothing. Whoever counts identities compares these. */
export function sameDid(did: string): string {
  const ethr = parseEthrDid(did);
  return ethr ? ethrDid(ethr) : did;
}
