import { generateKeyPairSync, sign } from 'node:crypto';
import { blockHash, parseBlock, timestampHash, zeroHash, type Block } from '../../core/chain/block.ts';
import { limits } from '../../core/chain/limits.ts';
import { encodeSequence, sequenceMessage, sequenceSubject, type Sequence } from '../../core/chain/sequence.ts';
import { equalBytes } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import type { Nsm } from './nsm.ts';
import { Refusal } from './refusal.ts';

export interface SequencerProgramOptions {
  readonly nsm: Nsm;
  /**
   * Throws a Refusal unless the token is this chain's timestamp over that block: its claim names `blockHashHex`, its issuer, audience and
   * use are the pinned ones, its signature holds where keys are configured.
   */
  readonly checkTimestamp: (jwt: string, blockHashHex: string) => Promise<void>;
  /** How many documents are kept to be served again byte for byte; older ones are attested anew, with the same ⟨y, k, g⟩. */
  readonly keptDocuments?: number;
  /** How many numbers there can be: bounds the memory, about 150 bytes each. */
  readonly numbers?: number;
}

/** What runs inside the enclave (patent [0028]–[0031]): a key made at start, a counter, and what was numbered so far. No network, no disk. */
export interface SequencerProgram {
  /** K_S as SPKI DER, 44 bytes. */
  readonly publicKey: Uint8Array;
  state(): { readonly genesis: string | null; readonly next: number };
  /**
   * The attestation of ⟨b, t⟩. The same ⟨b, t⟩ keeps its number for ever; another one gets the next.
   * @throws Refusal where nothing is numbered; whatever `nsm.attest` throws, in which case the number is taken and asking again gets it
   */
  sequence(blockBytes: Uint8Array, jwt: string): Promise<Uint8Array>;
}

export function createSequencerProgram(options: SequencerProgramOptions): SequencerProgram {
  const { nsm, checkTimestamp, keptDocuments = 1_024, numbers = 16_000_000 } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  // H(t) → k. It stands for y → k: t names H(b), and b holds u, so one H(t) has one y.
  const numbered = new Map<string, number>();
  const documents = new Map<number, Promise<Uint8Array>>();
  let genesis: Uint8Array | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** One request after the other, in the order of arrival: between looking and numbering nothing else happens. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  async function admit(blockBytes: Uint8Array, jwt: string): Promise<Sequence> {
    const block = readBlock(blockBytes);
    if (jwt.length > limits.jwt) {
      throw new Refusal('TIMESTAMP_FORM', `A timestamp has at most ${limits.jwt} characters, not ${jwt.length}.`);
    }
    const hash = blockHash(blockBytes);
    const stamp = timestampHash(jwt);
    const known = numbered.get(keyOf(stamp));
    await checkTimestamp(jwt, toHex(hash));
    if (known === undefined) {
      requireParent(block);
      if (numbered.size >= numbers) {
        throw new Refusal('FULL', `This sequencer gives out ${numbers} numbers, and has given out all of them.`);
      }
      genesis ??= hash;
      numbered.set(keyOf(stamp), numbered.size);
    }
    const k = known ?? numbered.size - 1;
    const y = sequenceSubject(block.u, stamp);
    // Ed25519 is deterministic: the same ⟨y, k⟩ has the same g, whenever it is asked for.
    const g = new Uint8Array(sign(null, sequenceMessage(genesis as Uint8Array, y, k), privateKey));
    return { y, k, g };
  }

  function requireParent(block: Block): void {
    const isFirst = equalBytes(block.parent, zeroHash);
    if (numbered.size === 0 && !isFirst) {
      throw new Refusal(
        'PARENT_UNKNOWN',
        'The first block of a chain has zeros for its parent; this one names another.',
      );
    }
    if (numbered.size > 0 && isFirst) {
      throw new Refusal('SECOND_GENESIS', 'This sequencer has its block zero already, and serves one chain only.');
    }
    if (!isFirst && !numbered.has(keyOf(block.parent))) {
      throw new Refusal('PARENT_UNKNOWN', `The parent ${toHex(block.parent)} was never sequenced here.`);
    }
  }

  function document(sequence: Sequence): Promise<Uint8Array> {
    const kept = documents.get(sequence.k);
    if (kept !== undefined) return kept;
    const made = nsm.attest({ userData: encodeSequence(sequence), publicKey: spki });
    documents.set(sequence.k, made);
    made.catch(() => {
      if (documents.get(sequence.k) === made) documents.delete(sequence.k);
    });
    for (const k of documents.keys()) {
      if (documents.size <= keptDocuments) break;
      documents.delete(k);
    }
    return made;
  }

  return {
    publicKey: spki,
    state: () => ({ genesis: genesis && toHex(genesis), next: numbered.size }),
    async sequence(blockBytes, jwt) {
      return document(await inTurn(() => admit(blockBytes, jwt)));
    },
  };
}

function readBlock(bytes: Uint8Array): Block {
  try {
    return parseBlock(bytes);
  } catch (error) {
    throw new Refusal('BLOCK_FORM', error instanceof Error ? error.message : 'This is not a block.');
  }
}

/** Half the memory of hex. */
function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('latin1');
}
