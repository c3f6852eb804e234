import { p256, p384 } from '@noble/curves/nist.js';
import { concatBytes, decodeUtf8 } from '../bytes/bytes.ts';
import type { JsonObject } from '../bytes/json.ts';
import { fromHex0x } from '../evm/hex.ts';
import { toBase58 } from '../vc/base58.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { parseEthrDid, type DidChange } from './didChange.ts';

/** What a document is made from: all changes of the registry on that ledger, in their order, and the time that it is of. */
export interface EthrHistory {
  readonly changes: readonly DidChange[];
  /** Milliseconds since 1970. Only what was said in blocks up to then counts. */
  readonly at: number;
}

const codecs = { P256: [0x80, 0x24], P384: [0x81, 0x24], Ed25519: [0xed, 0x01] } as const;
const suffix = { veriKey: 'assertionMethod', sigAuth: 'authentication' } as const;

/**
 * The document of a `did:ethr` at a time (did:ethr method specification, ERC-1056): its owner's address, delegates and keys that were set, not taken back, and not run out then. Keys are attributes
 * `did/pub/<P256 | P384 | Ed25519>/<veriKey | sigAuth>/hex`; one that is set under `veriKey` may assert and authenticate. Undefined for what is no such DID.
 * A validity ends at its second: `validTo` itself counts no more, as a revocation writes the time of its own block.
 */
export function ethrDocument(did: string, { changes, at }: EthrHistory): JsonObject | undefined {
  const parsed = parseEthrDid(did);
  if (!parsed) return undefined;
  const own = changes
    .filter(({ identity, chainId }) => identity === parsed.address && chainId === parsed.chainId)
    .filter(({ timestamp }) => timestamp * 1000 <= at);
  let owner = parsed.address;
  const state = new Map<string, { readonly change: DidChange; readonly number: number }>();
  let number = 0;
  for (const change of own) {
    if (change.what === 'owner') {
      owner = change.owner;
      continue;
    }
    number += 1;
    const key = change.what === 'delegate' ? `${change.type} ${change.delegate}` : `${change.name} ${change.value}`;
    if (change.validTo * 1000 > at) state.set(key, { change, number: state.get(key)?.number ?? number });
    else state.delete(key);
  }
  const zero = /^0x0{40}$/.test(owner);
  const methods: JsonObject[] = [];
  const assertion: string[] = [];
  const authentication: string[] = [];
  const services: JsonObject[] = [];
  const add = (id: string, members: JsonObject, purposes: readonly ('assertionMethod' | 'authentication')[]): void => {
    methods.push({ id, controller: did, ...members });
    assertion.push(...(purposes.includes('assertionMethod') ? [id] : []));
    authentication.push(id);
  };
  const account = (address: string): JsonObject => ({
    type: 'EcdsaSecp256k1RecoveryMethod2020',
    blockchainAccountId: `eip155:${parsed.chainId}:${address}`,
  });
  // An identity whose owner is nobody is given up: it has no keys at all.
  if (!zero) {
    add(`${did}#controller`, account(owner), ['assertionMethod', 'authentication']);
    for (const { change, number: place } of state.values()) {
      const id = `${did}#delegate-${place}`;
      if (change.what === 'delegate') {
        if (change.type !== 'veriKey' && change.type !== 'sigAuth') continue;
        add(id, account(change.delegate), change.type === 'veriKey' ? ['assertionMethod'] : ['authentication']);
      } else if (change.what === 'attribute') {
        const service = serviceOfAttribute(change.name, change.value);
        if (service) services.push({ id: `${did}#service-${place}`, ...service });
        const key = keyOfAttribute(change.name, change.value);
        if (key) add(id, { type: 'Multikey', publicKeyMultibase: key.multibase }, [key.purpose]);
      }
    }
  }
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    verificationMethod: methods,
    assertionMethod: assertion,
    authentication,
    ...(services.length > 0 && { service: services }),
  };
}

/** The name of the attribute for a key of P-256, 32 bytes at most. */
export const p256Attribute = 'did/pub/P256/veriKey/hex';

/** The attribute under which a host says where it answers. */
export const hostServiceAttribute = 'did/svc/AffidavitHost';

/** An address of a service, `did/svc/<type>`: the value is its URL. */
function serviceOfAttribute(
  name: string,
  value: string,
): { readonly type: string; readonly serviceEndpoint: string } | undefined {
  const [, type] = /^did\/svc\/([A-Za-z][A-Za-z0-9]{0,22})$/.exec(name) ?? [];
  if (type === undefined || !/^0x([0-9a-f]{2}){1,512}$/.test(value)) return undefined;
  try {
    const serviceEndpoint = decodeUtf8(fromHex0x(value));
    return /^https?:\/\/[\x21-\x7e]+$/.test(serviceEndpoint) ? { type, serviceEndpoint } : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** A key as Multikey, `z…`; a coordinate that is no point gives none. */
export function keyOfAttribute(
  name: string,
  value: string,
): { readonly multibase: string; readonly purpose: 'assertionMethod' | 'authentication' } | undefined {
  const [, curve, use] = /^did\/pub\/(P256|P384|Ed25519)\/(veriKey|sigAuth)\/hex$/.exec(name) ?? [];
  if (curve === undefined || use === undefined || !/^0x([0-9a-f]{2}){1,97}$/.test(value)) return undefined;
  try {
    const bytes = fromHex0x(value);
    const { Point } = curve === 'P384' ? p384 : p256;
    const point = curve === 'Ed25519' ? bytes : Point.fromBytes(bytes).toBytes(true);
    if (curve === 'Ed25519' && bytes.length !== 32) return undefined;
    const codec = codecs[curve as keyof typeof codecs];
    const multibase = `z${toBase58(concatBytes(Uint8Array.from(codec), point))}`;
    return { multibase, purpose: suffix[use as keyof typeof suffix] };
  } catch {
    // The library says by errors of its own that it is no point: whoever owns the identity may write anything.
    return undefined;
  }
}
