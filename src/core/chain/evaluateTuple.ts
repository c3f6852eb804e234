import { sha3Each } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { blockHash, parseBlock, timestampHash } from './block.ts';
import type { ChainContext } from './chainContext.ts';
import { shardStates, type DecodedShards } from './decodeShards.ts';
import { evaluateTogether, nothing, type Between } from './evaluateTogether.ts';
import { limits } from './limits.ts';
import { readOrdinaryTuple } from './ordinaryTuple.ts';
import { mayBeSuccessor } from './successor/successorRecord.ts';
import { verifyLikeTimestamp } from './timestampPattern.ts';
import { merkleCommitment } from './tree.ts';
import { parseTuple, type Tuple } from './tuple.ts';
import type { BucketAnswer, Junk, TimestampedBlock, TupleFinding } from './types.ts';
import { fault, verifyTimestamp, type Fault } from './verifyTimestamp.ts';

interface TupleJob {
  readonly timestampHash: string;
  readonly answers: readonly BucketAnswer[];
  readonly known?: readonly string[];
}

/**
 * Everything that the buckets hold for `tuple/<H(t)>`: accepted is only what satisfies that key (H(t)), whose timestamp is valid for its
 * block. The tree counts apart: where it does not give m^H it is missing, and b and t stand (CHAIN.md 1).
 * @param jobs `known`: H of objects that were accepted under this name before; they count and are not verified again
 */
export function evaluateTuples(
  context: ChainContext,
  jobs: readonly TupleJob[],
  between: Between = nothing,
): Promise<TupleFinding[]> {
  return evaluateTogether(context, jobs, limits.object, evaluate, between);
}

async function evaluate(context: ChainContext, job: TupleJob, decoded: DecodedShards): Promise<TupleFinding> {
  const name = `tuple/${job.timestampHash}`;
  const junk: Junk[] = [];
  const whole: Uint8Array[] = [];
  const treeless: Uint8Array[] = [];
  let tuple: TimestampedBlock | null = null;
  let digest: string | undefined;
  let signatures = 0;
  for (const object of decoded.objects) {
    if (job.known?.includes(toHex(object.digest))) {
      whole.push(object.digest);
      continue;
    }
    const result = await verifyTuple(context, object.bytes, job.timestampHash);
    signatures += result.signatures;
    if (!result.ok) {
      junk.push({ name, code: result.code, reason: result.reason, buckets: object.buckets });
      continue;
    }
    if (result.block.transactions === null) {
      const reason = 'The block and its timestamp hold, but the tree beside them is not the one that the block names.';
      junk.push({ name, code: 'CHAIN_TREE', reason, buckets: object.buckets });
      treeless.push(object.digest);
    } else {
      whole.push(object.digest);
      digest ??= toHex(object.digest);
    }
    if (!tuple?.transactions) tuple = result.block;
  }
  return {
    timestampHash: job.timestampHash,
    tuple,
    ...(digest === undefined ? {} : { object: digest }),
    junk,
    shards: shardStates(job.answers, decoded, whole.length > 0 ? whole : treeless),
    signatures,
  };
}

interface VerifiedTuple {
  readonly ok: true;
  readonly block: TimestampedBlock;
  readonly signatures: number;
}

/** A decoded object as the tuple asked for: its timestamp's hash, its block, the timestamp over it, and its tree where that fits. */
export async function verifyTuple(
  context: ChainContext,
  bytes: Uint8Array,
  wanted: string,
): Promise<VerifiedTuple | Fault> {
  const ordinary = await verifyOrdinaryTuple(context, bytes, wanted);
  if (ordinary) return ordinary;
  let tuple: Tuple;
  try {
    tuple = parseTuple(bytes);
  } catch (error) {
    if (error instanceof FormatError) return fault('CHAIN_TUPLE_FORM', error.message);
    throw error;
  }
  if (tuple.timestamp.length > limits.jwt) {
    return fault('JWT_FORM', `A timestamp attestation has at most ${limits.jwt} characters.`);
  }
  const hash = toHex(timestampHash(tuple.timestamp));
  if (hash !== wanted)
    return fault('CHAIN_TUPLE_KEY', `Its timestamp hashes to ${hash}, but it is stored as ${wanted}.`);
  const result = await verifyBlock(context, tuple.blockBytes, tuple.timestamp, hash);
  if (!result.ok) return result;
  const transactions = tuple.transactions && transactionHashes(tuple.transactions, result.block.merkle);
  const [first] = tuple.transactions ?? [];
  return { ...result, block: { ...result.block, transactions, ...(transactions && first ? firstLeafOf(first) : {}) } };
}

/**
 * The same for the tuple that nearly every one is, whose parts need not be taken out of it. Undefined for any other, and for one in which something
 * does not hold: what that is comes out by reading it again with all words.
 */
async function verifyOrdinaryTuple(
  context: ChainContext,
  bytes: Uint8Array,
  wanted: string,
): Promise<VerifiedTuple | undefined> {
  const tuple = readOrdinaryTuple(bytes);
  if (!tuple || tuple.timestamp.length > limits.jwt) return undefined;
  const [stamp, block] = sha3Each([tuple.timestamp, tuple.block]).map(toHex) as [string, string];
  if (stamp !== wanted) return undefined;
  const verified = await verifyLikeTimestamp(context.timestamp, tuple.timestamp, block);
  if (!verified) return undefined;
  const merkle = toHex(tuple.merkle);
  const transactions = transactionHashes(tuple.transactions, merkle);
  if (!transactions) return undefined;
  const { time, kid, signatures } = verified;
  return {
    ok: true,
    signatures,
    block: {
      u: toHex(tuple.u),
      merkle,
      parent: toHex(tuple.parent),
      block,
      timestampHash: wanted,
      time,
      transactions,
      kid,
      ...firstLeafOf(tuple.transactions[0] as Uint8Array),
    },
  };
}

/** Kept where it may tell of a predecessor. */
function firstLeafOf(leaf: Uint8Array): { readonly firstLeaf?: string } {
  return mayBeSuccessor(leaf) ? { firstLeaf: toHex(leaf) } : {};
}

/**
 * A block with its timestamp, without a tree: what a certificate's transcript holds.
 * @param stamp H(t) in hex, where it is known already
 * @throws FormatError for no block
 */
export async function verifyBlock(
  context: ChainContext,
  blockBytes: Uint8Array,
  timestamp: string,
  stamp?: string,
): Promise<VerifiedTuple | Fault> {
  const block = toHex(blockHash(blockBytes));
  const verified = await verifyTimestamp(context, timestamp, block);
  if (!verified.ok) return verified;
  const { u, merkle, parent } = parseBlock(blockBytes);
  return {
    ok: true,
    signatures: verified.signatures,
    block: {
      u: toHex(u),
      merkle: toHex(merkle),
      parent: toHex(parent),
      block,
      timestampHash: stamp ?? toHex(timestampHash(timestamp)),
      time: verified.time,
      transactions: null,
      kid: verified.kid,
    },
  };
}

/** H(d) of every leaf in order, 32 bytes each; null where the tree is not the one that the block commits to. */
function transactionHashes(transactions: readonly Uint8Array[], merkle: string): Uint8Array | null {
  const hashes = sha3Each(transactions);
  if (toHex(merkleCommitment(hashes)) !== merkle) return null;
  const packed = new Uint8Array(hashes.length * 32);
  for (let index = 0; index < hashes.length; index++) packed.set(hashes[index] as Uint8Array, index * 32);
  return packed;
}
