import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChainAuditor } from '../../audit/chain/chainAuditor.ts';
import { withSuccession } from '../../audit/chain/succession.ts';
import { InProcessExecutor } from '../../audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../../audit/source/openBuckets.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { decodeShards } from '../../core/chain/decodeShards.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { parseTuple } from '../../core/chain/tuple.ts';
import { hangs } from './crashFiles.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

export interface AfterCrash {
  /** How often each transaction is in a block of a verified main chain, block zeros left out. */
  readonly found: ReadonlyMap<string, number>;
  readonly blocks: number;
  /** Transactions of each block of a main chain but the first. */
  readonly leaves: readonly number[];
  /** Tuples that no sequencer ever numbered: left by blocks under way when the sequencer was lost. */
  readonly unsequenced: number;
  /** What is wrong, in words: a chain that does not hold, an object that is not in all six buckets. */
  readonly broken: readonly string[];
}

/** Audits every chain over HTTP as anybody would, and reads what is in the blocks from three of the folders. */
export async function auditAfter(pins: readonly ChainPin[], folders: readonly string[]): Promise<AfterCrash> {
  const found = new Map<string, number>();
  const broken: string[] = [];
  const leaves: number[] = [];
  let blocks = 0;
  let unsequenced = 0;
  const audits: ChainAudit[] = [];
  for (const pin of pins) {
    const auditor = new ChainAuditor({
      pin,
      buckets: openBuckets(pin.buckets ?? [], { timeout: hangs }),
      executor: new InProcessExecutor(),
    });
    audits.push(await auditor.run());
  }
  // Each follows on the one before: what it says of that one is compared with what that one is.
  for (const [index, audit] of withSuccession(audits, pins).entries()) {
    const pin = pins[index] as ChainPin;
    const { verdict, stop, counts, storage } = audit;
    const incomplete = storage.reduce((sum, { missing, wrong, malformed }) => sum + missing + wrong + malformed, 0);
    if (verdict !== 'verified' || stop.reason !== 'end as shown') {
      broken.push(`${pin.name} is ${verdict}: ${JSON.stringify(stop)}`);
    }
    if (counts.junk + counts.forks + counts.orphans + audit.equivocation.length > 0) {
      broken.push(`${pin.name} has ${JSON.stringify(counts)}`);
    }
    if (incomplete > 0) broken.push(`${pin.name} has objects that are not in all buckets: ${JSON.stringify(storage)}`);
    blocks += counts.blocks;
    for (const { timestampHash, k } of audit.mainChain) {
      if (k === 0) continue;
      const transactions = await transactionsOf(folders, pin.genesis ?? '', timestampHash);
      leaves.push(transactions.length);
      for (const hash of transactions) {
        found.set(hash, (found.get(hash) ?? 0) + 1);
      }
    }
    unsequenced += await lookAtTuples(
      folders,
      pin,
      new Set(audit.mainChain.map((block) => block.timestampHash)),
      broken,
    );
  }
  return { found, blocks, leaves, unsequenced, broken };
}

async function transactionsOf(folders: readonly string[], genesis: string, hash: string): Promise<string[]> {
  const shards = folders.map((folder) => readFile(join(folder, genesis, 'tuple', hash)));
  const answers = (await Promise.all(shards)).map((bytes) => [new Uint8Array(bytes)]);
  const [object] = decodeShards(answers).objects;
  if (object === undefined) throw new Error(`The tuple ${hash} does not decode.`);
  return (parseTuple(object.bytes).transactions ?? []).map((d) => toHex(transactionHash(d)));
}

/** Every tuple that any bucket has is in all six, sequenced or not. @returns how many are not on the main chain */
async function lookAtTuples(
  folders: readonly string[],
  pin: ChainPin,
  main: ReadonlySet<string>,
  broken: string[],
): Promise<number> {
  const copies = new Map<string, number>();
  for (const folder of folders) {
    const names = await readdir(join(folder, pin.genesis ?? '', 'tuple')).catch(() => []);
    for (const name of names) copies.set(name, (copies.get(name) ?? 0) + 1);
  }
  let unsequenced = 0;
  for (const [name, count] of copies) {
    if (!main.has(name)) unsequenced += 1;
    if (count !== folders.length) broken.push(`${pin.name}: tuple ${name} is in ${count} buckets`);
  }
  return unsequenced;
}
