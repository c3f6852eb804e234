import { AuditorError } from '../core/verdict/auditorError.ts';
import type { ChainPin, Trust } from '../core/trust/trust.ts';

/**
 * The chain of that name or genesis, or all of the trust file.
 * @throws AuditorError `usage` CHAIN_UNKNOWN where the trust file has none
 */
export function chooseChains(trust: Trust, wanted: string | undefined): readonly ChainPin[] {
  const chains = trust.chains ?? [];
  if (chains.length === 0) throw fault('The trust file pins no chain. Add it under "chains", or give another file.');
  if (wanted === undefined) return chains;
  const genesis = wanted.toLowerCase();
  const found = chains.filter((chain) => chain.name === wanted || chain.genesis === genesis);
  if (found.length > 0) return found;
  const names = chains.map(({ name }) => JSON.stringify(name)).join(', ');
  throw fault(`The trust file pins no chain ${JSON.stringify(wanted)}. It pins ${names}: give a name or a genesis.`);
}

function fault(message: string): AuditorError {
  return new AuditorError('usage', 'CHAIN_UNKNOWN', message);
}
