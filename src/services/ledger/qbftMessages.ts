import { fromHex0x, type Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { quorumOf } from '../../core/evm/seals/consensus.ts';
import { recoverSigner } from '../../core/evm/seals/recoverSigner.ts';
import type { ValidatorSet } from '../../core/evm/validators.ts';
import { messageHash, readHeader, roundOf, type Wish } from './qbftHeader.ts';

/** A block before it is sealed. The proposer of its round signs for it. */
export interface Proposal {
  /** RLP with no seals. */
  readonly header: Hex;
  /** Raw, in their order. */
  readonly transactions: readonly Hex[];
  readonly signature: Hex;
}

/** A block that a quorum has prepared in some round: it may have been sealed, so later rounds must go on with it. */
export interface Prepared {
  readonly proposal: Proposal;
  readonly prepares: readonly Hex[];
}

/** A validator's word that it takes no more part in rounds before this one. */
export interface RoundChange {
  readonly height: number;
  readonly round: number;
  readonly prepared: Prepared | undefined;
  readonly signature: Hex;
}

/** A block as it is kept and passed on: header with its seals, raw transactions. */
export interface SealedBlock {
  readonly header: Hex;
  readonly transactions: readonly Hex[];
}

/** What the collector asks a validator for, by kind; each is answered or refused with a reason. */
export interface Questions {
  begin: {
    asked: { genesis: Hex; genesisTime: number; chainId: number };
    answer: { height: number; hash: Hex; node: number };
  };
  propose: {
    asked: {
      height: number;
      round: number;
      timestamp: number;
      transactions: readonly Hex[];
      changes: readonly RoundChange[];
    };
    answer: { proposal: Proposal };
  };
  prepare: { asked: { proposal: Proposal; changes: readonly RoundChange[] }; answer: { signature: Hex } };
  commit: { asked: { height: number; round: number; hash: Hex; prepares: readonly Hex[] }; answer: { seal: Hex } };
  changeRound: { asked: { height: number; round: number }; answer: { change: RoundChange } };
  append: { asked: SealedBlock; answer: { height: number; hash: Hex } };
  wish: { asked: { wish: Wish | undefined }; answer: { wish: Wish | undefined } };
}

export type Kind = keyof Questions;
export type Answer<K extends Kind> = Questions[K]['answer'];
/** Why not, and how far the validator is where that is why. */
export interface Refusal {
  readonly refused: string;
  readonly height?: number;
  readonly round?: number;
}

/** Whose turn it is. */
export function proposerOf(set: ValidatorSet, height: number, round: number): Hex {
  return set.members[(height + round) % set.size] as Hex;
}

/** Distinct members that signed, a quorum of them at most; what others signed, or somebody signed twice, does not count. */
export function signersOf(hash: Uint8Array, signatures: readonly Hex[], set: ValidatorSet): Map<Hex, Hex> {
  const found = new Map<Hex, Hex>();
  for (const signature of signatures.slice(0, 1024)) {
    if (found.size === quorumOf(set.size)) break;
    const signer = recoverSigner(hash, fromHex0x(signature));
    if (signer !== undefined && set.has(signer) && !found.has(signer)) found.set(signer, signature);
  }
  return found;
}

export function prepareHash(genesis: Hex, read: ReadHeader): Uint8Array {
  return messageHash('prepare', genesis, [read.header.number, roundOf(read), read.sealed.blockHash]);
}

export function proposalHash(genesis: Hex, read: ReadHeader): Uint8Array {
  return messageHash('proposal', genesis, [read.header.number, roundOf(read), read.sealed.blockHash]);
}

export function changeHash(genesis: Hex, { height, round, prepared }: Omit<RoundChange, 'signature'>): Uint8Array {
  const read = prepared && readHeader(prepared.proposal.header);
  const parts = read ? [roundOf(read), read.sealed.blockHash] : [];
  return messageHash('round change', genesis, [height, round, ...parts]);
}

/** Why a new round may begin, and with which block it must. */
export interface Justified {
  readonly signers: ReadonlySet<Hex>;
  /** The block that was prepared in the latest round. */
  readonly prepared: Prepared | undefined;
}

/** One validator's change of rounds with its signer, or undefined where it is not one: forged, for other rounds, or with a block that no quorum prepared. */
export function readChange(
  genesis: Hex,
  set: ValidatorSet,
  change: RoundChange,
  height: number,
  round: number,
): { readonly signer: Hex; readonly preparedRound: number } | undefined {
  if (change.height !== height || change.round !== round) return undefined;
  const signer = recoverSigner(changeHash(genesis, change), fromHex0x(change.signature));
  if (signer === undefined || !set.has(signer)) return undefined;
  if (change.prepared === undefined) return { signer, preparedRound: -1 };
  const read = readHeader(change.prepared.proposal.header);
  const preparedRound = roundOf(read);
  if (read.header.number !== height || preparedRound >= round) return undefined;
  const count = signersOf(prepareHash(genesis, read), change.prepared.prepares, set).size;
  return count >= quorumOf(set.size) ? { signer, preparedRound } : undefined;
}

/** A quorum of changes to one round; undefined where there is none. */
export function justify(
  genesis: Hex,
  set: ValidatorSet,
  changes: readonly RoundChange[],
  height: number,
  round: number,
): Justified | undefined {
  const signers = new Set<Hex>();
  let latest = -1;
  let prepared: Prepared | undefined;
  for (const change of changes.slice(0, 1024)) {
    const read = readChange(genesis, set, change, height, round);
    if (!read || signers.has(read.signer)) continue;
    signers.add(read.signer);
    if (read.preparedRound > latest) {
      latest = read.preparedRound;
      prepared = change.prepared;
    }
  }
  return signers.size >= quorumOf(set.size) ? { signers, prepared } : undefined;
}
