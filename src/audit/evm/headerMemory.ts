import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { openHeader } from '../../core/evm/judgeRange.ts';
import { consensusRules } from '../../core/evm/seals/consensus.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import type { EvmExecutor } from './evmExecutor.ts';
import type { SeenHeaders } from './seenHeaders.ts';

/**
 * Where headers that were relied upon stay from one visit to the next, so that a ledger that shows another history later is caught. It only keeps: what it gives back is hashed and
 * judged like what a node gives.
 */
export interface HeaderMemory {
  load(ledger: string): Promise<readonly Uint8Array[]>;
  save(ledger: string, headers: readonly Uint8Array[]): Promise<void>;
}

/** The newest stay: about a megabyte a ledger. */
const maximumRemembered = 1024;

const rememberedBy = 'an earlier reading';

/** A ledger is what is pinned of it: another checkpoint may be another ledger of the same number. */
function identityOf({ chainId, consensus, checkpoint, from, to }: EvmPin): string {
  const { number, hash } = checkpoint ?? {};
  const identity = { chainId, consensus, number, hash, ...(checkpoint ? {} : { from, to }) };
  return sha3Hex(utf8(canonicalJson(JSON.parse(JSON.stringify(identity)))));
}

export interface Recalled {
  /** Number of the newest block that an earlier reading relied upon. */
  readonly newest: number | undefined;
  /** Keeps these headers too, unless they contradict what was kept. */
  readonly keep: (relied: readonly ReadHeader[]) => Promise<void>;
}

const nothing: Recalled = { newest: undefined, keep: async () => undefined };

/**
 * Holds what was read against what is remembered of the same ledger: headers that differ go among what was shown, with who sealed them. Only where a quorum seals each block; elsewhere
 * blocks are replaced without anybody's fault.
 */
export async function recall(
  memory: HeaderMemory | undefined,
  pin: EvmPin,
  row: readonly ReadHeader[],
  seen: SeenHeaders,
  executor: EvmExecutor,
  signal: AbortSignal | undefined,
): Promise<Recalled> {
  const { consensus } = pin;
  if (!memory || consensus === 'ethereum' || !consensusRules[consensus].quorum) return nothing;
  const ledger = identityOf(pin);
  // A browser that keeps nothing, or no longer, is no reason to stop an audit.
  const list = await memory.load(ledger).catch(() => []);
  const kept = list.slice(-maximumRemembered).flatMap((rlp) => openKept(rlp, consensus));
  const first = row[0]?.header.number ?? 0;
  const differing = kept.filter(({ header, sealed }) => {
    const read = row[header.number - first];
    return read !== undefined && read.sealed.blockHash !== sealed.blockHash;
  });
  const signers = await executor.seals(
    differing.map(({ header }) => header.rlp),
    consensus,
    signal,
  );
  for (const [index, each] of differing.entries()) {
    seen.note({ ...each, signers: signers[index] ?? [] }, rememberedBy);
  }
  return {
    newest: kept.length === 0 ? undefined : Math.max(...kept.map(({ header }) => header.number)),
    keep: async (relied) => {
      if (differing.length > 0) return;
      const all = new Map([...kept, ...relied].map(({ header }) => [header.number, header.rlp]));
      const newest = [...all.entries()].sort(([a], [b]) => a - b).slice(-maximumRemembered);
      await memory
        .save(
          ledger,
          newest.map(([, rlp]) => rlp),
        )
        .catch(() => undefined);
    },
  };
}

/** Hashed anew; what is damaged is nothing. */
function openKept(rlp: Uint8Array, consensus: EvmPin['consensus']): Omit<ReadHeader, 'signers'>[] {
  try {
    return [openHeader(rlp, consensus)];
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return [];
  }
}
