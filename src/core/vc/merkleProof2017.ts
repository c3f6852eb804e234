import { fromHex } from '../bytes/hex.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { isObject, text, texts } from './credential.ts';
import { maximumAnchors, maximumPath, type Anchor, type MerkleProof, type MerkleStep } from './merkleProof.ts';

/** Reads a MerkleProof2017 (Chainpoint 2 receipt, the `signature` of Blockcerts 2). @throws FormatError naming the member. */
export function parseMerkleProof2017(receipt: JsonObject): MerkleProof {
  if (!texts(receipt['type']).includes('MerkleProof2017')) throw fault('"type" with MerkleProof2017');
  return {
    target: hashOf(receipt['targetHash'], 'targetHash'),
    root: hashOf(receipt['merkleRoot'], 'merkleRoot'),
    path: listOf(receipt['proof'] ?? [], 'proof', maximumPath).map(stepOf),
    anchors: anchorsOf(receipt['anchors']),
  };
}

function anchorsOf(value: JsonValue | undefined): readonly Anchor[] {
  const anchors = listOf(value, 'anchors', maximumAnchors).map((entry) => {
    const transaction = isObject(entry) ? text(entry, 'sourceId') : undefined;
    if (!isObject(entry) || transaction === undefined || transaction.length > 512)
      throw fault('"sourceId" in an anchor');
    // Early ones say no chain: the addresses' form tells main network from test network there, which is no evidence.
    return { chain: text(entry, 'chain') ?? text(entry, 'type') ?? '', network: '', transaction };
  });
  if (anchors.length === 0) throw fault('at least one anchor');
  return anchors;
}

function stepOf(value: JsonValue): MerkleStep {
  const names = isObject(value) ? Object.keys(value) : [];
  const [side] = names;
  if (!isObject(value) || names.length !== 1 || (side !== 'left' && side !== 'right')) {
    throw fault('"left" or "right" alone in each step of the path');
  }
  return { side, hash: hashOf(value[side], side) };
}

function hashOf(value: JsonValue | undefined, member: string): Uint8Array {
  if (typeof value !== 'string' || !/^[0-9a-fA-F]{64}$/.test(value)) throw fault(`64 hex digits in "${member}"`);
  return fromHex(value);
}

function listOf(value: JsonValue | undefined, member: string, maximum: number): readonly JsonValue[] {
  if (!Array.isArray(value) || value.length > maximum) throw fault(`"${member}" as a list of at most ${maximum}`);
  return value;
}

function fault(expected: string): FormatError {
  return new FormatError(`MerkleProof2017: expected ${expected}.`, 0);
}
