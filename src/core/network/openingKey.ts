import { fromBase64Url, toBase64Url } from '../bytes/base64.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { keccak256 } from '../bytes/hash.ts';
import { isHex } from '../bytes/hex.ts';
import { parseJson } from '../bytes/json.ts';
import { fromHex0x, type Hex } from '../evm/hex.ts';
import { recoverSigner } from '../evm/seals/recoverSigner.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { NetworkDomain } from './vote.ts';

/** The key that openings for a node are sealed to, signed with the key that the node votes with: the ledger says whose that is. */
export interface OpeningKey {
  readonly account: Hex;
  /** HPKE, P-256: an uncompressed point of 65 bytes. */
  readonly publicKey: Uint8Array;
  /** r ‖ s ‖ v, v 0 or 1, over `openingKeyDigest`. */
  readonly signature: Hex;
}

const domainText = 'affidavit/network-opening-key/1';
const maximumLength = 1024;

/** Keccak-256 of CBOR `["affidavit/network-opening-key/1", chain id, contract: bstr20, account: bstr20, key: bstr65]`. No EIP-712 digest is one of these: those begin with 0x1901. */
export function openingKeyDigest(domain: NetworkDomain, { account, publicKey }: Omit<OpeningKey, 'signature'>) {
  const [contract, node] = [domain.verifyingContract, account].map(fromHex0x) as [Uint8Array, Uint8Array];
  return keccak256(encodeCbor([domainText, domain.chainId, contract, node, publicKey]));
}

/** The address of the key that vouches for it; undefined where none does. */
export function openingKeySigner(said: OpeningKey, domain: NetworkDomain): Hex | undefined {
  return recoverSigner(openingKeyDigest(domain, said), fromHex0x(said.signature));
}

/** JSON `{"account", "key": base64url, "signature"}`. */
export function openingKeyJson({ account, publicKey, signature }: OpeningKey) {
  return { account, key: toBase64Url(publicKey), signature };
}

/** @throws FormatError for anything else: whoever is asked may answer anything */
export function parseOpeningKey(text: string): OpeningKey {
  const value = parseJson(text, { maximumLength, maximumDepth: 1 });
  const wrong = () => new FormatError('Opening key: expected {"account", "key", "signature"}.', 0);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong();
  const { account, key, signature, ...more } = value;
  if (!isWord(account, 20) || !isWord(signature, 65) || typeof key !== 'string') throw wrong();
  const publicKey = fromBase64Url(key);
  if (publicKey.length !== 65 || Object.keys(more).length > 0) throw wrong();
  return { account, publicKey, signature };
}

function isWord(value: unknown, length: number): value is Hex {
  return typeof value === 'string' && value.startsWith('0x') && isHex(value.slice(2), length);
}
