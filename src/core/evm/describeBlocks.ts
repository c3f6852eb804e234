import { toHex } from '../bytes/hex.ts';
import type { EvmPin } from '../trust/trust.ts';
import type { ProvenAccount } from './accountProof.ts';
import type { BlockFile } from './blockFile.ts';
import type { BlockStanding, EvmBlockDetails } from './details.ts';
import { toHex0x } from './hex.ts';
import type { ReadHeader } from './judgeHeaders.ts';
import { consensusRules, majorityOf, quorumOf } from './seals/consensus.ts';
import { openSet } from './validators.ts';

/** What the view of a block file draws. */
export interface Described {
  readonly file: BlockFile;
  readonly headers: readonly ReadHeader[];
  readonly pin: EvmPin | undefined;
  /** After the last header. */
  readonly validators: readonly string[];
  readonly proven: ProvenAccount | undefined;
}

/** Blocks in a long file are drawn from both ends. */
const shownBlocks = 256;

export function describeBlocks({ file, headers, pin, validators, proven }: Described): EvmBlockDetails {
  const standings = standingsOf(headers, file, pin);
  const all = headers.map(({ header, sealed, signers }, index) => ({
    number: header.number,
    hash: sealed.blockHash,
    parent: header.parentHash,
    timestamp: header.timestamp,
    signers: signers.map((signer) => signer ?? null),
    proposer: sealed.proposer ?? null,
    standing: standings[index] ?? null,
  }));
  const [first] = headers;
  const listed = first?.sealed.listed ?? [];
  return {
    chainId: file.chainId,
    consensus: file.consensus,
    count: headers.length,
    blocks: all.length <= shownBlocks ? all : [...all.slice(0, shownBlocks / 2), ...all.slice(-shownBlocks / 2)],
    validators,
    quorum: consensusRules[file.consensus].quorum,
    offered:
      pin || !first || listed.length === 0
        ? null
        : { validators: listed, checkpoint: { number: first.header.number, hash: first.sealed.blockHash } },
    logs: (file.receipts ?? []).slice(0, shownBlocks).flatMap(({ logs }, transaction) =>
      logs.slice(0, 64).map(({ address, topics, data }) => ({
        transaction,
        address: toHex0x(address),
        topics: topics.map(toHex0x),
        data: toHex0x(data.subarray(0, 1024)),
      })),
    ),
    account: proven
      ? {
          address: proven.address,
          exists: proven.account !== undefined,
          codeHash: proven.account ? toHex0x(proven.account.codeHash) : null,
          slots: proven.slots.map(({ key, value }) => ({ key, value: `0x${toHex(value)}` })),
        }
      : null,
  };
}

/** Of each header under the validators that are followed from the pin, as far as they can be. */
function standingsOf(
  headers: readonly ReadHeader[],
  { consensus }: BlockFile,
  pin: EvmPin | undefined,
): (BlockStanding | null)[] {
  if (!pin?.validators?.length) return [];
  const set = openSet(pin, headers[0]?.header.number ?? 0);
  const own = headers.map(({ header, sealed, signers }) => {
    const known = [...new Set(signers)].filter((signer) => signer !== undefined && set.has(signer));
    const validators = set.size;
    // A pinned genesis carries no seals and needs none.
    const isPinned = header.number === 0 && pin.checkpoint?.hash === sealed.blockHash;
    set.follow(header.number, sealed);
    return isPinned ? null : { known, validators };
  });
  if (consensusRules[consensus].quorum) {
    return own.map(
      (each) =>
        each && {
          known: each.known.length,
          needed: Math.max(quorumOf(each.validators), pin.quorum ?? 0, 1),
          validators: each.validators,
        },
    );
  }
  const seen = new Set<unknown>();
  return own
    .toReversed()
    .map((each) => {
      if (!each) return null;
      for (const signer of each.known) seen.add(signer);
      return { known: seen.size, needed: majorityOf(each.validators), validators: each.validators };
    })
    .toReversed();
}
