import { decodeUtf8 } from '../bytes/bytes.ts';
import type { Hex } from '../evm/hex.ts';
import type { Trust } from '../trust/trust.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { batchRoot, parseBatch, type BatchLeaf } from './batch.ts';
import { judgeEvidence } from './judgeEvidence.ts';
import { zeroWord } from './record.ts';

/** A batch with more requests is not judged, and so not valid: every node has to fetch and judge every document. */
export const maximumJudged = 256;

export interface BatchQuestion {
  /** Root, and number of requests, as on the ledger. */
  readonly root: Hex;
  readonly count: number;
  /** The file whose digest the batch names. */
  readonly bytes: Uint8Array;
  /** The criteria in force. */
  readonly criteria: Trust;
  /** Time of the block that holds the batch, milliseconds since 1970. */
  readonly at: number;
  /** A document by its digest; undefined while it is nowhere to be had. */
  readonly evidence: (digest: Hex) => Promise<Uint8Array | undefined>;
}

/** A batch is valid where each of its requests is. `undefined`: a document is nowhere to be had. */
export interface BatchJudged {
  readonly valid: boolean | undefined;
  /** Numbers of the requests at fault, from 0, and why. */
  readonly faults: readonly { readonly index: number; readonly reasons: readonly string[] }[];
  /** What is wrong with the list itself. */
  readonly reason: string | undefined;
}

/** Every request of a batch, judged as single ones are. The same input gives the same answer anywhere and at any time. */
export async function judgeBatch({ root, count, bytes, criteria, at, evidence }: BatchQuestion): Promise<BatchJudged> {
  const refused = (reason: string): BatchJudged => ({ valid: false, faults: [], reason });
  if (count > maximumJudged) return refused(`It has ${count} requests; at most ${maximumJudged} are judged.`);
  let leaves: readonly BatchLeaf[];
  try {
    leaves = parseBatch(decodeUtf8(bytes));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return refused(error.message);
  }
  if (leaves.length !== count || batchRoot(leaves) !== root) return refused('The list is not what is under the root.');
  const open: BatchJudged = { valid: undefined, faults: [], reason: undefined };
  // All before the first is judged: what is asked for again and again must cost little.
  for (const leaf of leaves) {
    if (leaf.evidence !== zeroWord && !(await evidence(leaf.evidence))) return open;
  }
  const faults: { index: number; reasons: readonly string[] }[] = [];
  for (const [index, { vmId, measurements, evidence: digest }] of leaves.entries()) {
    const document = digest === zeroWord ? null : await evidence(digest);
    if (document === undefined) return open;
    const judged = document && (await judgeEvidence({ vmId, measurements, bytes: document, criteria, at }));
    if (!judged?.valid) faults.push({ index, reasons: judged?.reasons ?? ['It names no document.'] });
  }
  return { valid: faults.length === 0, faults, reason: undefined };
}
