import type { AttestationFinding, AttestedSequence, Junk, TupleFinding } from './types.ts';

/** A hash that says what it is of, so that a failing test can be read. */
export function named(text: string): string {
  return Array.from(new TextEncoder().encode(text.padEnd(32, '.').slice(0, 32)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

const zeros = '00'.repeat(32);

/** One block of a drawn chain: its name, its parent's name (none: zeros), its number, and what is wrong with it. */
export interface Drawn {
  readonly name: string;
  readonly parent?: string;
  readonly k: number;
  /** The tuple is not to be had. */
  readonly tupleMissing?: boolean;
  /** The attestation is not to be had. */
  readonly attestationMissing?: boolean;
  readonly treeMissing?: boolean;
  readonly time?: number;
}

export const genesisOf = (name: string): string => named(`b ${name}`);

export function sequenceOf(name: string, k: number): AttestedSequence {
  return {
    k,
    y: named(`u ${name}`).slice(0, 32) + named(`t ${name}`),
    object: named(`a ${name} ${k}`),
    length: 4400,
    storedAt: k,
    documentTime: 1_700_000_000_000 + k * 1000,
    pcrs: {},
  };
}

export function attestationFinding(
  k: number,
  sequences: readonly AttestedSequence[],
  junk: readonly Junk[] = [],
): AttestationFinding {
  return { k, sequences, strays: [], junk, shards: [], signatures: 2 };
}

export function junkAt(k: number): Junk {
  return { name: `seq/${k}`, code: 'TEE_CHAIN', reason: 'foreign root', buckets: [0, 1, 2] };
}

export function tupleFinding({ name, parent, k, treeMissing, time }: Drawn): TupleFinding {
  const timestampHash = named(`t ${name}`);
  return {
    timestampHash,
    tuple: {
      u: named(`u ${name}`).slice(0, 32),
      merkle: named(`m ${name}`),
      parent: parent === undefined ? zeros : named(`t ${parent}`),
      block: named(`b ${name}`),
      timestampHash,
      time: time ?? 1_700_000_000 + k,
      transactions: treeMissing ? null : new Uint8Array(32),
      kid: 'key',
    },
    junk: [],
    shards: [],
    signatures: 1,
  };
}

/** The findings of a drawn chain, in the order drawn. */
export function draw(blocks: readonly Drawn[]): { attestations: AttestationFinding[]; tuples: TupleFinding[] } {
  return {
    attestations: blocks
      .filter((block) => !block.attestationMissing)
      .map(({ name, k }) => attestationFinding(k, [sequenceOf(name, k)])),
    tuples: blocks.filter((block) => !block.tupleMissing).map(tupleFinding),
  };
}
