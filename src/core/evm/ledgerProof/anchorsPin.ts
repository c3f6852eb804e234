import type { ReadHeader } from '../judgeHeaders.ts';
import type { EvmPin } from '../../trust/trust.ts';

/**
 * The entry of a trust file that these headers need, in the one form that a certificate lists it: validators in order, the checkpoint where there is one, else the range of the
 * headers. Addresses of nodes, names of contracts and a raised quorum are the checker's own affair.
 */
export function anchorsPin(
  { chainId, consensus, validators, epoch, checkpoint }: EvmPin,
  headers: readonly ReadHeader[],
): EvmPin {
  return {
    chainId,
    consensus,
    ...(validators && { validators: validators.toSorted() }),
    ...(epoch !== undefined && { epoch }),
    ...(checkpoint ? { checkpoint } : { from: headers[0]?.header.number ?? 0, to: headers.at(-1)?.header.number ?? 0 }),
  };
}
