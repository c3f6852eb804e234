import { canonicalJson } from '../bytes/jcs.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { utf8 } from '../bytes/bytes.ts';
import { evmKey } from './evmPin.ts';
import { parsePem, type PemLabel } from '../x509/pem.ts';
import type { ChainPin, EvmPin, HostPin, PublicJwk } from './trust.ts';

/**
 * A trust file as a tree of facts, so that pinning, unpinning and comparing agree on what one fact is. A `value` is one fact; a `set` has
 * one a member, in any order; `keyed` lists and `record`s have entries that are known by a name.
 */
export type Shape =
  | { readonly kind: 'value' }
  | { readonly kind: 'set' }
  | { readonly kind: 'group'; readonly members: Readonly<Record<string, Shape>> }
  | { readonly kind: 'record' }
  | KeyedShape;

export interface KeyedShape {
  readonly kind: 'keyed';
  readonly key: (entry: never) => string;
  /** Whether two entries speak of one thing; by the same key where absent. */
  readonly same?: (a: never, b: never) => boolean;
  readonly entry: Shape;
  /** Facts without which an entry cannot stand: where one is taken out, the entry goes with it. */
  readonly required?: readonly string[];
}

const value: Shape = { kind: 'value' };
const set: Shape = { kind: 'set' };
const record: Shape = { kind: 'record' };

function group(members: Readonly<Record<string, Shape>>): Shape {
  return { kind: 'group', members };
}

const keys = group({ keys: { kind: 'keyed', key: (key: PublicJwk) => key.kid ?? '', entry: value } });

/** A chain is its genesis, whatever name a person gave it; where either has none pinned, the name has to do. */
function sameChain(a: ChainPin, b: ChainPin): boolean {
  return a.genesis !== undefined && b.genesis !== undefined ? a.genesis === b.genesis : a.name === b.name;
}

/** `rpc` and `contracts` may grow piece by piece; whatever decides a verdict as a whole is one fact. */
export const trustShape: Shape = group({
  nitro: group({ roots: set, measurements: set }),
  sevSnp: group({ measurements: set }),
  dcap: group({ measurements: set }),
  tpm: group({ attestationKeys: set }),
  zk: group({ keys: set }),
  jwks: keys,
  issuers: set,
  chains: {
    kind: 'keyed',
    key: (chain: ChainPin) => chain.name,
    same: sameChain,
    entry: group({
      genesis: value,
      sequencerKey: value,
      measurements: set,
      holdMeasurements: set,
      nitroRoots: value,
      timestamp: group({ issuer: value, audience: value, domain: value, claim: value, tokenUse: value, jwks: keys }),
      skewSeconds: value,
      checkpoint: value,
      buckets: value,
    }),
  },
  dids: record,
  contexts: record,
  hosts: {
    kind: 'keyed',
    key: (host: HostPin) => host.name,
    entry: group({ validators: value, threshold: value, measurements: set }),
    required: ['validators', 'threshold'],
  },
  vms: { kind: 'keyed', key: (vm: { id: string }) => vm.id, entry: value },
  auditors: { kind: 'keyed', key: (auditor: { address: string }) => auditor.address, entry: value },
  evm: {
    kind: 'keyed',
    key: (network: EvmPin) => evmKey(network),
    entry: group({
      rpc: set,
      consensus: value,
      validators: value,
      quorum: value,
      epoch: value,
      maximumAge: value,
      checkpoint: value,
      validatorContract: value,
      beacon: value,
      contracts: record,
    }),
    required: ['consensus'],
  },
});

/** The name of a member of a set: itself where it is short, else a digest (of the certificate or key, not of its line breaks). */
export function setKey(member: unknown): string {
  if (typeof member !== 'string') return `sha3:${sha3Hex(utf8(canonicalJson(member)))}`;
  const label = /^\s*-----BEGIN (CERTIFICATE|PUBLIC KEY)-----/.exec(member)?.[1] as PemLabel | undefined;
  return label ? `sha3:${sha3Hex(parsePem(member, label))}` : member;
}

/** Whether two facts are the same, whatever the order of their members. */
export function sameFact(a: unknown, b: unknown): boolean {
  return canonicalJson(comparable(a)) === canonicalJson(comparable(b));
}

/** PEM counts by what it holds. */
function comparable(fact: unknown): unknown {
  if (Array.isArray(fact)) return fact.map((entry) => (typeof entry === 'string' ? setKey(entry) : entry));
  return typeof fact === 'string' ? setKey(fact) : fact;
}
