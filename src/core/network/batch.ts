import { concatBytes } from '../bytes/bytes.ts';
import { keccak256, sha3 } from '../bytes/hash.ts';
import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { utf8 } from '../bytes/bytes.ts';
import { readMembers } from '../certificate/envelope.ts';
import { hex, integer, list, fault } from '../evm/ledgerProof/proofFields.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';
import { leafHash } from '../merkle/hashes.ts';
import { inclusionProof, rootFromInclusion } from '../merkle/inclusion.ts';
import { rootOf } from '../merkle/rootOf.ts';
import { wordOfHex } from './words.ts';

/** One request of a batch: 32 bytes each, zeros for what there is none of. */
export interface BatchLeaf {
  readonly vmId: Hex;
  readonly measurements: Hex;
  readonly evidence: Hex;
  /** Keccak-256 of the enclave's signature. */
  readonly enclaveSignature: Hex;
}

/** Shows that a request is in a batch that the ledger has. */
export interface BatchProof {
  readonly requestId: number;
  readonly leaf: BatchLeaf;
  readonly index: number;
  readonly path: readonly Hex[];
}

export const [batchVersion, leafVersion] = ['network-batch/1', 'network-leaf/1'] as const;
const members = ['vmId', 'measurements', 'evidence', 'enclaveSignature'] as const;
const maximumLeaves = 65_536;
const limits = { maximumLength: 32 * 1024 * 1024, maximumDepth: 8 };

/** Root of the tree over a batch: RFC 6962 with Keccak-256, a leaf being the four words of a request. */
export function batchRoot(leaves: readonly BatchLeaf[]): Hex {
  return toHex0x(rootOf(leaves.map(hashOf), keccak256));
}

/** @throws AuditorError (internal) for an index outside the batch */
export function batchProof(requestId: number, leaves: readonly BatchLeaf[], index: number): BatchProof {
  const path = inclusionProof(leaves.map(hashOf), index, keccak256).map(toHex0x);
  return { requestId, leaf: leaves[index] as BatchLeaf, index, path };
}

/** The root that a proof leads to. @throws FormatError for a path that index and count do not ask for */
export function rootOfProof({ leaf, index, path }: BatchProof, count: number): Hex {
  return toHex0x(rootFromInclusion(hashOf(leaf), index, count, path.map(fromHex0x), keccak256));
}

/** The file whose digest a batch names as its evidence: canonical JSON of all its requests. */
export function encodeBatch(requests: readonly BatchLeaf[]): string {
  return canonicalJson({ affidavit: batchVersion, requests: requests.map(leafToJson) });
}

/** SHA3-256 of that file: `evidence` of the batch. */
export function batchDigest(text: string): Hex {
  return toHex0x(sha3(utf8(text)));
}

/** @throws FormatError that names the field */
export function parseBatch(text: string): readonly BatchLeaf[] {
  const file = readMembers('Batch', parseCanonicalJson(text, limits), ['affidavit', 'requests']);
  if (file.affidavit !== batchVersion) throw fault('affidavit', batchVersion);
  return list('requests', file.requests, maximumLeaves, readLeaf);
}

export function encodeBatchProof({ requestId, leaf, index, path }: BatchProof): string {
  return canonicalJson({ affidavit: leafVersion, requestId, leaf: leafToJson(leaf), index, path: [...path] });
}

/** @throws FormatError that names the field */
export function parseBatchProof(text: string): BatchProof {
  const names = ['affidavit', 'requestId', 'leaf', 'index', 'path'] as const;
  const file = readMembers('Proof of a request', parseCanonicalJson(text, limits), names);
  if (file.affidavit !== leafVersion) throw fault('affidavit', leafVersion);
  return {
    requestId: integer('requestId', file.requestId),
    leaf: readLeaf('leaf', file.leaf),
    index: integer('index', file.index),
    path: list('path', file.path, 32, (what, value) => hex(what, value, 32)),
  };
}

/** @throws FormatError that names the field */
export function readLeaf(what: string, value: JsonValue): BatchLeaf {
  const leaf = readMembers(what, value, members);
  return Object.fromEntries(
    members.map((name) => [name, hex(`${what}.${name}`, leaf[name], 32)]),
  ) as unknown as BatchLeaf;
}

/** As it stands in a file: these members and no others. */
export function leafToJson(leaf: BatchLeaf): JsonObject {
  return Object.fromEntries(members.map((name) => [name, leaf[name]]));
}

function hashOf(leaf: BatchLeaf): Uint8Array {
  return leafHash(concatBytes(...members.map((name) => wordOfHex(leaf[name]))), keccak256);
}
