import type { JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import { text, texts, type Credential } from './credential.ts';
import type { MerkleProof } from './merkleProof.ts';
import { parseMerkleProof2017 } from './merkleProof2017.ts';
import { parseMerkleProof2019 } from './merkleProof2019.ts';

/** One proof of a certificate: a Merkle proof, or of a suite that is named and not judged. */
export interface ReadProof {
  readonly json: JsonObject;
  /** Where it stands in the list. */
  readonly index: number;
  readonly suite: string;
  readonly merkle: MerkleProof | undefined;
}

/** @throws FormatError for a Merkle proof that cannot be read, or a proof for another purpose than to assert. */
export function readProofs({ proofs, form }: Credential): readonly ReadProof[] {
  return proofs.map((json, index) => {
    const purpose = json['proofPurpose'];
    if (form === 'credential' && purpose !== undefined && purpose !== 'assertionMethod') {
      throw new FormatError('Certificate: expected a proof with the purpose “assertionMethod”, found another.', 0);
    }
    const suite = suiteOf(json);
    return { json, index, suite, merkle: merkleOf(json, suite) };
  });
}

function suiteOf(json: JsonObject): string {
  const type = texts(json['type'])[0] ?? '';
  const name =
    type === 'DataIntegrityProof'
      ? text(json, 'cryptosuite')
      : type === 'ChainedProof2021'
        ? text(json, 'chainedProofType')
        : type;
  return (name ?? type).slice(0, 64);
}

function merkleOf(json: JsonObject, suite: string): MerkleProof | undefined {
  if (suite === 'MerkleProof2017') return parseMerkleProof2017(json);
  if (suite !== 'MerkleProof2019' && suite !== 'merkle-proof-2019') return undefined;
  return parseMerkleProof2019(text(json, 'proofValue') ?? '');
}

/** Whether the proof that this one builds on stands before it: there, it is part of what is hashed. */
export function previousIsThere({ json, index }: ReadProof, { proofs }: Credential): boolean | undefined {
  const previous = json['previousProof'];
  if (previous === undefined) return undefined;
  const names = Array.isArray(previous) ? previous : [previous];
  const before = proofs.slice(0, index);
  return names.every((name) =>
    before.some((proof) =>
      typeof name === 'string' ? text(proof, 'id') === name : canonicalJson(proof) === canonicalJson(name),
    ),
  );
}
