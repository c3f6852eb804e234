import type { EvmPin } from '../../trust/trust.ts';
import { parseHeader, type Header } from '../header.ts';
import { sealedByAura } from './aura.ts';
import { sealedByIbft2, sealedByQbft } from './bft.ts';
import { sealedByClique } from './clique.ts';
import { sealedByIbft1 } from './ibft1.ts';
import type { Sealed } from './sealed.ts';

/** How a ledger agrees on blocks; those whose headers carry the signatures of who agreed. */
export type Consensus = Exclude<EvmPin['consensus'], 'ethereum'>;

export interface ConsensusRules {
  readonly form: 'ordinary' | 'aura';
  readonly seal: (header: Header) => Sealed;
  /** Whether a block carries the seals of a quorum, or one only. */
  readonly quorum: boolean;
  /** Where the rule stands. */
  readonly spec: string;
}

export const consensusRules: Readonly<Record<Consensus, ConsensusRules>> = {
  qbft: {
    form: 'ordinary',
    seal: sealedByQbft,
    quorum: true,
    spec: 'Enterprise Ethereum Alliance, QBFT Blockchain Consensus Protocol v1; Besu BftHelpers',
  },
  ibft2: { form: 'ordinary', seal: sealedByIbft2, quorum: true, spec: 'Hyperledger Besu, IBFT 2.0; BftHelpers' },
  ibft1: { form: 'ordinary', seal: sealedByIbft1, quorum: true, spec: 'EIP-650' },
  clique: { form: 'ordinary', seal: sealedByClique, quorum: false, spec: 'EIP-225' },
  aura: { form: 'aura', seal: sealedByAura, quorum: false, spec: 'OpenEthereum, Authority Round' },
};

/** A header with what its consensus makes of it. @throws FormatError */
export function readSealed(
  rlp: Uint8Array,
  consensus: Consensus,
): { readonly header: Header; readonly sealed: Sealed } {
  const { form, seal } = consensusRules[consensus];
  const header = parseHeader(rlp, form);
  return { header, sealed: seal(header) };
}

/** Distinct validators of n that must have sealed: two thirds, rounded up. 2⌊(n−1)/3⌋ + 1 is less for n = 5, 6, 8, 9 …, and not safe. */
export function quorumOf(validators: number): number {
  return Math.ceil((2 * validators) / 3);
}

/** More than half: what a vote takes, and how many distinct signers on top make a block of one seal final. */
export function majorityOf(validators: number): number {
  return Math.floor(validators / 2) + 1;
}
